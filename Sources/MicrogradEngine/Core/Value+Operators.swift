// Numbers are accepted on either side. The overloads that take `Double` are for variables; literals become values by
// themselves, and without `@_disfavoredOverload` the type checker could not choose between the two readings of `2 * a`.

extension Value {
  /// The sum. Both operands receive the gradient unchanged.
  @inlinable @inline(__always)
  public static func + (left: consuming Value, right: consuming Value) -> Value { record(.add, left, right) }

  /// The difference. The second operand receives the negative of the gradient.
  @inlinable @inline(__always)
  public static func - (left: consuming Value, right: consuming Value) -> Value { record(.subtract, left, right) }

  /// The product. Each operand receives the gradient times the other.
  @inlinable @inline(__always)
  public static func * (left: consuming Value, right: consuming Value) -> Value { record(.multiply, left, right) }

  /// The quotient.
  @inlinable @inline(__always)
  public static func / (left: consuming Value, right: consuming Value) -> Value { record(.divide, left, right) }

  /// The negative.
  @inlinable @inline(__always)
  public static prefix func - (operand: consuming Value) -> Value { record(.negate, operand) }

  /// The value itself.
  @inlinable @inline(__always)
  public static prefix func + (operand: Value) -> Value { operand }

  /// The sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (left: consuming Value, right: Double) -> Value {
    record(.add, left, number: right)
  }
  /// The sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (left: Double, right: consuming Value) -> Value {
    record(.add, right, number: left, isFirst: true)
  }
  /// The difference from a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (left: consuming Value, right: Double) -> Value {
    record(.subtract, left, number: right)
  }
  /// The difference from a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (left: Double, right: consuming Value) -> Value {
    record(.subtract, right, number: left, isFirst: true)
  }
  /// The product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (left: consuming Value, right: Double) -> Value {
    record(.multiply, left, number: right)
  }
  /// The product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (left: Double, right: consuming Value) -> Value {
    record(.multiply, right, number: left, isFirst: true)
  }
  /// The quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (left: consuming Value, right: Double) -> Value {
    record(.divide, left, number: right)
  }
  /// The quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (left: Double, right: consuming Value) -> Value {
    record(.divide, right, number: left, isFirst: true)
  }
}

// A compound assignment makes the variable another value, the result; other copies of the old one stay as they are.
extension Value {
  /// Replaces the variable by the sum.
  @inlinable @inline(__always) public static func += (left: inout Value, right: consuming Value) {
    left = left + right
  }
  /// Replaces the variable by the difference.
  @inlinable @inline(__always) public static func -= (left: inout Value, right: consuming Value) {
    left = left - right
  }
  /// Replaces the variable by the product.
  @inlinable @inline(__always) public static func *= (left: inout Value, right: consuming Value) {
    left = left * right
  }
  /// Replaces the variable by the quotient.
  @inlinable @inline(__always) public static func /= (left: inout Value, right: consuming Value) {
    left = left / right
  }

  /// Replaces the variable by the sum with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func += (left: inout Value, right: Double) { left = left + right }
  /// Replaces the variable by the difference with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func -= (left: inout Value, right: Double) { left = left - right }
  /// Replaces the variable by the product with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func *= (left: inout Value, right: Double) { left = left * right }
  /// Replaces the variable by the quotient with a number.
  @_disfavoredOverload @inlinable @inline(__always)
  public static func /= (left: inout Value, right: Double) { left = left / right }
}
