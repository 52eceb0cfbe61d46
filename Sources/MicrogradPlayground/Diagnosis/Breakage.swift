import MicrogradEngine
import MicrogradNetworks

/// The first moment at which a number was not finite: where, and what gave it.
struct Breakage: Sendable {
  /// The step that could not be taken: its loss, or a gradient, is no finite number.
  let step: Int
  /// The sample, as a position among those of the training; nil if each sample alone is finite, but not their sum or the penalty.
  let sample: Int?
  /// The operation that gave the number, or handed it on as a gradient; nil if it is not known.
  let operation: Operation?
  /// Whether the forward pass was finite, and a gradient was not.
  let isGradient: Bool
  /// The layer and the neuron that it happened in; nil if it was in the loss.
  let layer, neuron: Int?

  /// Looks for it among the samples of a step's batch, at the parameters before the step moves them.
  init(_ step: Int, batch: some Collection<Int>, _ session: PlaygroundSession) {
    let points = batch.map { session.data.training[$0] }
    for (sample, point) in zip(batch, points) {
      guard let report = Self.report(session, on: { $0.sample(point) }) else { continue }
      let place = Self.place(of: sample, session)
      self.init(
        step: step, sample: sample, operation: report.operation, isGradient: report.isGradient, layer: place?.layer,
        neuron: place?.neuron)
      return
    }
    // Each sample alone is finite: their sum is not, or the penalty.
    let report = Self.report(session) { $0(points) }
    self.init(
      step: step, sample: nil, operation: report?.operation, isGradient: report?.isGradient ?? true, layer: nil,
      neuron: nil)
  }

  private init(step: Int, sample: Int?, operation: Operation?, isGradient: Bool, layer: Int?, neuron: Int?) {
    self.step = step
    self.sample = sample
    self.operation = operation
    self.isGradient = isGradient
    self.layer = layer
    self.neuron = neuron
  }

  /// Returns the engine's first report on a loss and its backward pass.
  private static func report(
    _ session: PlaygroundSession, on loss: (Objective) -> Value
  ) -> (operation: Operation, isGradient: Bool)? {
    var first: (operation: Operation, isGradient: Bool)?
    let objective = Objective(session.settings, MLP(copying: session.model))
    withDiagnostics { diagnostic in
      let isGradient: Bool
      switch diagnostic.kind {
      case .value: isGradient = false
      case .gradient: isGradient = true
      case .forgottenZeroGrad: return
      }
      // A parameter that is no number any more is a leaf, and no operation.
      if first == nil, diagnostic.operation != .leaf { first = (diagnostic.operation, isGradient) }
    } _: {
      loss(objective).backward()
    }
    return first
  }

  /// The first neuron whose result is not finite.
  private static func place(of sample: Int, _ session: PlaygroundSession) -> (layer: Int, neuron: Int)? {
    let point = session.data.training[sample]
    for (layer, results) in session.network.results([[point.x], [point.y]]).enumerated() {
      for neuron in results.outputs.indices
      where !results.outputs[neuron][0].isFinite || !results.sums[neuron][0].isFinite {
        return (layer, neuron)
      }
    }
    return nil
  }
}
