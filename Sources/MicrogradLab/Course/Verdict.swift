import Micrograd
public import MicrogradQuestions

/// The judgement of answers: right, wrong with a known thought behind them, or wrong in another way.
public struct Verdict: Sendable {
  /// A difference between an answer and the reference's.
  public struct Difference: Sendable {
    /// The call.
    public let question: Question
    /// The expression that differs, such as `result.grad`.
    public let name: String
    /// The observation of the student's function, or nil if there is none of this name.
    public let got: String?
    /// The observation of the reference, or nil if there is none of this name.
    public let expected: String?
  }

  /// The kinds of judgement.
  public enum Kind: Sendable {
    /// All answers are right.
    case passed
    /// An answer is wrong, and the misconception gives exactly the same answers.
    case misconception(Exercise.Misconception, Difference)
    /// An answer is wrong.
    case wrong(Difference)
    /// A function is still to be written.
    case notWritten(function: String)
    /// A function does not take the arguments that its task describes.
    case otherArguments(function: String)
    /// The program did not answer this question.
    case interrupted(at: Question)
  }

  /// The judgement.
  public let kind: Kind
  /// The pictures that the answers contain, with the call that made each.
  public let figures: [(question: Question, svg: String)]
}

extension Exercise {
  /// Judges the answers to the questions of a seed.
  ///
  /// If the first wrong answer comes from a function whose answers are all those of a misconception, the verdict names it.
  public func verdict(on transcript: Transcript, seed: Int) -> Verdict {
    let questions = questions(seed: seed)
    let figures = zip(questions, transcript.answers).flatMap { question, answer in
      answer.observations.compactMap { observation in
        if case .figure(let svg) = observation.content { (question, svg) } else { nil }
      }
    }
    let expected = Transcript(questions, with: reference).answers
    return Verdict(kind: judgement(on: transcript, questions, expected: expected), figures: figures)
  }

  /// Judges the answers to questions by those of the reference.
  func judgement(on transcript: Transcript, _ questions: [Question], expected: [Answer]) -> Verdict.Kind {
    let pairs = zip(questions, zip(transcript.answers, expected))
    for (question, (got, expected)) in pairs {
      let gradients = question.comparesGradients
      guard let difference = difference(between: got, expected, at: question, gradients: gradients) else { continue }
      let misconception = misconceptions.first { explains(transcript, of: question.function, to: questions, $0) }
      return misconception.map { .misconception($0, difference) } ?? .wrong(difference)
    }
    switch transcript.ending {
    case .notWritten(let function): return .notWritten(function: function)
    case .otherArguments(let function): return .otherArguments(function: function)
    case .finished where transcript.answers.count >= questions.count: return .passed
    case .finished, .interrupted:
      return .interrupted(at: questions[min(transcript.answers.count, questions.count - 1)])
    }
  }

  /// Returns whether a misconception gives the same answers for a function. It is asked no further than the first other answer.
  private func explains(
    _ transcript: Transcript, of function: String, to questions: [Question], _ misconception: Misconception
  ) -> Bool {
    guard let wrong = misconception.functions().first(where: { $0.name == function }) else { return false }
    return zip(questions, transcript.answers).allSatisfy { question, got in
      guard question.function == function else { return true }
      // Gradients that a function leaves behind tell its order of steps.
      return wrong.answer(question).map { difference(between: got, $0, at: question, gradients: true) == nil }
        ?? false
    }
  }

  /// Returns the first difference between two answers to a question.
  ///
  /// - Parameter gradients: Whether gradients are compared.
  private func difference(
    between got: Answer, _ expected: Answer, at question: Question, gradients: Bool
  ) -> Verdict.Difference? {
    let got = got.compared(gradients: gradients), expected = expected.compared(gradients: gradients)
    for index in 0..<max(got.count, expected.count) {
      let left = index < got.count ? got[index] : nil, right = index < expected.count ? expected[index] : nil
      if let left, let right, left.name == right.name, agree(left.content, right.content) { continue }
      let name = right?.name ?? left?.name ?? ""
      return Verdict.Difference(
        question: question, name: name, got: left.flatMap { $0.name == name ? $0.content.text : nil },
        expected: right?.content.text)
    }
    return nil
  }

  private func agree(_ left: Answer.Observation.Content, _ right: Answer.Observation.Content) -> Bool {
    guard case .number(let a) = left, case .number(let b) = right else { return left == right }
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    return a == b || (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude, 1)
  }
}

extension Answer {
  /// Returns the parts that are compared: not the pictures, and gradients only if asked for.
  fileprivate func compared(gradients: Bool) -> [Observation] {
    observations.filter { observation in
      if case .figure = observation.content { return false }
      return gradients || !observation.name.hasSuffix(".grad")
    }
  }
}

extension Answer.Observation.Content {
  fileprivate var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): text
    case .figure(let svg): svg
    }
  }
}
