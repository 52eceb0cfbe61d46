import ArgumentParser
import MicrogradLab

/// The choice of tasks, as the commands of the course take it: `3`, `3 4` or `--task 3`.
struct TaskChoice: ParsableArguments {
  @Argument(help: ArgumentHelp("The numbers of tasks.", valueName: "number"))
  var numbers: [Int] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A task, likewise. May be repeated.", valueName: "number"))
  var task: [Int] = []

  /// The tasks, in order, each once. It is empty if none was chosen.
  var exercises: [Exercise] { Exercise.all.filter { (numbers + task).contains($0.number) } }

  func validate() throws {
    for number in numbers + task where !Exercise.all.contains(where: { $0.number == number }) {
      throw ValidationError("There is no task \(number); choose from 1 to \(Exercise.all.count).")
    }
  }

  /// Returns the tasks.
  ///
  /// - Throws: An error if none was chosen.
  func required() throws -> [Exercise] {
    guard !exercises.isEmpty else { throw ValidationError("Say which task, as in `3`.") }
    return exercises
  }
}
