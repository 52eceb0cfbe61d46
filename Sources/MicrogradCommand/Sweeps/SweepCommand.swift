import ArgumentParser
import Micrograd

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Find good settings for a table of your own: many trainings, on all cores.",
    discussion: """
      Give several values to the options of a training, or a range, and it trains a network with every combination, each \
      with several seeds, and tells which is best on rows that are held back for validation. The rows of --test are used \
      by no trial: they judge the model that --model keeps.

      Examples:
        micrograd sweep iris.csv --target species --hidden 8 16 --rate 0.01..0.3
        micrograd sweep iris.csv -t species --rate 0.01 0.1 --seeds 5 -o table.csv \\
          --report sweep.html --model best.safetensors
        micrograd sweep iris.csv -t species --rate 0.001..1 --decay 0.01..1 \\
          --search random --trials 50
        micrograd sweep iris.csv -t species --hidden 4..64 --rate 0.001..1 \\
          --search halving --trials 81

      The results do not depend on the number of cores. With --record FILE an interrupted sweep continues by --resume, and \
      --shard 3/16 runs a part of it, for job arrays. `sweep run --help` lists all options.
      """,
    subcommands: [SweepRunCommand.self, SweepMergeCommand.self], defaultSubcommand: SweepRunCommand.self)
}

/// Runs the trials on this machine: what `micrograd sweep` does without a subcommand.
struct SweepRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train with every combination of settings, and tell which is best.",
    discussion: """
      \(SweepArguments.help)

      Examples:
        micrograd sweep iris.csv --target species --hidden 8 16 --rate 0.01..0.3
        micrograd sweep iris.csv -t species --rate 0.1 0.3 --record sweep.jsonl
        micrograd sweep iris.csv -t species --rate 0.1 0.3 --record sweep.jsonl \\
          --resume                              after an interruption
        micrograd sweep iris.csv -t species --rate 0.01..1 --shard 3/16 \\
          --record part-3.jsonl                 in a job of an array
        micrograd sweep merge part-*.jsonl -o table.csv --report sweep.html
      """)

  @OptionGroup var arguments: SweepArguments

  @Option(
    name: .long, parsing: .unconditional,
    help: "The number of trials that run at a time, each on one core. (default: the number of cores)")
  var workers: Int?

  func validate() throws {
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers is \(workers); it must be from 1 to 1024.")
    }
  }

  func run() throws { try arguments.run(on: ThreadRunner(workers: workers)) }
}
