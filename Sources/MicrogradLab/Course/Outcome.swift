public import MicrogradQuestions

/// What came of a student's program for one task.
public enum Outcome: Sendable {
  /// The program answered, and the answers were judged.
  case judged(Verdict.Kind)
  /// The program does not compile. These are the compiler's messages.
  case notCompiling(String)
  /// The program was stopped, or stopped itself, when it was to answer a question.
  case stopped(Stop, at: Question)
  /// There is no file for the task.
  case missing

  /// The ways in which a program can end too early.
  public enum Stop: Sendable, Equatable {
    /// It trapped. The runtime's message says why.
    case trapped(message: String)
    /// It ended the process itself.
    case exited(status: Int32)
    /// It took longer than it may.
    case timeLimit(seconds: Int)
    /// It printed more than it may.
    case outputLimit(bytes: Int)
  }

  /// Creates the outcome of a program that ended in some way after the answers that were judged. A wrong answer says more
  /// than the end of the program that followed it.
  public init(_ verdict: Verdict, endedBy stop: @autoclosure () -> Stop) {
    if case .interrupted(let question) = verdict.kind {
      self = .stopped(stop(), at: question)
    } else {
      self = .judged(verdict.kind)
    }
  }

  /// Whether the task is done.
  public var isPassed: Bool {
    if case .judged(.passed) = self { true } else { false }
  }

  /// The misconception behind a wrong answer, if it is a known one.
  public var misconception: Exercise.Misconception? {
    if case .judged(.misconception(let misconception, _)) = self { misconception } else { nil }
  }
}
