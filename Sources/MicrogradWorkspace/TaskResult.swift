import Micrograd
import MicrogradLab

/// What came of a student's program for one task.
struct TaskResult: Sendable {
  /// The ways in which it can go.
  enum Outcome: Sendable {
    /// The program answered, and the answers were judged.
    case judged(Verdict.Kind)
    /// The program does not compile. These are the compiler's messages.
    case notCompiling(String)
    /// The program was stopped, or stopped itself.
    case stopped(Stop)
    /// There is no file for the task.
    case missing
  }

  /// The ways in which a program can end too early.
  enum Stop: Sendable, Equatable {
    /// It trapped. The runtime's message says why.
    case trapped(message: String)
    /// It ended the process itself.
    case exited(status: Int32)
    /// It took longer than it may.
    case timeLimit(seconds: Int)
    /// It printed more than it may.
    case outputLimit(bytes: Int)
  }

  let exercise: Exercise
  let outcome: Outcome
  /// The pictures that it drew, as SVG that nobody has checked: show them as images, never as markup.
  let figures: [String]
  /// The first part of what it printed.
  let printed: String

  /// Whether the task is done.
  var isPassed: Bool {
    if case .judged(.passed) = outcome { true } else { false }
  }
  /// The misconception behind a wrong answer, if it is a known one.
  var misconception: Exercise.Misconception? {
    if case .judged(.misconception(let misconception, _)) = outcome { misconception } else { nil }
  }
}
