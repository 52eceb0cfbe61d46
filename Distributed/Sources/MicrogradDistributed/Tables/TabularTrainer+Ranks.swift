import MicrogradCompiler
import MicrogradData
public import MicrogradModels
import MicrogradNetworks
public import MicrogradTabular

extension TabularTrainer {
  /// Trains a model on the rows of all ranks.
  ///
  /// All rows are trained on, for all epochs: ``validationShare`` must be 0, and ``patience`` and ``progress`` do not matter.
  ///
  /// - Parameters:
  ///   - shard: The rows of this rank.
  ///   - target: The name of the column to predict.
  ///   - communicator: The ranks.
  ///   - summation: The order in which gradients are added.
  ///   - checkpoints: Where the training is kept; nil: nowhere.
  ///   - progress: Called after each epoch, with its number, counted from 0, and its loss.
  /// - Returns: The model, the same on all ranks, and the loss of each epoch.
  /// - Throws: ``RankFailure`` or ``DataParallelError``, the same on all ranks; `MPIError` if MPI fails.
  public func fit(
    _ shard: TableShard, target: String, on communicator: Communicator,
    summation: DataParallel.Summation = .fast, checkpoints: Checkpoints? = nil,
    progress: (_ epoch: Int, _ loss: Double) throws -> Void = { _, _ in }
  ) throws -> (model: TabularModel, losses: [Double]) {
    let (pipeline, network, training) = try training(shard, target: target, on: communicator, summation: summation)
    var known = checkpoints
    known?.identity += " \(pipeline.fingerprint) \(hidden) \(activation.name)"
    let losses = try training.run(
      epochs: epochs, schedule: schedule(steps: epochs * training.stepsPerEpoch), checkpoints: known,
      progress: progress)
    return (TabularModel(pipeline: pipeline, network: network), losses)
  }

  /// Measures what a training on the rows of all ranks costs, with these settings; it trains nothing.
  ///
  /// - Parameters: As those of ``fit(_:target:on:summation:checkpoints:progress:)``.
  /// - Throws: As that method.
  public func measuredCost(_ shard: TableShard, target: String, on communicator: Communicator) throws -> StepCost {
    try training(shard, target: target, on: communicator, summation: .fast).training.measuredCost()
  }

  private func training(
    _ shard: TableShard, target: String, on communicator: Communicator, summation: DataParallel.Summation
  ) throws -> (pipeline: Pipeline, network: MLP, training: DataParallel) {
    if validationShare != 0 {
      throw DataParallelError("ranks hold no rows back: a validation share of \(validationShare) must be 0")
    }
    let pipeline = try Pipeline(
      learning: shard, target: target, problem: problem, excluding: excludedColumns, on: communicator)
    let counts = try communicator.agreeing { try pipeline.classCounts(of: shard.table) }
    let sums = try counts.map { Int(try communicator.allreduce(Int64($0))) }
    let (network, program) = try communicator.agreeing { try self.program(shard.table, pipeline, classCounts: sums) }
    let training = try DataParallel(
      program, partSizes: shard.partSizes, on: communicator, batchSize: batchSize, seed: seed, summation: summation)
    return (pipeline, network, training)
  }
}

extension Pipeline {
  /// A text that differs if a rule does, nearly always.
  fileprivate var fingerprint: String { "\(Array("\(self)".utf8).map { Double($0) }.fingerprint)" }
}
