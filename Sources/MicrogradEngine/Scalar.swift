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
  /// Φ, the distribution function of the standard normal distribution.
  static func normalDistribution(_ x: Self) -> Self
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

  /// By the complementary error function, which keeps its digits where Φ is tiny.
  @inlinable static func normalDistribution(_ x: Double) -> Double { 0.5 * .erfc(-x * 0.5.squareRoot()) }
}
