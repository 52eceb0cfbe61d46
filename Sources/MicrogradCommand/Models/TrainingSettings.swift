import ArgumentParser
import Micrograd

/// The options of a training.
struct TrainingSettings: ParsableArguments {
  /// The losses, of which the first tells classes apart and the others are of numbers.
  enum LossName: String, ExpressibleByArgument, CaseIterable {
    case crossEntropy = "cross-entropy"
    case squaredError = "squared-error"
    case absoluteError = "absolute-error"
    case huber

    var problem: Pipeline.Problem { self == .crossEntropy ? .classification : .regression }

    /// The loss; nil for the one that depends on the count of classes.
    var loss: Loss? {
      switch self {
      case .crossEntropy: nil
      case .squaredError: .meanSquaredError
      case .absoluteError: .meanAbsoluteError
      case .huber: .huber()
      }
    }
  }

  // The defaults are those of the library.
  private static var usual: TabularTrainer { TabularTrainer() }

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The neurons of each hidden layer; 0: none, a linear model.", valueName: "a,b,…"))
  var hidden = usual.hidden.map(String.init).joined(separator: ",")

  @Option(name: .long, help: ArgumentHelp("The activation of hidden neurons.", valueName: "name"))
  var activation = usual.activation.identifier ?? ""

  @Option(name: .long, help: "The loss. (default: cross-entropy for classes, squared-error for numbers)")
  var loss: LossName?

  @Flag(name: .long, help: "Give each class the same weight in the loss, however rare it is.")
  var balance = false

  @Option(name: .long, parsing: .unconditional, help: "The largest number of passes over the rows.")
  var epochs = usual.epochs

  @Option(name: .long, parsing: .unconditional, help: "The number of rows of a step.")
  var batchSize = usual.batchSize

  @Option(name: .long, parsing: .unconditional, help: "The learning rate of the first step of Adam.")
  var learningRate = usual.learningRate

  @Option(name: .long, parsing: .unconditional, help: "How strongly weights are drawn to 0.")
  var weightDecay = usual.weightDecay

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The share of the training rows that tell when to stop.", valueName: "share"))
  var validation = usual.validationShare

  @Option(
    name: .long, parsing: .unconditional, help: "The number of epochs without improvement after which training stops."
  )
  var patience = usual.patience

  @Option(name: .long, parsing: .unconditional, help: "From 0 to 4294967295; the same seed makes the same model.")
  var seed: UInt32 = usual.seed

  @Flag(name: .long, help: "Train with 32 bits; large networks are faster.")
  var float = false

  @Flag(name: .shortAndLong, help: "Report no progress.")
  var quiet = false

  /// Returns a trainer with these settings.
  ///
  /// - Parameter problem: The kind of prediction that is asked for, if one is.
  func trainer(_ problem: Pipeline.Problem?) throws -> TabularTrainer {
    if let problem, let loss, loss.problem != problem {
      throw ValidationError("--loss \(loss.rawValue) is for \(loss.problem), and --problem is \(problem).")
    }
    guard let activation = Activation(identifier: activation) else {
      let names = Activation.identifiers.joined(separator: ", ")
      throw ValidationError("There is no activation “\(self.activation)”; choose from \(names).")
    }
    try checkNumbers()
    return TabularTrainer(
      hidden: try layers(), activation: activation, problem: problem ?? loss?.problem, loss: loss?.loss,
      balancesClasses: balance, epochs: epochs, batchSize: batchSize, learningRate: learningRate,
      weightDecay: weightDecay, validationShare: validation, patience: patience, seed: seed,
      precision: float ? .float : .double, progress: quiet ? .none : .standardError)
  }

  private func layers() throws -> [Int] {
    let sizes = hidden.listed.map { Int($0) ?? -1 }
    if sizes == [0] { return [] }
    guard sizes.allSatisfy({ (1...10_000).contains($0) }) else {
      throw ValidationError("--hidden is “\(hidden)”; it must be whole numbers from 1 to 10000, such as 16,16, or 0.")
    }
    return sizes
  }

  private func checkNumbers() throws {
    for (option, number) in [("--epochs", epochs), ("--batch-size", batchSize), ("--patience", patience)]
    where !(1...1_000_000_000).contains(number) {
      throw ValidationError("\(option) is \(number); it must be a whole number from 1 on.")
    }
    guard learningRate > 0, learningRate.isFinite else {
      throw ValidationError("--learning-rate is \(learningRate); it must be a positive number, such as 0.01.")
    }
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw ValidationError("--weight-decay is \(weightDecay); it must be 0 or larger.")
    }
    guard (0..<1).contains(validation) else {
      throw ValidationError("--validation is \(validation); it must be at least 0 and less than 1.")
    }
  }
}
