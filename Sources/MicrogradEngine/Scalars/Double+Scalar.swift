import MicrogradRequirement

/// A function of scalars that is called with numbers computes.
extension Double: Scalar {
  /// The number itself.
  @inlinable @inline(__always) public var data: Double { self }

  /// The result of an operation with one operand.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: Double) -> Double { operation.value(a, 0) }
  /// The result of an operation with two operands.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: Double, _ b: Double) -> Double { operation.value(a, b) }
  /// `bias + Σ weightsᵢ · inputsᵢ`, added up in the order in which `Value` does, to the same last digit.
  @inlinable public static func dot(_ weights: [Double], _ inputs: [Double], bias: Double?) -> Double {
    require(
      weights.count == inputs.count,
      "a dot product of \(weights.count) and \(inputs.count) numbers: both lists must be of one length")
    var even = 0.0, odd = 0.0, i = 0
    while i &+ 1 < weights.count {
      even += weights[i] * inputs[i]
      odd += weights[i &+ 1] * inputs[i &+ 1]
      i &+= 2
    }
    if i < weights.count { even += weights[i] * inputs[i] }
    return (bias ?? 0) + (even + odd)
  }
}
