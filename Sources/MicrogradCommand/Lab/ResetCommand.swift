import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradWorkspace

struct ResetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Begin a task again. Your file is kept in the folder `old`.",
    discussion: """
      Examples:
        micrograd lab reset 3        task 3
        micrograd lab reset --all    all tasks
      """)

  @OptionGroup var choice: TaskChoice
  @OptionGroup var place: Place

  @Flag(help: "All tasks.")
  var all = false

  func run() throws {
    let workspace = try place.workspace()
    var lines: [String] = []
    for exercise in all ? Exercise.all : try choice.required() {
      let kept = try workspace.reset(exercise), path = workspace.path(of: exercise)
      let line = Localized(
        en: "\(path) is new." + (kept.map { " Your file is now \($0)." } ?? ""),
        fr: "\(path) est neuf." + (kept.map { " Votre fichier est maintenant \($0)." } ?? ""))
      lines.append(line(in: workspace.language))
    }
    try TextFile.write(lines.joined(separator: "\n") + "\n", to: TextFile.standardStream)
  }
}
