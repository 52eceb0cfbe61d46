import Micrograd
import MicrogradLab

/// What came of a student's program for one task.
struct TaskResult: Sendable {
  let exercise: Exercise
  let outcome: Outcome
  /// The pictures that it drew, as SVG that nobody has checked: show them as images, never as markup.
  let figures: [String]
  /// The first part of what it printed.
  let printed: String

  /// Whether the task is done.
  var isPassed: Bool { outcome.isPassed }
  /// The misconception behind a wrong answer, if it is a known one.
  var misconception: Exercise.Misconception? { outcome.misconception }
}
