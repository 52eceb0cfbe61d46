import ArgumentParser
import Micrograd

/// The options of a training that remain the same in a sweep.
struct TrainingConditions: ParsableArguments {
  @Flag(name: .long, help: "Give each class the same weight in the loss, however rare it is.")
  var balance = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The share of the training rows that tell when to stop.", valueName: "share"))
  var validation = TabularTrainer.usual.validationShare

  @Option(
    name: .long, parsing: .unconditional, help: "The number of epochs without improvement after which training stops."
  )
  var patience = TabularTrainer.usual.patience

  @Option(name: .long, parsing: .unconditional, help: "From 0 to 4294967295; the same seed makes the same model.")
  var seed: UInt32 = TabularTrainer.usual.seed

  @Flag(name: .long, help: "Train with 32 bits; large networks are faster.")
  var float = false

  @Flag(name: .shortAndLong, help: "Report no progress.")
  var quiet = false

  /// Returns a trainer under these conditions; its other settings are the usual ones.
  func trainer(_ problem: Pipeline.Problem?) throws -> TabularTrainer {
    guard (0..<1).contains(validation) else {
      throw ValidationError("--validation is \(validation); it must be at least 0 and less than 1.")
    }
    return TabularTrainer(
      problem: problem, balancesClasses: balance, validationShare: validation,
      patience: try TrainingRules.count(patience, of: "--patience"), seed: seed,
      precision: float ? .float : .double, progress: quiet ? .none : .standardError)
  }
}

extension TabularTrainer {
  /// The defaults of the library, which are those of the command.
  static var usual: TabularTrainer { TabularTrainer() }
}
