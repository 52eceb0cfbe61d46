import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradWorkspace

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove that the tasks are sound, for their author.",
    discussion: """
      Each stub must be answered with a friendly sentence, each reference must pass on all seeds, and each misconception must \
      be recognised and told apart from the others.
      """)

  @Option(help: ArgumentHelp("The number of seeds.", valueName: "count"))
  var seeds = 20

  func validate() throws {
    if seeds < 1 { throw ValidationError("--seeds is \(seeds); it must be at least 1.") }
  }

  func run() throws {
    let flaws = try Verification(package: nil).flaws(seeds: 1..<seeds + 1)
    guard flaws.isEmpty else { throw Failure(flaws.joined(separator: "\n")) }
    let misconceptions = Exercise.all.reduce(0) { $0 + $1.misconceptions.count }
    try TextFile.write(
      "\(Exercise.all.count) tasks with \(misconceptions) misconceptions are sound on \(seeds) seeds.\n",
      to: TextFile.standardStream)
  }
}
