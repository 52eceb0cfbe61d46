public import MicrogradEngine

/// The function that a neuron applies to its weighted sum.
///
/// Beside the ones named here, any function of a value will do: `Activation("Sine") { sin($0) }`.
public struct Activation: Sendable {
  /// The name, which descriptions put in front of `Neuron`: `ReLUNeuron`.
  public let name: String
  /// The operation that it consists of; nil for a function that a user wrote.
  public let definition: Definition?
  private let function: @Sendable (Value) -> Value

  /// The function of an activation as data, for exports and model files.
  public enum Definition: Sendable, Equatable {
    /// The weighted sum as it is.
    case identity
    /// An operation, with the number that belongs to it, such as a slope, if it has one.
    case operation(Operation, constant: Double?)
  }

  /// Creates an activation from a function.
  public init(_ name: String, _ function: @escaping @Sendable (Value) -> Value) {
    self.init(name, definition: nil, function)
  }

  private init(_ name: String, definition: Definition?, _ function: @escaping @Sendable (Value) -> Value) {
    self.name = name
    self.definition = definition
    self.function = function
  }

  package init(
    _ name: String, _ operation: Operation, constant: Double? = nil, _ function: @escaping @Sendable (Value) -> Value
  ) {
    self.init(name, definition: .operation(operation, constant: constant), function)
  }

  /// Applies the function.
  public func callAsFunction(_ x: Value) -> Value { function(x) }

  /// The weighted sum as it is.
  public static let linear = Activation("Linear", definition: .identity) { $0 }
  /// max(x, 0)
  public static let relu = Activation("ReLU", .relu) { $0.relu() }
  /// Hyperbolic tangent.
  public static let tanh = Activation("Tanh", .tanh) { $0.tanh() }
  /// 1 / (1 + e⁻ˣ)
  public static let sigmoid = Activation("Sigmoid", .sigmoid) { $0.sigmoid() }
  /// x·Φ(x)
  public static let gelu = Activation("GELU", .gelu) { $0.gelu() }
  /// x·σ(x)
  public static let silu = Activation("SiLU", .silu) { $0.silu() }
  /// log(1 + eˣ)
  public static let softplus = Activation("Softplus", .softplus) { $0.softplus() }
  /// x / (1 + |x|)
  public static let softsign = Activation("Softsign", .softsign) { $0.softsign() }
  /// log σ(x)
  public static let logSigmoid = Activation("LogSigmoid", .logSigmoid) { $0.logSigmoid() }
  /// x where positive, `slope · x` elsewhere.
  public static func leakyReLU(slope: Double = 0.01) -> Activation {
    Activation("LeakyReLU", .leakyReLU, constant: slope) { $0.leakyReLU(slope: slope) }
  }
  /// x where positive, `scale · (eˣ - 1)` elsewhere.
  public static func elu(scale: Double = 1) -> Activation {
    Activation("ELU", .elu, constant: scale) { $0.elu(scale: scale) }
  }
}

// MARK: - By name

extension Activation {
  /// The activations that have a name in files and on command lines.
  private static let named: [Activation] = [
    .linear, .relu, .tanh, .sigmoid, .gelu, .silu, .softplus, .softsign, .logSigmoid, .leakyReLU(), .elu(),
  ]

  /// The names in files and on command lines: `linear`, `relu`, `leakyReLU`, …
  public static let identifiers = named.map { $0.identifier! }

  /// The name in files and on command lines, that of the member of this type; nil for a function that a user wrote.
  public var identifier: String? {
    switch definition {
    case .identity: "linear"
    case .operation(let operation, _): operation.name
    case nil: nil
    }
  }

  /// Creates the activation of a name in ``identifiers``; nil if there is none.
  ///
  /// - Parameters:
  ///   - identifier: The name.
  ///   - constant: The slope of `leakyReLU`, or the scale of `elu`; nil for their usual numbers. Other activations have
  ///     none, and ignore it.
  public init?(identifier: String, constant: Double? = nil) {
    guard let usual = Self.named.first(where: { $0.identifier == identifier }) else { return nil }
    switch (usual.definition, constant) {
    case (.operation(.leakyReLU, _), let slope?): self = .leakyReLU(slope: slope)
    case (.operation(.elu, _), let scale?): self = .elu(scale: scale)
    default: self = usual
    }
  }
}
