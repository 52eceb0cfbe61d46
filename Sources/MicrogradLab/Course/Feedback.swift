public import Micrograd
import MicrogradQuestions

/// The text that tells a student about an outcome. It leads on, and never contains a solution.
///
/// The terminal, the notebook and the reports show it, each in its own way.
public struct Feedback: Sendable {
  /// A part of the text.
  public enum Paragraph: Sendable, Equatable {
    /// Sentences. Names from the program are in backticks.
    case prose(String)
    /// A question that leads out of a wrong thought. Names from the program are in backticks.
    case question(String)
    /// An observation with its name, such as what was expected.
    case fact(name: String, value: String)
    /// Lines of Swift, or messages of its compiler or runtime.
    case code(String)
  }

  /// The task and its state, in a few words.
  public let headline: String
  /// The text.
  public let paragraphs: [Paragraph]
  /// Whether the task is done.
  public let isPassed: Bool
  /// A sentence about the next task, if this one is done.
  public let next: String?

  /// Creates the feedback to an outcome of a task.
  ///
  /// - Parameters:
  ///   - outcome: The outcome.
  ///   - exercise: The task.
  ///   - replaced: The tasks that are not done, and in whose place the reference was used.
  ///   - language: The language of all text.
  public init(_ outcome: Outcome, of exercise: Exercise, replacing replaced: Set<Int> = [], in language: Language) {
    let writer = FeedbackWriter(exercise: exercise, language: language)
    headline =
      writer.words(en: "Task \(exercise.number): ", fr: "Tâche \(exercise.number) : ") + writer.state(of: outcome)
    paragraphs = writer.paragraphs(on: outcome) + writer.paragraphs(onReplaced: replaced.sorted())
    isPassed = outcome.isPassed
    next = isPassed ? writer.next : nil
  }
}

/// Writes feedback to the outcomes of a task.
private struct FeedbackWriter {
  let exercise: Exercise
  let language: Language

  func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  func prose(en: String, fr: String) -> Feedback.Paragraph { .prose(words(en: en, fr: fr)) }

  // MARK: In a few words

  func state(of outcome: Outcome) -> String {
    switch outcome {
    case .judged(.passed): words(en: "done", fr: "réussie")
    case .judged(.notWritten): words(en: "still to be written", fr: "encore à écrire")
    case .judged: words(en: "not yet", fr: "pas encore")
    case .notCompiling: words(en: "does not compile", fr: "ne compile pas")
    case .stopped: words(en: "the program was stopped", fr: "le programme s'est arrêté")
    case .missing: words(en: "the file is missing", fr: "le fichier manque")
    }
  }

  var next: String {
    guard let next = Exercise.all.first(where: { $0.number > exercise.number }) else {
      return words(en: "That was the last task.", fr: "C'était la dernière tâche.")
    }
    let title = next.title(in: language)
    return words(en: "Next comes task \(next.number): \(title).", fr: "La suite : tâche \(next.number), \(title).")
  }

  // MARK: In full

  func paragraphs(on outcome: Outcome) -> [Feedback.Paragraph] {
    switch outcome {
    case .judged(let verdict): paragraphs(on: verdict)
    case .notCompiling(let messages):
      [
        prose(
          en: """
            The compiler does not understand the program. Begin with its first message: it names the line, and \
            the others may follow from it.
            """,
          fr: """
            Le compilateur ne comprend pas le programme. Commencez par son premier message : il indique la \
            ligne, et les autres peuvent en découler.
            """
        ),
        .code(messages),
      ]
    case .stopped(let stop, let question): (question.map { [call($0)] } ?? []) + paragraphs(on: stop)
    case .missing:
      [
        prose(
          en: "There is no file `\(exercise.file)`. `micrograd lab reset --task \(exercise.number)` writes it anew.",
          fr: "Il n'y a pas de fichier `\(exercise.file)`. `micrograd lab reset --task \(exercise.number)` le récrit."
        )
      ]
    }
  }

  private func paragraphs(on verdict: Verdict.Kind) -> [Feedback.Paragraph] {
    switch verdict {
    case .passed: [prose(en: "All answers are right.", fr: "Toutes les réponses sont justes.")]
    case .misconception(let misconception, let difference):
      [.prose(misconception.thought(in: language)), .question(misconception.question(in: language))]
        + facts(on: difference)
    case .wrong(let difference):
      [prose(en: "An answer is not the expected one.", fr: "Une réponse n'est pas celle qui était attendue.")]
        + facts(on: difference)
    case .notWritten(let function): paragraphs(onUnwritten: function)
    case .otherArguments(let function):
      [
        prose(
          en: "`\(function)` does not take and return what the task describes. It is to begin like this:",
          fr: "`\(function)` ne prend et ne renvoie pas ce que la tâche décrit. Elle doit commencer ainsi :"),
        .code(exercise.declarations.first { $0.name == function }?.signature ?? function),
      ]
    case .interrupted(let question): [call(question)] + paragraphs(on: .exited(status: 0))
    }
  }

