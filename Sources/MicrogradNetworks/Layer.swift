public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// Neurons side by side, all with the same inputs.
public struct Layer: Module {
  /// The neurons, one for each output.
  public let neurons: [Neuron]

  /// Creates a layer from neurons.
  public init(_ neurons: [Neuron]) { self.neurons = neurons }

  /// Creates a layer of `outputs` neurons, drawing their weights one neuron after the other.
  ///
  /// - Precondition: Neither number is negative.
  public init(
    _ inputs: Int, _ outputs: Int, activation: Activation = .relu, initialization: WeightInitialization = .unit,
    using random: inout PythonRandom
  ) {
    require(outputs >= 0, "a layer of \(outputs) neurons")
    let limit = initialization.limit(inputs: inputs, outputs: outputs)
    neurons = (0..<outputs).map { _ in Neuron(inputs, activation: activation, limit: limit, using: &random) }
  }

  /// The outputs, one for each neuron.
  public func callAsFunction(_ inputs: [Value]) -> [Value] { neurons.map { $0(inputs) } }

  /// The parameters of the neurons, one neuron after the other.
  public var parameters: [Value] { neurons.flatMap { $0.parameters } }
}

extension Layer: CustomStringConvertible {
  /// As micrograd prints it: `Layer of [ReLUNeuron(2), ReLUNeuron(2)]`.
  public var description: String { "Layer of [\(neurons.map { $0.description }.joined(separator: ", "))]" }
}
