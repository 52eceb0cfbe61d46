public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// A weighted sum of its inputs plus a bias, with an activation on top: `activation(bias + Σ wᵢ·xᵢ)`.
public struct Neuron: Module {
  /// One weight for each input.
  public let weights: [Value]
  /// The number that is added to the weighted sum.
  public let bias: Value
  /// The function of the weighted sum.
  public let activation: Activation

  /// Creates a neuron from given parameters, which it shares with whoever else holds them.
  public init(weights: [Value], bias: Value, activation: Activation = .relu) {
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }

  /// Creates a neuron with weights drawn in the order of the inputs, and bias 0.
  ///
  /// With the default range, it draws what micrograd draws: `random.uniform(-1, 1)` for each weight.
  ///
  /// - Precondition: `inputs` is not negative.
  public init(
    _ inputs: Int, activation: Activation = .relu, limit: Double = 1, using random: inout PythonRandom
  ) {
    require(inputs >= 0, "a neuron with \(inputs) inputs")
    self.init(
      weights: (0..<inputs).map { _ in Value(random.uniform(-limit, limit)) }, bias: 0, activation: activation)
  }

  /// The neuron's output.
  ///
  /// - Precondition: There is one input for each weight.
  public func callAsFunction(_ inputs: [Value]) -> Value {
    require(
      inputs.count == weights.count, "\(self) was given \(inputs.count) inputs, but has \(weights.count) weights")
    return activation(dot(weights, inputs, bias: bias))
  }

  /// The weights, then the bias.
  public var parameters: [Value] { weights + [bias] }
}

extension Neuron: CustomStringConvertible {
  /// Activation and number of inputs: `ReLUNeuron(2)`.
  public var description: String { "\(activation.name)Neuron(\(weights.count))" }
}
