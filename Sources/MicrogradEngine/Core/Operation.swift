import RealModule

/// The table of operations: everything that is known about each of them stands in this file, and nowhere else.
///
/// The engine takes values and partial derivatives from it, the gradient check and the drawings their names, the
/// explanations their formulas. To add an operation, add a case before `dot` and let the compiler lead you
/// through the switches: its `value`, its `pullBack`, its `definition`; then give it a name that users call in
/// Value+Functions.swift.
///
/// In all formulas `a` and `b` are the operands and `y` is the result.
@frozen public enum Operation: UInt8, CaseIterable, Sendable {
  /// A value that was not computed: an input, a parameter, a constant.
  case leaf
  /// `a + b`
  case add
  /// `a - b`
  case subtract
  /// `a * b`
  case multiply
  /// `a / b`
  case divide
  /// `-a`
  case negate
  /// aᵇ with the exponent a value of its own.
  case power
  /// aᵇ with a number as exponent.
  case constantPower
  /// The larger of two.
  case maximum
  /// The smaller of two.
  case minimum
  /// max(a, 0)
  case relu
  /// a where positive, `b·a` elsewhere, with a number `b`.
  case leakyReLU
  /// a where positive, `b·(eᵃ - 1)` elsewhere, with a number `b`.
  case elu
  /// a·Φ(a)
  case gelu
  /// a·σ(a)
  case silu
  /// log(1 + eᵃ)
  case softplus
  /// σ(a) = 1 / (1 + e⁻ᵃ)
  case sigmoid
  /// Hyperbolic tangent.
  case tanh
  /// eᵃ
  case exp
  /// eᵃ - 1, exact for small a.
  case expMinusOne
  /// Natural logarithm.
  case log
  /// log(1 + a), exact for small a.
  case logOnePlus
  /// Square root.
  case sqrt
  /// |a|
  case abs
  /// Sine.
  case sin
  /// Cosine.
  case cos
  /// The error function.
  case erf
  /// 1 - erf(a), which keeps its digits where erf(a) is almost 1.
  case erfc
  /// The number of `b`, with the gradient of `a`.
  case straightThrough
  /// A bias and the products of two lists, added up: `bias + Σ wᵢ·xᵢ`. It stands for its products and sums
  /// wherever someone looks at the graph.
  case dot
}

// MARK: - Values

extension Operation {
  /// The result, given the operands' numbers. Inlined where the operation is a constant, and the switch vanishes.
  @inlinable @inline(__always)
  package func value(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .negate: -a
    case .power, .constantPower: .power(a, b)
    // The comparisons of the next lines are such that NaN comes out where NaN went in.
    case .maximum: a.isNaN || a > b ? a : b
    case .minimum: a.isNaN || a < b ? a : b
    case .relu: a <= 0 ? 0 : a
    case .leakyReLU: a <= 0 ? b * a : a
    case .elu: a <= 0 ? b * .expMinusOne(a) : a
    case .gelu: a == -.infinity ? 0 : a * .normalDistribution(a)
    case .silu: a == -.infinity ? 0 : a * .sigmoid(a)
    case .softplus: Swift.max(a, 0) + .log(onePlus: .exp(-Swift.abs(a)))
    case .sigmoid: .sigmoid(a)
    case .tanh: .tanh(a)
    case .exp: .exp(a)
    case .expMinusOne: .expMinusOne(a)
    case .log: .log(a)
    case .logOnePlus: .log(onePlus: a)
    case .sqrt: a.squareRoot()
    case .abs: Swift.abs(a)
    case .sin: .sin(a)
    case .cos: .cos(a)
    case .erf: .erf(a)
    case .erfc: .erfc(a)
    case .straightThrough: b
    case .leaf, .dot: a
    }
  }
}

// MARK: - Partial derivatives

