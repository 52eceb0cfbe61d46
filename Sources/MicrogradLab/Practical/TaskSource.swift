import CMicrogradTasks
import MicrogradRequirement

/// The source of the tasks, as it was compiled.
enum TaskSource {
  /// The file of a task.
  ///
  /// - Precondition: There is a task of that number.
  static func text(ofTask number: Int) -> String {
    guard let text = mg_task_text(Int32(number)) else { stop("CMicrogradTasks embeds no task \(number)") }
    return String(cString: text)
  }
}
