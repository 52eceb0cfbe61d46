/// The operands of an operation, and its use.
@usableFromInline enum Form: Sendable {
  /// A leaf, or an operation whose derivatives are computed elsewhere (`dot`): its row hands nothing on.
  case none
  /// One operand.
  case function
  /// One operand; a neuron may end with it.
  case activation
  /// One operand and a number of the operation's own, such as an exponent.
  case parametricFunction
  /// The same; a neuron may end with it.
  case parametricActivation
  /// Two operands, in any order.
  case commutative
  /// Two operands that cannot be exchanged.
  case ordered
  /// Two operands; no gradient flows into the second.
  case estimator

  /// Whether a gradient flows into the second operand.
  @inlinable @inline(__always) var reachesB: Bool {
    switch self {
    case .commutative, .ordered: true
    case .none, .function, .activation, .parametricFunction, .parametricActivation, .estimator: false
    }
  }
}

/// Reads the rules of operations: computes values, hands gradients on, or prints formulas.
///
/// A rule has four letters: the operands `a` and `b`, the result `y`, and the gradient `d` that arrives at the result. Each
/// reader says what they stand for.
@usableFromInline protocol RuleReader {
  associatedtype Number: RuleNumber
  /// The result of reading a rule.
  associatedtype Reading

  var a: Number { get }
  var b: Number { get }
  var y: Number { get }
  var d: Number { get }

  /// Reads a row of the table. A reader evaluates only those parts of the row that it needs.
  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Number,
    _ toA: @autoclosure () -> Number, _ toB: @autoclosure () -> Number
  ) -> Reading
}

extension RuleReader {
  /// The table of operations. A row has the operation's name and form, the value that it computes, and the part of a
  /// gradient that it hands on to each operand.
  ///
  /// These parts are d · ∂y/∂a and d · ∂y/∂b, a vector-Jacobian product. They are written as products with `d`, so
  /// that with d = 1 they are the partial derivatives. At kinks the derivatives are PyTorch's: 0 for ReLU and |a| at
  /// 0, half to each operand where a maximum is tied. Where an operation lets nothing through, such as a closed ReLU,
  /// its rule selects 0 and does not multiply by it, which would make an infinite gradient NaN. RuleNumber.swift explains
  /// `select` and `except`.
  ///
  /// It is inlined: where the operation is a constant, nothing of the switch remains, and a sweep takes one jump for each
  /// cell and no calls.
  @inlinable @inline(__always)
  func read(_ operation: Operation) -> Reading {
    switch operation {
    case .leaf: rule("Value", .none, a, d)
    case .add: rule("+", .commutative, a + b, d, d)
    case .subtract: rule("-", .ordered, a - b, d, -d)
    case .multiply: rule("*", .commutative, a * b, d * b, d * a)
    case .divide: rule("/", .ordered, a / b, d * (1 / b), d * (-y / b))
    case .negate: rule("-", .function, -a, -d)
    case .power:
      rule(
        "pow", .ordered, .power(a, b),
        .except(b == 0, 0, d * (b * .power(a, b - 1))),
        // NaN for a < 0, where aᵇ is no function of a real b.
        .except(Number.both(a == 0, b >= 0), 0, d * (y * .log(a))))
    case .constantPower:
      rule(
        "pow", .parametricFunction, .power(a, b), .except(b == 0, 0, d * .derivativeOfPower(a, b)))
    case .maximum:
      rule(
        "max", .commutative, .select(a > b, a, b),
        .select(a > b, d, .select(b > a, 0, d * 0.5)),
        .select(a > b, 0, .select(b > a, d, d * 0.5)))
    case .minimum:
      rule(
        "min", .commutative, .select(a < b, a, b),
        .select(a < b, d, .select(b < a, 0, d * 0.5)),
        .select(a < b, 0, .select(b < a, d, d * 0.5)))
    // By the result, which a layer keeps anyway: its weighted sums need not be kept for the backward pass.
    case .relu: rule("relu", .activation, .select(a > 0, a, 0), .select(y > 0, d, 0))
    case .leakyReLU:
      rule(
        "leakyReLU", .parametricActivation, .select(a > 0, a, b * a),
        d * .select(a > 0, 1, b))
    case .elu:
      rule(
        "elu", .parametricActivation, .select(a > 0, a, b * .expMinusOne(a)),
        d * .select(a > 0, 1, b * .exp(a)))
    case .gelu:
      rule(
        "gelu", .activation, .except(a == -.infinity, 0, a * .normalDistribution(a)),
        d * (.normalDistribution(a) + a * .normalDensity(a)))
    case .silu:
      rule(
        "silu", .activation, .except(a == -.infinity, 0, a * .sigmoid(a)),
        d * (.sigmoid(a) * (1 + a * .sigmoid(-a))))
    case .softplus: rule("softplus", .activation, .softplus(a), d * .sigmoid(a))
    case .softsign:
      rule(
        "softsign", .activation, .except(Number.abs(a) == .infinity, .sign(a), a / (1 + .abs(a))),
        d * (1 / .square(1 + .abs(a))))
    case .logSigmoid: rule("logSigmoid", .activation, -.softplus(-a), d * .sigmoid(-a))
    case .sigmoid: rule("sigmoid", .activation, .sigmoid(a), d * .derivativeOfSigmoid(a, y))
    case .tanh: rule("tanh", .activation, .tanh(a), d * .derivativeOfTanh(a, y))
    case .exp: rule("exp", .function, .exp(a), d * y)
    case .expMinusOne: rule("expMinusOne", .function, .expMinusOne(a), d * .exp(a))
    case .log: rule("log", .function, .log(a), d * (1 / a))
    case .logOnePlus: rule("logOnePlus", .function, .log(onePlus: a), d * (1 / (1 + a)))
    case .sqrt: rule("sqrt", .function, .sqrt(a), d * (0.5 / y))
    case .abs: rule("abs", .function, .abs(a), d * .sign(a))
    case .sin: rule("sin", .function, .sin(a), d * .cos(a))
    case .cos: rule("cos", .function, .cos(a), d * -.sin(a))
    case .arctangent: rule("atan", .function, .atan(a), d * (1 / (1 + .square(a))))
    case .erf: rule("erf", .function, .erf(a), d * (.twoOverRootPi * .expOfNegativeSquare(a)))
    case .erfc: rule("erfc", .function, .erfc(a), d * (-.twoOverRootPi * .expOfNegativeSquare(a)))
    case .straightThrough: rule("straightThrough", .estimator, b, d)
    case .dot: rule("dot", .none, a, d)
    }
  }

