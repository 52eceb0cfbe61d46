import RealModule

/// What partial derivatives are computed with: `Double` in a sweep, `Value` where the sweep is itself recorded.
protocol Scalar: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Whether a derivative of 0 is handed on to the operands.
  static var handsOnZeros: Bool { get }

  init(_ number: Double)
  /// The number without its history, for decisions such as on which side of a kink it lies.
  var data: Double { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (operand: Self) -> Self

  static func power(_ base: Self, _ exponent: Self) -> Self
  static func power(_ base: Self, constant exponent: Double) -> Self
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func sigmoid(_ x: Self) -> Self
  /// e^(factor·x²), for a factor that is a power of 2.
  static func exp(_ factor: Double, timesSquareOf x: Self) -> Self
  /// The derivative of y = σ(x).
  static func slopeOfSigmoid(_ x: Self, _ y: Self) -> Self
  /// The derivative of y = tanh(x).
  static func slopeOfTanh(_ x: Self, _ y: Self) -> Self
  /// Φ, the distribution function of the standard normal distribution.
  static func normalDistribution(_ x: Self) -> Self

  /// Calls `receive` with a part of a gradient if the operation lets it through, and else hands on nothing: not the part
  /// times 0, which is NaN for an infinite one.
  ///
  /// A `Double` hands on 0, which needs no branch. A recorded 0 would be multiplied by the next derivative, which may be
  /// infinite, so with `Value` nothing is called at all.
  static func handOn(_ part: @autoclosure () -> Self, if isOpen: Bool, to receive: (Self) -> Void)
}

extension Double: Scalar {
  static var handsOnZeros: Bool { false }
  @inlinable @inline(__always) var data: Double { self }

  /// xʸ as C's `pow` defines it. `Double.pow(x, y)` of swift-numerics is NaN for every negative base, so whole
  /// exponents go through its other overload; those beyond `Int` are even, and infinite ones ignore the sign.
  @inlinable static func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 2 { return base * base }
    if let whole = Int(exactly: exponent) { return .pow(base, whole) }
    let ignoresSign = exponent.magnitude >= 0x1p63 || base == -.infinity
    return .pow(ignoresSign ? base.magnitude : base, exponent)
  }

  @inlinable static func power(_ base: Double, constant exponent: Double) -> Double { power(base, exponent) }

  /// 1 / (1 + e⁻ˣ), written such that neither end overflows nor cancels.
  @inlinable static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + .exp(-x)) }
    let power = Double.exp(x)
    return power / (1 + power)
  }

  /// The square is taken in two parts, whose sum is exact: its rounding error would be magnified by up to 700 in the
  /// result.
  static func exp(_ factor: Double, timesSquareOf x: Double) -> Double {
    // Beyond, the result is 0, and the square may overflow.
    if x.magnitude > 40 { return 0 }
    let square = x * x, rest = (-square).addingProduct(x, x)
    return .exp(factor * square) * (1 + factor * rest)
  }

  /// y·(1 - y), unless y is so close to 1 that its rounding error shows in the difference.
  @inline(__always) static func slopeOfSigmoid(_ x: Double, _ y: Double) -> Double {
    y < 0.875 ? y * (1 - y) : slopeOfSaturatedSigmoid(x)
  }

  /// 1 - y², unless y is so close to ±1 that its rounding error shows in the difference.
  @inline(__always) static func slopeOfTanh(_ x: Double, _ y: Double) -> Double {
    y.magnitude < 0.9375 ? 1 - y * y : 4 * slopeOfSaturatedSigmoid(2 * x)
  }

  /// σ(x)·σ(-x). Another exponential function, and not inlined: sweeps keep their short loops.
  @inline(never) private static func slopeOfSaturatedSigmoid(_ x: Double) -> Double { sigmoid(x) * sigmoid(-x) }

  /// By the complementary error function, which keeps its digits where Φ is tiny.
  @inlinable static func normalDistribution(_ x: Double) -> Double {
    let z = -x * 0.5.squareRoot(), distribution = 0.5 * .erfc(z)
    guard z > 1 else { return distribution }
    // There z's rounding error is magnified by up to 1,500, and so taken out: the derivative is -e^(-z²) / √π. The first
    // number is what √½ has beyond a Double.
    let error = -x * -4.833_646_656_726_457e-17 + (-z).addingProduct(-x, 0.5.squareRoot())
    return distribution - error * .exp(-z * z) * 0.564_189_583_547_756_3
  }

  @inline(__always)
  static func handOn(_ part: @autoclosure () -> Double, if isOpen: Bool, to receive: (Double) -> Void) {
    receive(isOpen ? part() : 0)
  }
}
