public import MicrogradEngine

/// The function that a neuron applies to its weighted sum.
///
/// Beside the ones named here, any function of a value will do: `Activation("Sine") { sin($0) }`.
public struct Activation: Sendable {
  /// The name, which descriptions put in front of `Neuron`: `ReLUNeuron`.
  public let name: String
  private let function: @Sendable (Value) -> Value

  /// Creates an activation from a function.
  public init(_ name: String, _ function: @escaping @Sendable (Value) -> Value) {
    self.name = name
    self.function = function
  }

  /// Applies the function.
  public func callAsFunction(_ x: Value) -> Value { function(x) }

  /// The weighted sum as it is.
  public static let linear = Activation("Linear") { $0 }
  /// max(x, 0)
  public static let relu = Activation("ReLU") { $0.relu() }
  /// Hyperbolic tangent.
  public static let tanh = Activation("Tanh") { $0.tanh() }
  /// 1 / (1 + e⁻ˣ)
  public static let sigmoid = Activation("Sigmoid") { $0.sigmoid() }
  /// x·Φ(x)
  public static let gelu = Activation("GELU") { $0.gelu() }
  /// x·σ(x)
  public static let silu = Activation("SiLU") { $0.silu() }
  /// log(1 + eˣ)
  public static let softplus = Activation("Softplus") { $0.softplus() }
  /// x where positive, `slope · x` elsewhere.
  public static func leakyReLU(slope: Double = 0.01) -> Activation {
    Activation("LeakyReLU") { $0.leakyReLU(slope: slope) }
  }
  /// x where positive, `scale · (eˣ - 1)` elsewhere.
  public static func elu(scale: Double = 1) -> Activation {
    Activation("ELU") { $0.elu(scale: scale) }
  }
}