  /// A rule without a part for the second operand.
  @inlinable @inline(__always)
  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Number, _ toA: @autoclosure () -> Number
  ) -> Reading { rule(name, form, value(), toA(), 0) }
}

/// Reads what an operation computes from two numbers.
@usableFromInline struct Evaluation: RuleReader {
  @usableFromInline let a: Double
  @usableFromInline let b: Double
  @inlinable var y: Double { .nan }
  @inlinable var d: Double { .nan }

  @inlinable @inline(__always) init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  @inlinable @inline(__always)
  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Double, _ toA: @autoclosure () -> Double,
    _ toB: @autoclosure () -> Double
  ) -> Double { value() }
}

extension Operation {
  /// The result, given the operands' numbers.
  @inlinable @inline(__always)
  package func value(_ a: Double, _ b: Double) -> Double { Evaluation(a, b).read(self) }
}

/// Reads the parts of a gradient that go to the operands, from given numbers and not from cells as sweeps do.
@usableFromInline struct Parts: RuleReader {
  @usableFromInline let a, b, y, d: Double

  @inlinable @inline(__always) init(_ gradient: Double, _ a: Double, _ b: Double, _ y: Double) {
    self.a = a
    self.b = b
    self.y = y
    d = gradient
  }

  @inlinable @inline(__always)
  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Double, _ toA: @autoclosure () -> Double,
    _ toB: @autoclosure () -> Double
  ) -> (toA: Double, toB: Double?) {
    form == .none ? (0, nil) : (toA(), form.reachesB ? toB() : nil)
  }
}

extension Operation {
  /// The parts of a gradient that go to both operands: gradient · partial derivative, or 0 where the operation lets nothing
  /// through. `toB` is nil if no gradient flows into the second operand.
  @inlinable @inline(__always)
  package func parts(of gradient: Double, _ a: Double, _ b: Double, _ y: Double) -> (toA: Double, toB: Double?) {
    Parts(gradient, a, b, y).read(self)
  }

  /// The partial derivatives with respect to the operands that a gradient flows into, given the operands' numbers and the
  /// result `y`. A dot product has none here, since it has more than two operands.
  public func partials(_ a: Double, _ b: Double, _ y: Double) -> [Double] {
    let parts = parts(of: 1, a, b, y)
    return self == .leaf || self == .dot ? [] : [parts.toA] + (parts.toB.map { [$0] } ?? [])
  }
}
