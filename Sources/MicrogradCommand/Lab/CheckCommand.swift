import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradWorkspace

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask the functions of a workspace for answers, and say what is behind wrong ones.",
    discussion: """
      Each task runs in a process of its own, with limits of time, memory and output. The first check builds the library, \
      which takes a minute or two.

      The exit status is 0 if all tasks that were checked are done, and otherwise 1.

      Examples:
        micrograd lab check                     all tasks
        micrograd lab check --task 3 --task 4   two tasks
        micrograd lab check --watch             again whenever a file is saved
        micrograd lab check --format junit      for GitLab: a test case a task
      """)

  @OptionGroup var choice: TaskChoice
  @OptionGroup var place: Place

  @Flag(name: .shortAndLong, help: "Check a task again whenever its file, or one that it uses, is saved.")
  var watch = false

  @Option(name: .long, help: "The format of the output: text for people, json or junit for programs.")
  var format = Format.text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A folder for results.html, a page with the figures that the programs drew.", valueName: "folder"))
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, junit
  }

  func validate() throws {
    if output == "" { throw ValidationError("--output is empty; it must be the name of a folder.") }
    if watch && format != .text { throw ValidationError("--watch prints text; leave out --format.") }
  }

  func run() throws {
    let workspace = try place.workspace(), exercises = choice.exercises.isEmpty ? Exercise.all : choice.exercises
    let session = try workspace.makeChecker()
    let report = try session.check(exercises)
    try write(report, workspace)
    if watch {
      let note = Localized(
        en: "Waiting for a file to be saved; Ctrl-C ends.",
        fr: "En attente d'un fichier enregistré ; Ctrl-C pour finir.")
      Terminal.note("\n" + note(in: workspace.language))
      try session.watch(exercises) { changed in try write(session.check(changed), workspace) }
    }
    if !report.isPassed { throw ExitCode.failure }
  }

  private func write(_ report: CheckReport, _ workspace: Workspace) throws {
    if let output { try report.writePage(to: output) }
    let summary = report.summary(done: workspace.done)
    switch format {
    case .text:
      let text = report.text(isStyled: Terminal.isOutputTerminal)
      try TextFile.write("\(text)\n\(summary)\n", to: TextFile.standardStream)
    case .json, .junit:
      try TextFile.write(format == .json ? report.json() + "\n" : report.junit(), to: TextFile.standardStream)
      // For the log of a CI job.
      Terminal.note(report.text(isStyled: false) + "\n" + summary)
    }
  }
}
