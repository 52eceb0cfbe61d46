// Operators with a number on one side, for variables: literals become scalars by themselves. Without
// `@_disfavoredOverload` the type checker could not choose between the two readings of `2 * a`.

extension Scalar {
  /// The sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (left: consuming Self, right: Double) -> Self { applying(.add, to: left, number: right) }
  /// The sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (left: Double, right: consuming Self) -> Self { applying(.add, number: left, to: right) }
  /// The difference from a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (left: consuming Self, right: Double) -> Self { applying(.subtract, to: left, number: right) }
  /// The difference from a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (left: Double, right: consuming Self) -> Self { applying(.subtract, number: left, to: right) }
  /// The product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (left: consuming Self, right: Double) -> Self { applying(.multiply, to: left, number: right) }
  /// The product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (left: Double, right: consuming Self) -> Self { applying(.multiply, number: left, to: right) }
  /// The quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (left: consuming Self, right: Double) -> Self { applying(.divide, to: left, number: right) }
  /// The quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (left: Double, right: consuming Self) -> Self { applying(.divide, number: left, to: right) }
}

// A compound assignment makes the variable another scalar, the result; other copies of the old one stay as they are.
extension Scalar {
  /// Replaces the variable by the sum.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func += (left: inout Self, right: consuming Self) { left = left + right }
  /// Replaces the variable by the difference.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func -= (left: inout Self, right: consuming Self) { left = left - right }
  /// Replaces the variable by the product.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func *= (left: inout Self, right: consuming Self) { left = left * right }
  /// Replaces the variable by the quotient.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func /= (left: inout Self, right: consuming Self) { left = left / right }
  /// Replaces the variable by the sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func += (left: inout Self, right: Double) { left = left + right }
  /// Replaces the variable by the difference with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func -= (left: inout Self, right: Double) { left = left - right }
  /// Replaces the variable by the product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func *= (left: inout Self, right: Double) { left = left * right }
  /// Replaces the variable by the quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func /= (left: inout Self, right: Double) { left = left / right }
}
