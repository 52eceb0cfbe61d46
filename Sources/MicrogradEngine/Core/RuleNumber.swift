/// A type of number, or of formula, that the rules of operations can be read with.
///
/// Read with `Double`, a rule computes. Read with `Value`, it is recorded, so that derivatives can be differentiated again.
/// Read with `Expression`, it becomes a formula that can be printed.
@usableFromInline protocol RuleNumber: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (operand: Self) -> Self

  static func power(_ base: Self, _ exponent: Self) -> Self
  static func exp(_ x: Self) -> Self
  static func expMinusOne(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func log(onePlus x: Self) -> Self
  static func sqrt(_ x: Self) -> Self
  static func abs(_ x: Self) -> Self
  /// -1, 0 or 1.
  static func sign(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func atan(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func sigmoid(_ x: Self) -> Self
  /// log(1 + eˣ)
  static func softplus(_ x: Self) -> Self
  static func erf(_ x: Self) -> Self
  static func erfc(_ x: Self) -> Self
  /// e^(-x²)
  static func expOfNegativeSquare(_ x: Self) -> Self
  /// Φ, the distribution function of the standard normal distribution.
  static func normalDistribution(_ x: Self) -> Self
  /// φ, its density.
  static func normalDensity(_ x: Self) -> Self
  /// 2 / √π
  static var twoOverRootPi: Self { get }
  static var infinity: Self { get }

  // Derivatives that `Double` computes, or `Value` records, in another form than people read.
  /// The derivative of y = σ(x).
  static func derivativeOfSigmoid(_ x: Self, _ y: Self) -> Self
  /// The derivative of y = tanh(x).
  static func derivativeOfTanh(_ x: Self, _ y: Self) -> Self
  /// The derivative of xᵇ with respect to x, for a number b.
  static func derivativeOfPower(_ x: Self, _ b: Self) -> Self

  /// `Bool`, except for `Expression`, which keeps the comparison as a formula.
  associatedtype Condition
  static func isLarger(_ a: Self, than b: Self) -> Condition
  static func isSmaller(_ a: Self, than b: Self) -> Condition
  static func isEqual(_ a: Self, to b: Self) -> Condition
  static func isAtLeast(_ a: Self, _ b: Self) -> Condition
  static func both(_ first: Condition, _ second: Condition) -> Condition
  /// `x` if the condition holds, otherwise `y`; the other is not computed. Printed formulas show both.
  static func select(_ condition: Condition, _ x: @autoclosure () -> Self, _ y: @autoclosure () -> Self) -> Self
  /// The formula, but `limit` if the condition holds: at points where the formula itself would be NaN, or would hand on a
  /// gradient that must stop. Printed formulas do not show the exception.
  static func except(
    _ condition: Condition, _ limit: @autoclosure () -> Self, _ formula: @autoclosure () -> Self
  ) -> Self
}

/// Comparisons for rules. A NaN on the left counts as larger and as smaller than any number, so that the maximum, the
/// minimum and the ReLU of NaN are NaN.
extension RuleNumber {
  @inlinable @inline(__always) static func > (a: Self, b: Self) -> Condition { isLarger(a, than: b) }
  @inlinable @inline(__always) static func < (a: Self, b: Self) -> Condition { isSmaller(a, than: b) }
  @inlinable @inline(__always) static func >= (a: Self, b: Self) -> Condition { isAtLeast(a, b) }
  @inlinable @inline(__always) static func == (a: Self, b: Self) -> Condition { isEqual(a, to: b) }
}

extension RuleNumber {
  @inlinable @inline(__always) static func square(_ x: Self) -> Self { x * x }
}