  /// The function may be one of another task, which the program calls.
  private func paragraphs(onUnwritten function: String) -> [Feedback.Paragraph] {
    func declaration(in exercise: Exercise) -> Exercise.Declaration? {
      exercise.declarations.first { $0.name == function }
    }
    if let own = declaration(in: exercise) {
      return [
        prose(
          en: "The next function to write is `\(function)`:", fr: "La prochaine fonction à écrire est `\(function)` :"
        ),
        .code(own.signature), .prose(own.purpose(in: language)),
      ]
    }
    guard let other = Exercise.all.first(where: { declaration(in: $0) != nil }) else {
      return [prose(en: "`\(function)` is still to be written.", fr: "`\(function)` est encore à écrire.")]
    }
    return [
      prose(
        en: "The program calls `\(function)`, which is still to be written, in task \(other.number).",
        fr: "Le programme appelle `\(function)`, qui est encore à écrire, à la tâche \(other.number).")
    ]
  }

  func paragraphs(onReplaced tasks: [Int]) -> [Feedback.Paragraph] {
    tasks.map { task in
      prose(
        en: "Your task \(task), which this task uses, is not done: another solution stood in its place.",
        fr: "Votre tâche \(task), que cette tâche utilise, n'est pas réussie : une autre solution a pris sa place.")
    }
  }

  // MARK: Facts

  private func call(_ question: Question) -> Feedback.Paragraph {
    .fact(name: words(en: "call", fr: "appel"), value: question.description)
  }

  private func facts(on difference: Verdict.Difference) -> [Feedback.Paragraph] {
    let nothing = words(en: "nothing", fr: "rien")
    let name =
      difference.name == Answer.sharing
      ? words(en: "values shared with the arguments", fr: "valeurs partagées avec les arguments") : difference.name
    return [
      call(difference.question),
      .fact(name: words(en: "observed", fr: "observé"), value: name),
      .fact(name: words(en: "got", fr: "obtenu"), value: difference.got ?? nothing),
      .fact(name: words(en: "expected", fr: "attendu"), value: difference.expected ?? nothing),
    ]
  }

  // MARK: Stops

  private func paragraphs(on stop: Outcome.Stop) -> [Feedback.Paragraph] {
    switch stop {
    case .trapped(let message):
      return [prose(en: "An error stopped the program:", fr: "Une erreur a arrêté le programme :"), .code(message)]
        + (Self.explanation(of: message).map { [.prose($0(in: language))] } ?? [])
    case .exited(let status):
      return [
        prose(
          en: """
            The program ended itself, with status \(status). `exit` ends all of it; `return` only leaves a \
            function.
            """,
          fr: """
            Le programme s'est terminé de lui-même, avec le statut \(status). `exit` y met fin ; `return` ne \
            quitte qu'une fonction.
            """
        )
      ]
    case .timeLimit(let seconds):
      let time = Localized.counted(seconds, en: "second", fr: "seconde")(in: language)
      return [
        prose(
          en: "The program took longer than \(time). Is there a loop whose condition always holds?",
          fr: "Le programme a pris plus de \(time). Y a-t-il une boucle dont la condition reste toujours vraie ?")
      ]
    case .outputLimit(let bytes):
      let (count, unit) = bytes < 1 << 20 ? (bytes >> 10, ("KB", "Ko")) : (bytes >> 20, ("MB", "Mo"))
      return [
        prose(
          en: "The program printed more than \(count) \(unit.0). Is there a `print` in a loop that does not end?",
          fr: "Le programme a affiché plus de \(count) \(unit.1). Y a-t-il un `print` dans une boucle sans fin ?")
      ]
    }
  }

  /// Returns what a message of the runtime means, if it is one that beginners meet.
  private static func explanation(of message: String) -> Localized? {
    explanations.first { message.contains($0.words) }?.explanation
  }

  private static let explanations: [(words: String, explanation: Localized)] = [
    (
      "ndex out of range",
      Localized(
        en: "A list was asked for an element that it does not have. The first has the index 0, the last `count - 1`.",
        fr: "On a demandé à une liste un élément qu'elle n'a pas. Le premier a l'indice 0, le dernier `count - 1`.")
    ),
    (
      "found nil",
      Localized(
        en: "A value was unwrapped with `!`, but there was none: it was `nil`.",
        fr: "On a déballé une valeur avec `!`, mais il n'y en avait pas : c'était `nil`.")
    ),
    (
      "Division by zero",
      Localized(
        en: "A whole number was divided by 0.", fr: "Un nombre entier a été divisé par 0.")
    ),
    (
      "cannot be converted to Int",
      Localized(
        en: "A number that is infinite, not a number or too large was to become an `Int`.",
        fr: "Un nombre infini, indéfini ou trop grand devait devenir un `Int`.")
    ),
    (
      "Segmentation fault",
      Localized(
        en: "Perhaps a function calls itself without end.",
        fr: "Peut-être une fonction s'appelle-t-elle elle-même sans fin.")
    ),
  ]
}
