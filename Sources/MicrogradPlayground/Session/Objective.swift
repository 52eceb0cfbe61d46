import MicrogradEngine
import MicrogradNetworks

/// The number that a step makes smaller: the mean loss of some samples, plus the penalty of the weights.
struct Objective {
  private let model: MLP
  private let loss: PlaygroundLoss
  private let l1, l2: Double
  private let weights: [Value]

  init(_ settings: PlaygroundSettings, _ model: MLP) {
    self.model = model
    loss = settings.loss
    l1 = settings.l1
    l2 = settings.l2
    weights = model.layers.flatMap { layer in layer.neurons.flatMap { $0.weights } }
  }

  /// Records the loss of a batch, with the penalty.
  ///
  /// - Precondition: There is a sample.
  func callAsFunction(_ points: some Sequence<DataSettings.Point>) -> Value {
    total(points.map { sample($0) })
  }

  /// Records the loss of a sample.
  func sample(_ point: DataSettings.Point) -> Value { loss(model([point.x, point.y]), point.target) }

  /// Records the mean of the samples' losses, and the penalty, if there is one.
  func total(_ losses: [Value]) -> Value {
    let mean = losses.count == 1 ? losses[0] : losses.mean()
    guard let penalty = penalty(weights) else { return mean }
    return mean + penalty
  }

  /// Records the penalty `l1 · Σ |w| + l2 · Σ w²` of the weights, without the biases; nil if both factors are 0.
  func penalty(_ weights: [Value]) -> Value? {
    let magnitudes = l1 == 0 ? nil : l1 * weights.map { $0.abs() }.sum()
    let squares = l2 == 0 ? nil : l2 * dot(weights, weights)
    guard let magnitudes, let squares else { return magnitudes ?? squares }
    return magnitudes + squares
  }

  /// The penalty of a network of this shape; 0 if there is none.
  func penalty(of network: PlainNetwork) -> Double {
    l1 == 0 && l2 == 0 ? 0 : penalty(network.weights.map { Value($0) })?.data ?? 0
  }
}
