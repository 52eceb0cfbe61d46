import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom

/// The objective in a plane through the weights, which two random directions span.
///
/// The directions are normally distributed, and normalized by filter: the part of each neuron's weights is scaled to the
/// length of these weights. Biases do not move.
///
/// Source: Li et al., *Visualizing the Loss Landscape of Neural Nets*, 2018,
/// [arXiv:1712.09913](https://arxiv.org/abs/1712.09913).
struct LossPlane {
  /// The parameters at the center.
  let center: [Double]
  /// The directions, in the order of the parameters.
  let directions: (first: [Double], second: [Double])
  private let session: PlaygroundSession
  private let network: PlainNetwork

  init(around session: PlaygroundSession, seed: Int) {
    self.session = session
    network = session.network
    center = network.parameters
    var random = PythonRandom(seed: seed)
    let first = Self.direction(session, &random), second = Self.direction(session, &random)
    directions = (first, second)
  }

  private static func direction(_ session: PlaygroundSession, _ random: inout PythonRandom) -> [Double] {
    var direction: [Double] = []
    for neuron in session.model.layers.flatMap({ $0.neurons }) {
      let part = neuron.weights.map { _ in random.gauss() }
      let length = Self.length(part), weights = Self.length(neuron.weights.map { $0.data })
      direction += part.map { length == 0 ? 0 : $0 * (weights / length) } + [0]
    }
    return direction
  }

  private static func length(_ numbers: [Double]) -> Double {
    let largest = Diagnosis.size(numbers)
    guard largest > 0, largest.isFinite else { return largest }
    return largest * numbers.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }

  /// The objective over all training samples at a place of the plane.
  func loss(_ along: Double, _ across: Double) -> Double {
    var moved = network
    for index in center.indices {
      moved.parameters[index] = center[index] + (along * directions.first[index] + across * directions.second[index])
    }
    return session.trainingEvaluation(moved).loss + session.objective.penalty(of: moved)
  }

  /// The objective on a grid from -span to span on both sides, row by row from the bottom, each from the left.
  ///
  /// - Precondition: `size` is at least 2.
  func losses(size: Int, span: Double) -> [Double] {
    let places = (0..<size).map { span * (2 * Double($0) / Double(size - 1) - 1) }
    return places.flatMap { across in places.map { loss($0, across) } }
  }
}
