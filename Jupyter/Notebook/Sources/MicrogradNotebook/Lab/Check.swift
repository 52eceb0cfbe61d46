import MicrogradLab
@_exported public import func MicrogradQuestions.notWritten
public import protocol MicrogradQuestions.Askable
import struct MicrogradQuestions.Function
import struct MicrogradQuestions.Question
import struct MicrogradQuestions.Transcript
import func MicrogradQuestions.answer
import Notebook

// One function for each number of functions: each has parameters of its own, and packs of packs do not exist.

/// Asks the function of a task for answers, and shows what is right and what is not.
@MainActor public func check<each A: Askable, R>(_ task: Int, _ f: @escaping (repeat each A) -> R) {
  check(task, [{ $0.function(f) }])
}

/// Asks the functions of a task, in the order of its text, for answers, and shows what is right and what is not.
@MainActor public func check<each A: Askable, R, each B: Askable, S>(
  _ task: Int, _ f: @escaping (repeat each A) -> R, _ g: @escaping (repeat each B) -> S
) {
  check(task, [{ $0.function(f) }, { $0.function(g) }])
}

/// Asks the functions of a task, in the order of its text, for answers, and shows what is right and what is not.
@MainActor public func check<each A: Askable, R, each B: Askable, S, each C: Askable, T>(
  _ task: Int, _ f: @escaping (repeat each A) -> R, _ g: @escaping (repeat each B) -> S,
  _ h: @escaping (repeat each C) -> T
) {
  check(
    task,
    [{ $0.function(f) }, { $0.function(g) }, { $0.function(h) }])
}

/// Asks the functions of a task, in the order of its text, for answers, and shows what is right and what is not.
@MainActor public func check<each A: Askable, R, each B: Askable, S, each C: Askable, T, each D: Askable, U>(
  _ task: Int, _ f: @escaping (repeat each A) -> R, _ g: @escaping (repeat each B) -> S,
  _ h: @escaping (repeat each C) -> T, _ i: @escaping (repeat each D) -> U
) {
  check(
    task,
    [
      { $0.function(f) }, { $0.function(g) }, { $0.function(h) },
      { $0.function(i) },
    ])
}

/// Functions do not know their names: they come in the order of the task's text.
@MainActor private func check(_ task: Int, _ functions: [(Exercise.Declaration) -> Function]) {
  guard let exercise = exercise(task) else { return }
  guard functions.count == exercise.declarations.count else {
    return say(
      en: "All functions of the task are checked together: `\(exercise.checkCall)`.",
      fr: "Toutes les fonctions de la tâche se vérifient ensemble : `\(exercise.checkCall)`.")
  }
  let questions = exercise.questions(seed: Exercise.seed),
    named = zip(functions, exercise.declarations).map { $0($1) }
  // The functions run in a copy of the process; what they answer is judged here, out of their reach.
  guard let run = StudentRun(running: { answer(questions, with: named, writing: $0) }) else { return }
  let verdict = exercise.verdict(on: Transcript(run.written.joined(separator: "\n")), seed: Exercise.seed)
  display(
    Note(
      on: Outcome(verdict, endedBy: run.stop), of: exercise, printed: run.printed,
      figures: shown(verdict.figures)))
}

/// Returns the first picture of each function.
private func shown(_ figures: [(question: Question, svg: String)]) -> [String] {
  var functions: Set<String> = []
  return figures.filter { functions.insert($0.question.function).inserted }.map(\.svg)
}

extension Exercise.Declaration {
  /// Returns a student's function as the one that is declared.
  fileprivate func function<each A: Askable, R>(_ body: @escaping (repeat each A) -> R) -> Function {
    Function(name, results: resultNames, returningAny: body)
  }
}
