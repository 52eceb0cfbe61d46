public import MicrogradCompiler
public import MicrogradData
public import MicrogradModels
public import MicrogradNetworks
import MicrogradRequirement
public import MicrogradTraining

/// The settings with which a network learns to predict a column of a table from the others.
///
/// ```swift
/// let trainer = TabularTrainer(hidden: [16, 16], seed: 1)
/// let (model, history) = try trainer.fit(training, target: "species")
/// ```
///
/// Some of the rows are held back for validation, evenly from all classes. Preprocessing and parameters are learnt from the
/// others, in batches, until the validation loss no longer falls.
public struct TabularTrainer {
  /// The count of neurons of each hidden layer. Without hidden layers, the model is linear.
  public var hidden: [Int]
  /// The activation of hidden neurons. It has a definition.
  public var activation: Activation
  /// The kind of prediction; nil: as the target says, see `Pipeline.init(learning:target:problem:excluding:)`.
  public var problem: Pipeline.Problem?
  /// The names of columns that predictions are not made from.
  public var excludedColumns: Set<String>
  /// The loss; nil: the cross-entropy of classes, or the mean squared error of numbers, in standard deviations of the target.
  public var loss: Loss?
  /// Whether each class has the same weight in the loss, however frequent it is: n / (classes · n of the class), as
  /// scikit-learn's `class_weight="balanced"`.
  public var balancesClasses: Bool
  /// The largest number of passes over the training rows.
  public var epochs: Int
  /// The number of rows of a step.
  public var batchSize: Int
  /// The learning rate of the first step of Adam. It falls to a hundredth over all epochs, on half a cosine wave.
  public var learningRate: Double
  /// How strongly weights are drawn to 0: `Adam.WeightDecay.decoupled`.
  public var weightDecay: Double
  /// The share of rows that is held back for validation; 0: all rows are trained on, for all epochs.
  public var validationShare: Double
  /// The number of epochs without a lower validation loss after which training stops. The model is that of the best epoch.
  public var patience: Int
  /// The seed of initial weights, of the split and of the order of rows. The same seed gives the same model.
  public var seed: UInt32
  /// The type of number to train with.
  public var precision: Precision
  /// The receiver of progress reports.
  public var progress: TrainingProgress

  /// Creates a trainer. The numbers are checked when it is used.
  public init(
    hidden: [Int] = [32], activation: Activation = .relu, problem: Pipeline.Problem? = nil,
    excludedColumns: Set<String> = [], loss: Loss? = nil, balancesClasses: Bool = false, epochs: Int = 200,
    batchSize: Int = 32, learningRate: Double = 0.01, weightDecay: Double = 0.1, validationShare: Double = 0.1,
    patience: Int = 20, seed: UInt32 = 0, precision: Precision = .double, progress: TrainingProgress = .none
  ) {
    self.hidden = hidden
    self.activation = activation
    self.problem = problem
    self.excludedColumns = excludedColumns
    self.loss = loss
    self.balancesClasses = balancesClasses
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.validationShare = validationShare
    self.patience = patience
    self.seed = seed
    self.precision = precision
    self.progress = progress
  }
}

extension TabularTrainer {
  /// Trains a model.
  ///
  /// - Parameters:
  ///   - table: The rows to learn from. Keep others, which the training never sees, to judge the model.
  ///   - target: The name of the column to predict.
  /// - Returns: The model, with a record of its training, and the course of the training.
  /// - Throws: `CSVError` if nothing can be learnt from the table, `SplitError` if a class has too few rows to hold one
  ///   back, `ProgramError` if a setting makes no sense, the network would have more than a million parameters, or the
  ///   training diverges.
  public func fit(_ table: Table, target: String) throws -> (model: TabularModel, history: History) {
    try checkSettings()
    let (training, validation) = try split(table, target: target)
    let pipeline = try Pipeline(learning: training, target: target, problem: problem, excluding: excludedColumns)
    let loss = try loss(for: pipeline, try pipeline.classCounts(of: training))
    let network = try network(for: pipeline), targets = try pipeline.targets(of: training)
    let trainer = try trainer(loss, pipeline, training: training.rowCount, validation: validation)
    let history = try network.fit(try pipeline.inputs(of: training), targets, with: trainer)
    var model = TabularModel(pipeline: pipeline, network: network)
    model.record = try record(
      history, loss, pipeline, training: training, validationCount: validation?.rowCount ?? 0)
    return (model, history)
  }

  /// Prepares the steps of a training, for those who take them otherwise, such as several processes together.
  ///
  /// - Parameters:
  ///   - table: The rows to train on.
  ///   - pipeline: The rules that were learnt from these rows and maybe from others.
  ///   - classCounts: The count of all rows of each class, from which ``balancesClasses`` computes weights; none if the target is a
  ///     number.
  /// - Returns: The network with its initial parameters, and the program whose bound samples are the rows, in their order.
  /// - Throws: As ``fit(_:target:)``.
  public func program(
    _ table: Table, _ pipeline: Pipeline, classCounts: [Int]
  ) throws -> (network: MLP, program: Program) {
    try checkSettings()
    let network = try network(for: pipeline)
    let trainer = Trainer(
      loss: try loss(for: pipeline, classCounts), optimizer: optimizer, precision: precision)
    let program = try network.program(
      try pipeline.inputs(of: table), try pipeline.targets(of: table), outputs: pipeline.target.width, for: trainer)
    return (network, program)
  }

