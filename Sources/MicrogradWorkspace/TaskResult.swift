import Micrograd
import MicrogradLab

/// The outcome of a student's program for one task, with its output and pictures.
struct TaskResult: Sendable {
  let exercise: Exercise
  let outcome: Outcome
  /// The pictures that it drew, as SVG that nobody has checked: show them as images, never as markup.
  let figures: [String]
  /// The first part of what it printed.
  let printed: String

  /// The tasks that are not done, and in whose place the reference was used.
  private(set) var replaced: Set<Int> = []

  init(_ exercise: Exercise, _ outcome: Outcome, figures: [String] = [], printed: String = "") {
    self.exercise = exercise
    self.outcome = outcome
    self.figures = figures
    self.printed = printed
  }

  /// Returns the same result, with a note on the tasks in whose place the reference was used.
  func replacing(_ tasks: Set<Int>) -> TaskResult {
    var result = self
    result.replaced = tasks
    return result
  }

  /// Whether the task is done.
  var isPassed: Bool { outcome.isPassed }
  /// The misconception behind a wrong answer, if it is a known one.
  var misconception: Exercise.Misconception? { outcome.misconception }

  /// Whether the task can fail because of a function of another task.
  var mayBeAnothersFault: Bool {
    switch outcome {
    case .judged(.passed), .notCompiling, .missing: false
    case .judged(.notWritten(let function)): !exercise.declarations.contains { $0.name == function }
    case .judged, .stopped: true
    }
  }

  func feedback(in language: Language) -> Feedback {
    Feedback(outcome, of: exercise, replacing: replaced, in: language)
  }
}
