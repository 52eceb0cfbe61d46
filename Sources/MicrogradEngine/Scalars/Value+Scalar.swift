/// A function of scalars that is called with values is recorded.
extension Value: Scalar {
  /// Records an operation with one operand.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: consuming Value) -> Value { record(operation, a) }
  /// Records an operation with two operands.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: consuming Value, _ b: consuming Value) -> Value {
    record(operation, a, b)
  }
  /// Records an operation whose second operand is a number, which needs no leaf.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: consuming Value, number: Double) -> Value {
    record(operation, a, number: number)
  }
  /// Records an operation whose first operand is a number, which needs no leaf.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, number: Double, to b: consuming Value) -> Value {
    record(operation, b, number: number, isFirst: true)
  }
  /// `bias + Σ weightsᵢ · inputsᵢ`, recorded as one node.
  @inlinable public static func dot(_ weights: [Value], _ inputs: [Value], bias: Value?) -> Value {
    DotProduct.record(weights, inputs, bias: bias)
  }
}
