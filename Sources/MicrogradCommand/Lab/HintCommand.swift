import ArgumentParser
import Micrograd
import MicrogradWorkspace

struct HintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hint",
    abstract: "Give a hint for a task: first a question, at last nearly the answer.",
    discussion: """
      Each call gives the next of three hints.

      Example:
        micrograd lab hint 3
      """)

  @OptionGroup var choice: TaskChoice
  @OptionGroup var place: Place

  func run() throws {
    var paragraphs: [String] = []
    let exercises = try choice.required()
    let workspace = try place.workspace()
    for exercise in exercises {
      let (number, text) = try workspace.nextHint(for: exercise)
      let heading = Localized(
        en: "Task \(exercise.number), hint \(number) of \(exercise.hints.count)",
        fr: "Tâche \(exercise.number), indice \(number) sur \(exercise.hints.count)")
      paragraphs.append("\(heading(in: workspace.language))\n  \(text.filter { $0 != "`" })")
    }
    try TextFile.write(paragraphs.joined(separator: "\n\n") + "\n", to: TextFile.standardStream)
  }
}
