/// What people are told about an operation.
extension Operation {
  /// An operation's name and formulas.
  public struct Definition: Sendable {
    /// The name that Swift users call it by.
    public let name: String
    /// The short sign that drawings put into the node.
    public let symbol: String
    /// The result in terms of the operands `a` and `b`.
    public let formula: String
    /// The partial derivatives with respect to the operands, in terms of `a`, `b` and the result `y`. The number of partials is
    /// the number of operands that a gradient flows into. Like the formula, they are the same in every language:
    /// `condition ? this : that` is a choice.
    public let partials: [String]

    init(_ name: String, _ symbol: String, _ formula: String, _ partials: [String]) {
      self.name = name
      self.symbol = symbol
      self.formula = formula
      self.partials = partials
    }
  }

  /// The operation's name and formulas.
  public var definition: Definition {
    switch self {
    case .leaf: .init("Value", "", "a", [])
    case .add: .init("+", "+", "a + b", ["1", "1"])
    case .subtract: .init("-", "−", "a − b", ["1", "−1"])
    case .multiply: .init("*", "×", "a × b", ["b", "a"])
    case .divide: .init("/", "÷", "a ÷ b", ["1 ÷ b", "−y ÷ b"])
    case .negate: .init("-", "−", "−a", ["−1"])
    case .power: .init("pow", "^", "a ^ b", ["b × a ^ (b − 1)", "y × log(a)"])
    case .constantPower: .init("pow", "^", "a ^ b", ["b × a ^ (b − 1)"])
    case .maximum: .init("max", "max", "max(a, b)", ["a > b ? 1 : a < b ? 0 : ½", "b > a ? 1 : b < a ? 0 : ½"])
    case .minimum: .init("min", "min", "min(a, b)", ["a < b ? 1 : a > b ? 0 : ½", "b < a ? 1 : b > a ? 0 : ½"])
    case .relu: .init("relu", "ReLU", "max(a, 0)", ["a > 0 ? 1 : 0"])
    case .leakyReLU: .init("leakyReLU", "LeakyReLU", "a > 0 ? a : b × a", ["a > 0 ? 1 : b"])
    case .elu: .init("elu", "ELU", "a > 0 ? a : b × (e^a − 1)", ["a > 0 ? 1 : b × e^a"])
    case .gelu: .init("gelu", "GELU", "a × Φ(a)", ["Φ(a) + a × φ(a)"])
    case .silu: .init("silu", "SiLU", "a × σ(a)", ["σ(a) × (1 + a × σ(−a))"])
    case .softplus: .init("softplus", "softplus", "log(1 + e^a)", ["σ(a)"])
    case .sigmoid: .init("sigmoid", "σ", "1 ÷ (1 + e^−a)", ["y × (1 − y)"])
    case .tanh: .init("tanh", "tanh", "tanh(a)", ["1 − y ^ 2"])
    case .exp: .init("exp", "exp", "e^a", ["y"])
    case .expMinusOne: .init("expMinusOne", "expm1", "e^a − 1", ["e^a"])
    case .log: .init("log", "log", "log(a)", ["1 ÷ a"])
    case .logOnePlus: .init("logOnePlus", "log1p", "log(1 + a)", ["1 ÷ (1 + a)"])
    case .sqrt: .init("sqrt", "√", "√a", ["1 ÷ (2 × y)"])
    case .abs: .init("abs", "|·|", "|a|", ["sign(a)"])
    case .sin: .init("sin", "sin", "sin(a)", ["cos(a)"])
    case .cos: .init("cos", "cos", "cos(a)", ["−sin(a)"])
    case .erf: .init("erf", "erf", "erf(a)", ["2 ÷ √π × e^−a²"])
    case .erfc: .init("erfc", "erfc", "erfc(a)", ["−2 ÷ √π × e^−a²"])
    case .straightThrough: .init("straightThrough", "⇢", "b", ["1"])
    case .dot: .init("dot", "·", "bias + Σ w × x", ["1 for the bias, x for each w, w for each x"])
    }
  }

  /// Whether the second operand is a number that belongs to the operation, such as an exponent or a slope, and
  /// that no gradient flows into.
  public var hasConstant: Bool {
    switch self {
    case .constantPower, .leakyReLU, .elu: true
    default: false
    }
  }
}
