public import ArgumentParser
import Micrograd
import MicrogradData

/// The options of a sweep on a table, without those for how its trials are run.
///
/// ```swift
/// struct SweepOnMachines: ParsableCommand {
///   @OptionGroup var arguments: SweepArguments
///   func run() throws { try arguments.run(on: MPIRunner()) }
/// }
/// ```
public struct SweepArguments: ParsableArguments {
  @OptionGroup var source: TrainingTable
  @OptionGroup(title: "Settings to try") var parameters: SweepParameters
  @OptionGroup(title: "Search") var search: SweepSearch
  @OptionGroup(title: "Training") var conditions: TrainingConditions
  @OptionGroup(title: "Interruptions and parts") var keeping: SweepKeeping
  @OptionGroup(title: "Results") var output: SweepOutput

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Train the best configuration, judge it on the rows of --test, and keep it.", valueName: "file"))
  var model: String?

  @Flag(name: .long, help: "Say how many trials there are, about how long they take and what is written; run none.")
  var dryRun = false

  /// Creates options. Parsing sets them.
  public init() {}

  /// The help of a command with these options: a text on how it works.
  public static let help = """
    Give several values to the options of a training, or a range: --rate 0.01..0.3 are --points numbers with equal ratios. A \
    network is trained with every combination, or a random choice of them, each with --seeds seeds. The score of a trial is \
    its validation loss, unless --score or --folds say otherwise. A fifth of the rows (--test) is used by no trial.

    The results depend on neither the number of cores nor the order in which trials end. With --record each result is kept \
    at once: after an interruption, the same command with --resume continues.

    Activations: \(Activation.identifiers.joined(separator: ", "))
    """

  /// Checks the options against each other.
  public func validate() throws {
    try source.check(output: output.output, of: "--output")
    try source.check(output: output.report, of: "--report")
    try source.check(output: model, of: "--model")
    try source.check(output: keeping.record, of: "--record")
    try SweepOutput.checkDifferent(files)
    if keeping.shard != nil {
      if search.search == .halving {
        throw ValidationError(
          "--shard cannot part --search halving, whose rungs need all results; run it on threads, or under MPI.")
      }
      if model != nil {
        throw ValidationError("--model needs the best of all shards; merge them first, and train with its settings.")
      }
    }
    if try parameters.settings(search.search).varying.isEmpty {
      throw ValidationError("There is nothing to try; give settings, such as --hidden 8 16 32 or --rate 0.01..0.3.")
    }
    _ = try search.search(parameters)
    _ = try conditions.trainer(parameters.problem(source.problem))
  }

  /// All files that are written, with their options.
  var files: [(option: String, file: String)] {
    output.files
      + [("--model", model), ("--record", keeping.record)].compactMap { option, file in file.map { (option, $0) } }
  }
}