extension Operation {
  /// Calls `left` with what a gradient hands on to the first operand, gradient · ∂y/∂a, and then `right` with what it
  /// hands on to the second, if a gradient flows there.
  ///
  /// The closures are inlined into every case: a sweep has one jump per cell and no calls. At kinks the
  /// derivatives are PyTorch's: 0 for ReLU and |a| at 0, half to each operand where a maximum is tied. Where the
  /// operation lets nothing through, such as a closed ReLU, the rule says so by `handOn` and does not multiply by 0,
  /// which an infinite gradient would make NaN. A derivative that merely happens to be 0 is a factor like any other.
  @inline(__always)
  func pullBack<S: Scalar>(
    _ gradient: S, _ a: @autoclosure () -> S, _ b: @autoclosure () -> S, _ y: @autoclosure () -> S,
    left: (S) -> Void, right: (S) -> Void
  ) {
    switch self {
    case .add:
      left(gradient)
      right(gradient)
    case .subtract:
      left(gradient)
      right(-gradient)
    case .multiply:
      left(gradient * b())
      right(gradient * a())
    case .divide:
      left(gradient * (1 / b()))
      right(gradient * (-y() / b()))
    case .negate: left(-gradient)
    case .power:
      let x = a(), n = b()
      // ∂(aᵇ)/∂a: nothing for b = 0, even where a⁻¹ is infinite.
      S.handOn(gradient * (n * .power(x, n - 1)), if: n.data != 0, to: left)
      // ∂(aᵇ)/∂b: nothing for 0ᵇ; NaN for a < 0, where aᵇ is no function of a real b.
      S.handOn(gradient * (y() * .log(x)), if: !(x.data == 0 && n.data >= 0), to: right)
    case .constantPower:
      let n = b().data
      S.handOn(gradient * (S(n) * .power(a(), constant: n - 1)), if: n != 0, to: left)
    case .maximum: Operation.share(gradient, a().data, b().data, left, right)
    case .minimum: Operation.share(gradient, -a().data, -b().data, left, right)
    case .relu: S.handOn(gradient, if: !(y().data <= 0), to: left)
    case .leakyReLU: left(gradient * (a().data <= 0 ? b() : 1))
    case .elu: left(gradient * (a().data <= 0 ? b() * .exp(a()) : 1))
    case .gelu:
      let x = a()
      // The number is 1 / √(2π): x times the density of the standard normal distribution.
      left(gradient * (.normalDistribution(x) + x * .exp(-0.5, timesSquareOf: x) * 0.398_942_280_401_432_7))
    case .silu:
      let x = a()
      left(gradient * (.sigmoid(x) * (1 + x * .sigmoid(-x))))
    case .softplus: left(gradient * .sigmoid(a()))
    case .sigmoid: left(gradient * .slopeOfSigmoid(a(), y()))
    case .tanh: left(gradient * .slopeOfTanh(a(), y()))
    case .exp: left(gradient * y())
    case .expMinusOne: left(gradient * .exp(a()))
    case .log: left(gradient * (1 / a()))
    case .logOnePlus: left(gradient * (1 / (1 + a())))
    case .sqrt: left(gradient * (0.5 / y()))
    case .abs: left(gradient * S(Operation.sign(a().data)))
    case .sin: left(gradient * .cos(a()))
    case .cos: left(gradient * -.sin(a()))
    case .erf: left(gradient * (.exp(-1, timesSquareOf: a()) * 1.128_379_167_095_512_6))  // 2 / √π
    case .erfc: left(gradient * (.exp(-1, timesSquareOf: a()) * -1.128_379_167_095_512_6))
    case .straightThrough: left(gradient)
    case .leaf, .dot: break
    }
  }

  /// The partial derivatives by the operands that a gradient flows into, for given numbers; none for a dot product,
  /// which has as many as it has elements.
  public func partials(_ a: Double, _ b: Double, _ y: Double) -> [Double] {
    var partials: [Double] = []
    pullBack(1, a, b, y, left: { partials.append($0) }, right: { partials.append($0) })
    return partials
  }

  /// The parts of a gradient that go to both operands, gradient · partial derivative, or 0 where nothing is let through; nil
  /// where no gradient flows into the second operand.
  package func parts(of gradient: Double, _ a: Double, _ b: Double, _ y: Double) -> (left: Double, right: Double?) {
    var parts: (left: Double, right: Double?) = (0, nil)
    pullBack(gradient, a, b, y, left: { parts.left = $0 }, right: { parts.right = $0 })
    return parts
  }

  @inline(__always) private static func sign(_ a: Double) -> Double { a > 0 ? 1 : a < 0 ? -1 : a }

  /// The larger operand receives the gradient, the smaller one nothing, and both half of it if they are equal.
  @inline(__always) private static func share<S: Scalar>(
    _ gradient: S, _ a: Double, _ b: Double, _ left: (S) -> Void, _ right: (S) -> Void
  ) {
    let part = a == b ? gradient * 0.5 : gradient, isFirstLarger = a.isNaN || a > b
    S.handOn(part, if: isFirstLarger || a == b, to: left)
    S.handOn(part, if: !isFirstLarger, to: right)
  }
}
