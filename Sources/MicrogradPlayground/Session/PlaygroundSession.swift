import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom

/// A network in training. Its state after a number of steps is a function of the settings and of that number, to the last
/// bit: the steps back are found again.
package final class PlaygroundSession {
  package let settings: PlaygroundSettings
  let data: PlaygroundData
  package let model: MLP
  let parameters: [Value]
  let objective: Objective
  /// The inputs of the training samples, one number of each beside the other; the same for testing.
  private let trainingColumns, testColumns: [[Double]]
  private let rate: Schedule

  /// The number of steps so far.
  package private(set) var step = 0
  private var optimizer: OptimizerState
  private var batches: BatchOrder
  private var snapshots = SnapshotStore()
  private(set) var curves = Curves()
  private var warningLog = WarningLog()
  private var breakage: Breakage?
  /// The training loss at the start, and the largest magnitude of a parameter.
  private var start = (loss: 0.0, size: 0.0)

  /// Opens a session: makes data and network.
  ///
  /// - Parameter model: The network to begin with, if it is not the one of the settings.
  package init(_ settings: PlaygroundSettings, model: MLP? = nil) {
    self.settings = settings
    data = PlaygroundData(settings)
    let model = model ?? settings.network.model(outputs: settings.outputs)
    self.model = model
    parameters = model.parameters
    objective = Objective(settings, model)
    trainingColumns = Self.columns(data.training)
    testColumns = Self.columns(data.test)
    rate = settings.rate
    optimizer = OptimizerState(settings.optimizer.updateRule, parameters: parameters.count)
    batches = BatchOrder(count: data.training.count, batch: settings.batch, seed: settings.network.seed)
    let network = network
    start = (trainingEvaluation(network).loss, Diagnosis.size(network.parameters))
    recordPoint()
    keepSnapshot()
  }

  private static func columns(_ points: [DataSettings.Point]) -> [[Double]] {
    [points.map { $0.x }, points.map { $0.y }]
  }

  // MARK: Steps

  /// The number of steps in which each training sample comes once.
  var stepsPerEpoch: Int { batches.stepsPerEpoch }

  /// The learning rate of the next step.
  var learningRate: Double { rate(step) }

  /// Trains for some steps.
  package func train(_ steps: Int) {
    for _ in 0..<steps { takeStep() }
  }

  private func takeStep() {
    let batch = batches.next()
    for parameter in parameters { parameter.grad = 0 }
    let loss = objective(batch.lazy.map { self.data.training[$0] })
    loss.backward()
    if breakage == nil, !loss.data.isFinite || parameters.contains(where: { !$0.grad.isFinite }) {
      breakage = Breakage(step, batch: batch, self)
    }
    optimizer.move(parameters, learningRate: learningRate)
    step += 1
    if curves.wants(step) { recordPoint() }
    if snapshots.wants(step) { keepSnapshot() }
  }

  // MARK: Back and forth

  /// Goes to the state after a number of steps: back by a snapshot, and forth by training.
  package func seek(_ target: Int) {
    if target < step, let snapshot = snapshots.last(upTo: target) { restore(snapshot) }
    train(target - step)
  }

  /// The largest number of steps that were taken.
  var furthest: Int { max(step, snapshots.furthest, curves.furthest) }

  private func keepSnapshot() {
    snapshots.keep(
      Snapshot(
        step: step, parameters: parameters.map { $0.data }, gradients: parameters.map { $0.grad },
        optimizer: optimizer,
        batches: batches))
  }

  private func restore(_ snapshot: Snapshot) {
    step = snapshot.step
    for (index, parameter) in parameters.enumerated() {
      parameter.data = snapshot.parameters[index]
      parameter.grad = snapshot.gradients[index]
    }
    optimizer = snapshot.optimizer
    batches = snapshot.batches
  }

  // MARK: Looking

  /// The samples of the next step's batch, as positions among the training samples.
  var nextBatch: [Int] {
    var batches = batches
    return Array(batches.next())
  }

  /// The numbers of the network.
  var network: PlainNetwork { PlainNetwork(model) }

  /// The quality on the training samples and on those for testing, and what is wrong.
  func report() -> (training: Evaluation, test: Evaluation, warnings: [Warning]) {
    let network = network, results = network.results(trainingColumns)
    let training = Evaluation(of: results.last?.outputs ?? [], data.training, settings.loss)
    let test =
      data.test.isEmpty
      ? .none : Evaluation(of: network.results(testColumns).last?.outputs ?? [], data.test, settings.loss)
    if let breakage = breakage(training) { return (training, test, [.broken(breakage, settings.slower)]) }
    let diagnosis = Diagnosis(
      settings: settings, network: network, model: model, results: results, training: training, start: start,
      step: step)
    return (training, test, diagnosis.warnings)
  }

  /// The breakage that a step found, or the one that the next step is going to find.
  private func breakage(_ training: Evaluation) -> Breakage? {
    if let breakage, step >= breakage.step { return breakage }
    return training.loss.isFinite ? nil : Breakage(step, batch: data.training.indices, self)
  }

  /// The step since when a warning applies.
  func since(_ warning: Warning) -> Int {
    warning.kind == .nan
      ? min(breakage?.step ?? step, step)
      : warningLog.since(warning.key, at: step, point: curves.lastPoint(upTo: step))
  }

  func trainingEvaluation(_ network: PlainNetwork) -> Evaluation {
    Evaluation(of: network.results(trainingColumns).last?.outputs ?? [], data.training, settings.loss)
  }

  private func recordPoint() {
    let (training, test, warnings) = report()
    curves.append(step: step, training, test)
    warningLog.note(warnings.map { $0.key }, at: step)
  }
}
