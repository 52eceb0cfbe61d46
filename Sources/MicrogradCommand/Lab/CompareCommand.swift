import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradWorkspace

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show another solution beside yours, once a task is done.",
    discussion: """
      Example:
        micrograd lab compare --task 3
      """)

  @OptionGroup var choice: TaskChoice
  @OptionGroup var place: Place

  func run() throws {
    let workspace = try place.workspace(), exercises = try choice.required()
    let report = try workspace.makeChecker().check(exercises)
    guard report.isPassed else {
      try TextFile.write(report.text(isStyled: Terminal.isOutputTerminal), to: TextFile.standardStream)
      let reason = Localized(
        en: "The other solution is shown once the task is done.",
        fr: "L'autre solution est montrée une fois la tâche réussie.")
      throw Failure(reason(in: workspace.language))
    }
    let columns = Terminal.size?.columns ?? 80
    let texts = try exercises.map { try workspace.comparison(of: $0, columns: columns) }
    try TextFile.write(texts.joined(separator: "\n"), to: TextFile.standardStream)
  }
}