  /// Returns the learning rate of each step: half a cosine wave.
  public func schedule(steps: Int) -> Schedule {
    .cosine(from: learningRate, to: learningRate / 100, over: steps)
  }

  private var optimizer: UpdateRule { .adam(weightDecay: .decoupled(weightDecay)) }

  private func network(for pipeline: Pipeline) throws(ProgramError) -> MLP {
    try checkSize(pipeline)
    return MLP(
      pipeline.inputCount, hidden + [pipeline.target.width], activation: activation, initialization: .xavier,
      seed: Int(seed))
  }

  private func checkSettings() throws(ProgramError) {
    try Trainer.checkEpochs(epochs)
    if let size = hidden.first(where: { $0 < 1 }) {
      throw ProgramError("a hidden layer of \(size) neurons: at least one is needed")
    }
    if activation.definition == nil {
      throw ProgramError(
        "the activation \(activation.name) is a function of the user's own, which no model file can hold")
    }
    if !(0..<1).contains(validationShare) {
      throw ProgramError(
        "a share of \(validationShare) of the rows for validation: it must be at least 0, and below 1")
    }
  }

  /// Throws an error if the network has too many parameters: compiling it would take gigabytes, and minutes.
  private func checkSize(_ pipeline: Pipeline) throws(ProgramError) {
    // Numbers with a point, since the product of large integers would overflow.
    let sizes = ([pipeline.inputCount] + hidden + [pipeline.target.width]).map { Double($0) }
    let count = zip(sizes, sizes.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    guard count <= Self.largestParameterCount else {
      throw ProgramError(
        """
        a network of \(counted(pipeline.inputCount, "input")) and the hidden layers \(hidden) has more than a million \
        parameters, which is too many: take fewer neurons, or leave out columns
        """)
    }
  }

  private static let largestParameterCount = 1e6

  /// Splits the rows into those that are trained on, and those that validate.
  package func split(_ table: Table, target: String) throws -> (training: Table, validation: Table?) {
    if validationShare == 0 { return (table, nil) }
    let (training, validation) = try table.split(
      testFraction: validationShare, target: target, problem: problem, seed: seed)
    return (training, validation)
  }

  private func loss(for pipeline: Pipeline, _ counts: [Int]) throws(ProgramError) -> Loss {
    guard case .classes(let classes) = pipeline.target.encoding else {
      if balancesClasses { throw ProgramError("the target is a number: there are no classes to balance") }
      let loss = self.loss ?? .meanSquaredError
      if loss.hasClasses { throw ProgramError("the target is a number, and \(loss.name) tells classes apart") }
      return loss
    }
    let loss = self.loss ?? (pipeline.target.width == 1 ? .binaryCrossEntropy : .softmaxCrossEntropy)
    if !loss.hasClasses { throw ProgramError("the target has classes, and \(loss.name) is a loss of numbers") }
    guard balancesClasses else { return loss }
    let rowCount = counts.reduce(0, +)
    return loss.weighted(byClass: counts.map { $0 == 0 ? 0 : Double(rowCount) / Double(classes.count * $0) })
  }

  private func trainer(
    _ loss: Loss, _ pipeline: Pipeline, training count: Int, validation: Table?
  ) throws -> Trainer {
    let size = max(1, min(batchSize, count)), steps = epochs * ((count + size - 1) / size)
    return Trainer(
      loss: loss, epochs: epochs, batchSize: batchSize, optimizer: optimizer, schedule: schedule(steps: steps),
      validation: try validation.map { .samples(try pipeline.inputs(of: $0), try pipeline.targets(of: $0)) } ?? .none,
      patience: validation == nil ? nil : patience, seed: Int(seed), precision: precision, progress: progress)
  }

  private func record(
    _ history: History, _ loss: Loss, _ pipeline: Pipeline, training: Table, validationCount: Int
  ) throws -> TrainingRecord {
    let best = validationCount == 0 ? history.epochs.count - 1 : history.best ?? 0, epoch = history.epochs[best]
    return TrainingRecord(
      rowCount: training.rowCount, validationCount: validationCount, epochCount: history.epochs.count,
      bestEpoch: best + 1, lossName: loss.name, loss: epoch.loss, validationLoss: epoch.validationLoss,
      classCounts: try pipeline.classCounts(of: training), seed: seed,
      seconds: history.seconds)
  }
}

extension Pipeline {
  /// Returns the count of rows of each class; none if a number is predicted.
  public func classCounts(of table: Table) throws(CSVError) -> [Int] {
    guard case .classes(let classes) = target.encoding else { return [] }
    return try labels(of: table).reduce(into: classes.map { _ in 0 }) { $0[$1] += 1 }
  }

  /// Returns the targets that the network learns.
  func targets(of table: Table) throws(CSVError) -> Targets {
    switch target.encoding {
    case .classes: .labels(try labels(of: table))
    case .standardized(let mean, let deviation):
      .numbers(try targetNumbers(of: table).map { [($0 - mean) / deviation] })
    }
  }
}
