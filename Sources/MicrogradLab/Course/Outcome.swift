public import MicrogradQuestions

/// The outcome of a student's program for one task.
public enum Outcome: Sendable {
  /// The program answered, and the answers were judged.
  case judged(Verdict.Kind)
  /// The program does not compile. These are the compiler's messages.
  case notCompiling(String)
  /// The program was stopped, or stopped itself. If it was to answer a question, that is known.
  case stopped(Stop, at: Question?)
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

    /// Returns the stop of a program that a signal ended. What it printed has the message of the runtime, such as
    /// `Task05.swift:12: Fatal error: Index out of range`; if there is none, the name of the signal must do.
    public static func trapped(printing output: String, signal: String) -> Stop {
      guard let line = output.split(separator: "\n").last(where: { $0.contains("Fatal error") }) else {
        return .trapped(message: signal)
      }
      // A place in the standard library means nothing to a student.
      let start = line.hasPrefix("Swift/") ? line.firstRange(of: "Fatal error")?.lowerBound : nil
      return .trapped(message: String(line[(start ?? line.startIndex)...]))
    }
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
