public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// A multilayer perceptron: layers one behind the other, each fully connected to the next.
///
/// ```swift
/// let model = MLP(2, [16, 1], seed: 42)  // two inputs, 16 hidden ReLU neurons, one linear output
/// let score = model([0.5, -1])[0]
/// ```
public struct MLP: Module {
  /// The layers, from input to output.
  public let layers: [Layer]

  /// Creates a network from layers.
  public init(_ layers: [Layer]) { self.layers = layers }

  /// Creates a network with `inputs` inputs and one layer for each element of `sizes`; the last one is the output.
  ///
  /// The weights are drawn layer by layer and neuron by neuron; with the default initialization they are those of
  /// micrograd's `MLP` for the same state of Python's `random`.
  ///
  /// - Precondition: Sizes are not negative.
  public init(
    _ inputs: Int, _ sizes: [Int], activation: Activation = .relu, output: Activation = .linear,
    initialization: WeightInitialization = .unit, using random: inout PythonRandom
  ) {
    self.init(
      inputs, sizes,
      activations: sizes.indices.map { $0 == sizes.count - 1 ? output : activation },
      initialization: initialization, using: &random)
  }

  /// Creates a network with an activation for each layer.
  ///
  /// - Precondition: There are as many activations as sizes.
  public init(
    _ inputs: Int, _ sizes: [Int], activations: [Activation], initialization: WeightInitialization = .unit,
    using random: inout PythonRandom
  ) {
    require(
      sizes.count == activations.count, "\(sizes.count) layers with \(activations.count) activations")
    let widths = [inputs] + sizes
    layers = sizes.indices.map {
      Layer(
        widths[$0], widths[$0 + 1], activation: activations[$0], initialization: initialization, using: &random)
    }
  }

  /// Creates a network as above, drawing from a generator of its own.
  public init(
    _ inputs: Int, _ sizes: [Int], activation: Activation = .relu, output: Activation = .linear,
    initialization: WeightInitialization = .unit, seed: Int
  ) {
    var random = PythonRandom(seed: seed)
    self.init(
      inputs, sizes, activation: activation, output: output, initialization: initialization, using: &random)
  }

  /// The outputs.
  public func callAsFunction(_ inputs: [Value]) -> [Value] { layers.reduce(inputs) { $1($0) } }

  /// The outputs for inputs that are plain numbers.
  public func callAsFunction(_ inputs: [Double]) -> [Value] { self(inputs.map { Value($0) }) }

  /// The parameters of the layers, one layer after the other.
  public var parameters: [Value] { layers.flatMap { $0.parameters } }

  /// Labels the parameters for drawings: `w1`, `w2`, `b` in a single neuron; elsewhere with the numbers of layer and
  /// neuron, `w1.2.1` being the first weight of the second neuron in the first layer.
  public func labelParameters() {
    let isSingle = layers.count == 1 && layers[0].neurons.count == 1
    for (l, layer) in layers.enumerated() {
      for (n, neuron) in layer.neurons.enumerated() {
        let place = isSingle ? "" : "\(l + 1).\(n + 1)"
        for (i, weight) in neuron.weights.enumerated() {
          weight.label = isSingle ? "w\(i + 1)" : "w\(place).\(i + 1)"
        }
        neuron.bias.label = "b\(place)"
      }
    }
  }
}

extension MLP: CustomStringConvertible {
  /// As micrograd prints it: `MLP of [Layer of [LinearNeuron(2)]]`.
  public var description: String { "MLP of [\(layers.map { $0.description }.joined(separator: ", "))]" }
}
