// Numbers are accepted on either side: Scalar+Operators.swift.

extension Value {
  /// The sum. Both operands receive the gradient unchanged.
  @inlinable @inline(__always)
  public static func + (left: consuming Value, right: consuming Value) -> Value { recordSum(.add, left, right) }

  /// The difference. The second operand receives the negative of the gradient.
  @inlinable @inline(__always)
  public static func - (left: consuming Value, right: consuming Value) -> Value {
    recordSum(.subtract, left, right)
  }

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
}
