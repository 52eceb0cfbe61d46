import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradWorkspace

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a task looks like when it works: numbers and figures, not code.",
    discussion: """
      The figures are written to the folder `figures` of the workspace.

      Example:
        micrograd lab show 3
      """)

  @OptionGroup var choice: TaskChoice
  @OptionGroup var place: Place

  func run() throws {
    let workspace = try place.workspace(), numbers = try choice.required().map(\.number)
    let report = Report(LabTask.all.filter { numbers.contains($0.number) }, in: workspace.language)
    try workspace.write(report.chapters.flatMap(\.illustrations))
    let text = report.text(
      figuresIn: "figures", isStyled: Terminal.isOutputTerminal, characters: Terminal.knowsUnicode ? .unicode : .ascii
    )
    try TextFile.write(text, to: TextFile.standardStream)
  }
}
