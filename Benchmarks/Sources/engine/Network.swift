import Micrograd

/// The network as a user of the engine would write it.
struct Network {
  /// How a neuron's weighted sum is written.
  enum Style: String {
    /// As products and sums.
    case plain
    /// With the library's `dot`, one node for each neuron.
    case fused
    /// With the library's `Layer` and `MLP`.
    case mlp
  }

  let style: Style
  let layers: [[Neuron]]
  let model: MLP

  init(_ parameters: [[[Double]]], style: Style) {
    self.style = style
    layers = parameters.enumerated().map { index, layer in
      layer.map { neuron in
        Neuron(
          weights: neuron.dropLast().map { Value($0) }, bias: Value(neuron[neuron.count - 1]),
          activation: index == parameters.count - 1 ? .linear : .relu)
      }
    }
    model = MLP(layers.map { Layer($0) })
  }

  var parameters: [Value] { layers.flatMap { $0.flatMap { $0.weights + [$0.bias] } } }

  func score(_ inputs: [Double]) -> Value {
    if style == .mlp { return model(inputs)[0] }
    var values = inputs.map { Value($0) }
    for layer in layers.dropLast() {
      values = layer.map { weightedSum($0, values).relu() }
    }
    return weightedSum(layers[layers.count - 1][0], values)
  }

  private func weightedSum(_ neuron: Neuron, _ inputs: [Value]) -> Value {
    switch style {
    case .fused, .mlp:
      return dot(neuron.weights, inputs, bias: neuron.bias)
    case .plain:
      var sum = neuron.bias
      // By index, as the peers do it; zip would count more references.
      for i in inputs.indices { sum += neuron.weights[i] * inputs[i] }
      return sum
    }
  }

  /// max(0, 1 - label · score), averaged over the samples.
  func meanHingeLoss(_ samples: [Workload.Sample]) -> Value {
    samples.map { (1 - $0.label * score($0.inputs)).relu() }.mean()
  }
}
