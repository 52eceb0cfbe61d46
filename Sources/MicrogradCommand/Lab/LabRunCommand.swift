import ArgumentParser
import Micrograd
import MicrogradLab

/// Runs the tasks: what `micrograd lab` does without a subcommand.
struct LabRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the ten tasks as they are when they are done.",
    discussion: """
      The text is printed. The figures (as SVG, graphs as DOT too) and a report are written to a folder.

      Examples:
        micrograd lab                           all tasks; open micrograd-lab/report.html afterwards
        micrograd lab --task 3 --task 9         the gradient graph and the training
        micrograd lab --language fr             in French
        micrograd lab --data mine.csv           with your own samples instead of the moons
        micrograd lab --task 9 --format json    the numbers for a script

      Tasks:
      \(LabTask.all.map { "  \($0.number < 10 ? " " : "")\($0.number)  \($0.title(in: .english))" }.joined(separator: "\n"))
      """)

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A task to run. May be repeated.", valueName: "number"))
  var task: [Int] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder for figures and report.", valueName: "folder"))
  var output = "micrograd-lab"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Your own samples for tasks 6 to 11: CSV with the columns x1, x2 and label (0 or 1); - is standard input.",
      valueName: "file"))
  var data: String?

  @OptionGroup var speech: Speech

  @Option(name: .long, help: "The format of the output: text for people, json for programs.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func validate() throws {
    let known = LabTask.all.map(\.number)
    for number in task where !known.contains(number) {
      throw ValidationError("There is no task \(number); choose from 1 to \(known.count).")
    }
    if output.isEmpty { throw ValidationError("--output is empty; it must be the name of a folder.") }
  }

  func run() throws {
    let tasks = task.isEmpty ? LabTask.all : task.compactMap { number in LabTask.all.first { $0.number == number } }
    let language = speech.language, samples = try samples()
    try Report.prepare(folder: output)
    let report = Report(tasks, in: language, about: samples), path = try report.write(to: output)
    let text =
      switch format {
      case .text:
        report.text(
          figuresIn: output, isStyled: Terminal.isOutputTerminal,
          characters: Terminal.knowsUnicode ? .unicode : .ascii)
          + "\n" + Localized(en: "Report: \(path)", fr: "Rapport : \(path)")(in: language)
      case .json: report.json()
      }
    try TextFile.write(text + "\n", to: TextFile.standardStream)
  }
}

extension LabRunCommand {
  private func samples() throws -> LabSamples {
    guard let data else { return .moons }
    let samples = try Dataset(contentsOf: data)
    do {
      return try LabSamples(samples)
    } catch {
      throw Failure("\(TextFile.inputName(data)): \(error)")
    }
  }
}
