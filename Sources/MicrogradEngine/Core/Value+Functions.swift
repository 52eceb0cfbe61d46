import MicrogradRequirement

// Every function can be called both ways, `x.tanh()` and `tanh(x)`: the first reads well at the end of a chain, the
// second is how formulas are written. What they compute stands in the table, Rules.swift.

extension Value {
  /// max(self, 0). The derivative at 0 is 0.
  @inlinable @inline(__always)
  public consuming func relu() -> Value { Value.record(.relu, self) }

  /// x·Φ(x), with the distribution function Φ of the normal distribution, not its tanh approximation.
  ///
  /// Source: Hendrycks and Gimpel, *Gaussian Error Linear Units*, 2016, [arXiv:1606.08415](https://arxiv.org/abs/1606.08415).
  @inlinable @inline(__always)
  public consuming func gelu() -> Value { Value.record(.gelu, self) }

  /// x·σ(x), also called swish.
  @inlinable @inline(__always)
  public consuming func silu() -> Value { Value.record(.silu, self) }

  /// log(1 + eˣ), a smooth ReLU, without overflow for large x.
  @inlinable @inline(__always)
  public consuming func softplus() -> Value { Value.record(.softplus, self) }

  /// x / (1 + |x|), between -1 and 1.
  @inlinable @inline(__always)
  public consuming func softsign() -> Value { Value.record(.softsign, self) }

  /// log σ(x), without cancellation for large x and without overflow for small ones.
  @inlinable @inline(__always)
  public consuming func logSigmoid() -> Value { Value.record(.logSigmoid, self) }

  /// σ(x) = 1 / (1 + e⁻ˣ).
  @inlinable @inline(__always)
  public consuming func sigmoid() -> Value { Value.record(.sigmoid, self) }

  /// The hyperbolic tangent.
  @inlinable @inline(__always)
  public consuming func tanh() -> Value { Value.record(.tanh, self) }

  /// eˣ.
  @inlinable @inline(__always)
  public consuming func exp() -> Value { Value.record(.exp, self) }

  /// eˣ - 1, without cancellation for small x.
  @inlinable @inline(__always)
  public consuming func expMinusOne() -> Value { Value.record(.expMinusOne, self) }

  /// The natural logarithm; NaN below 0, -∞ at 0.
  @inlinable @inline(__always)
  public consuming func log() -> Value { Value.record(.log, self) }

  /// log(1 + x), without loss of digits for small x.
  @inlinable @inline(__always)
  public consuming func logOnePlus() -> Value { Value.record(.logOnePlus, self) }

  /// The square root; its derivative at 0 is infinite.
  @inlinable @inline(__always)
  public consuming func sqrt() -> Value { Value.record(.sqrt, self) }

  /// The absolute value. The derivative at 0 is 0.
  @inlinable @inline(__always)
  public consuming func abs() -> Value { Value.record(.abs, self) }

  /// The sine of an angle in radians.
  @inlinable @inline(__always)
  public consuming func sin() -> Value { Value.record(.sin, self) }

  /// The cosine of an angle in radians.
  @inlinable @inline(__always)
  public consuming func cos() -> Value { Value.record(.cos, self) }

  /// The inverse of the tangent: an angle in radians between -π/2 and π/2.
  @inlinable @inline(__always)
  public consuming func atan() -> Value { Value.record(.arctangent, self) }

  /// The error function, 2 / √π times the integral of e^(-t²) from 0 to x.
  @inlinable @inline(__always)
  public consuming func erf() -> Value { Value.record(.erf, self) }

  /// The complementary error function, 1 - erf(x), without cancellation for large x.
  @inlinable @inline(__always)
  public consuming func erfc() -> Value { Value.record(.erfc, self) }

  /// x where positive, `slope · x` elsewhere. The derivative at 0 is `slope`.
  @inlinable @inline(__always)
  public consuming func leakyReLU(slope: Double = 0.01) -> Value { Value.record(.leakyReLU, self, number: slope) }

  /// x where positive, `scale · (eˣ - 1)` elsewhere.
  @inlinable @inline(__always)
  public consuming func elu(scale: Double = 1) -> Value { Value.record(.elu, self, number: scale) }

  /// The square, as one product.
  @inlinable @inline(__always)
  public func squared() -> Value { self * self }
}

/// max(x, 0). The derivative at 0 is 0.
@inlinable public func relu(_ x: consuming Value) -> Value { x.relu() }
/// x·Φ(x), with the distribution function Φ of the normal distribution, not its tanh approximation.
@inlinable public func gelu(_ x: consuming Value) -> Value { x.gelu() }
/// x·σ(x), also called swish.
@inlinable public func silu(_ x: consuming Value) -> Value { x.silu() }
/// log(1 + eˣ), a smooth ReLU, without overflow for large x.
@inlinable public func softplus(_ x: consuming Value) -> Value { x.softplus() }
/// x / (1 + |x|), between -1 and 1.
@inlinable public func softsign(_ x: consuming Value) -> Value { x.softsign() }
/// log σ(x), without cancellation for large x and without overflow for small ones.
@inlinable public func logSigmoid(_ x: consuming Value) -> Value { x.logSigmoid() }
/// σ(x) = 1 / (1 + e⁻ˣ).
@inlinable public func sigmoid(_ x: consuming Value) -> Value { x.sigmoid() }
/// The hyperbolic tangent.
@inlinable public func tanh(_ x: consuming Value) -> Value { x.tanh() }
/// eˣ.
@inlinable public func exp(_ x: consuming Value) -> Value { x.exp() }
/// eˣ - 1, without cancellation for small x.
@inlinable public func expMinusOne(_ x: consuming Value) -> Value { x.expMinusOne() }
/// The natural logarithm; NaN below 0, -∞ at 0.
@inlinable public func log(_ x: consuming Value) -> Value { x.log() }
/// log(1 + x), without loss of digits for small x.
@inlinable public func log(onePlus x: consuming Value) -> Value { x.logOnePlus() }
/// The square root; its derivative at 0 is infinite.
@inlinable public func sqrt(_ x: consuming Value) -> Value { x.sqrt() }
/// The absolute value. The derivative at 0 is 0.
@inlinable public func abs(_ x: consuming Value) -> Value { x.abs() }
/// The sine of an angle in radians.
@inlinable public func sin(_ x: consuming Value) -> Value { x.sin() }
/// The cosine of an angle in radians.
@inlinable public func cos(_ x: consuming Value) -> Value { x.cos() }
/// The inverse of the tangent: an angle in radians between -π/2 and π/2.
@inlinable public func atan(_ x: consuming Value) -> Value { x.atan() }
/// The error function, 2 / √π times the integral of e^(-t²) from 0 to x.
@inlinable public func erf(_ x: consuming Value) -> Value { x.erf() }
/// The complementary error function, 1 - erf(x), without cancellation for large x.
@inlinable public func erfc(_ x: consuming Value) -> Value { x.erfc() }

/// xⁿ for a number n, which may be negative or fractional. No gradient flows into the exponent.
@inlinable public func pow(_ x: consuming Value, _ n: Double) -> Value { Value.record(.constantPower, x, number: n) }
/// xⁿ for a whole number n, which may be negative.
@inlinable public func pow(_ x: consuming Value, _ n: Int) -> Value { pow(x, Double(n)) }
/// xʸ with a gradient for y as well. For x < 0 the gradient of y is NaN, as in PyTorch: there is no derivative.
@_disfavoredOverload @inlinable public func pow(_ x: consuming Value, _ y: consuming Value) -> Value {
  Value.record(.power, x, y)
}

/// The larger of two values. If they are equal, each receives half of the gradient.
@inlinable public func max(_ x: consuming Value, _ y: consuming Value) -> Value { Value.record(.maximum, x, y) }
/// The smaller of two values. If they are equal, each receives half of the gradient.
@inlinable public func min(_ x: consuming Value, _ y: consuming Value) -> Value { Value.record(.minimum, x, y) }

// MARK: - Gradients sent elsewhere

extension Value {
  /// The number of this value, with the gradient sent to `receiver` unchanged, and none to this value.
  ///
  /// `score.sigmoid().straightThrough(to: score)` has the number σ(score), and hands its gradient on to `score` as if there
  /// were no sigmoid. Assigning to `score.data` has the same effect, but is not recorded; this can be drawn, differentiated
  /// and compiled.
  ///
  /// Source: Bengio, Léonard and Courville, *Estimating or Propagating Gradients Through Stochastic Neurons*, 2013,
  /// [arXiv:1308.3432](https://arxiv.org/abs/1308.3432).
  @inlinable public consuming func straightThrough(to receiver: Value) -> Value {
    Value.record(.straightThrough, receiver, self)
  }

  /// The same number without a gradient: a constant that follows the value.
  @inlinable public consuming func detached() -> Value { straightThrough(to: 0) }
}

// MARK: - Many values

/// `bias + Σ weightsᵢ · inputsᵢ`, recorded as one node.
///
/// In drawings and explanations it appears as the products and sums that it stands for. The products are added in two
/// interleaved sums, so the result can differ from a plain loop's in the last digit.
///
/// - Precondition: Both lists have the same length. Without elements and bias, the result is 0.
/// - Complexity: Linear in the number of elements; less than half of the time of plain products and sums.
@inlinable public func dot(_ weights: [Value], _ inputs: [Value], bias: Value? = nil) -> Value {
  DotProduct.record(weights, inputs, bias: bias)
}

/// `bias + Σ weightsᵢ · inputsᵢ` of arrays and slices of arrays, which are not copied, recorded as one node.
///
/// ```swift
/// let matrix: [Value] = [1, 2, 3, 4], x: [Value] = [5, 6]  // row after row
/// let product = [dot(matrix[0..<2], x), dot(matrix[2..<4], x)]
/// ```
///
/// The result keeps the whole arrays alive that the slices are of.
///
/// - Precondition: Both lists have the same length. Without elements and bias, the result is 0.
/// - Complexity: Linear in the number of elements.
@inlinable public func dot<Weights: Collection, Inputs: Collection>(
  _ weights: Weights, _ inputs: Inputs, bias: Value? = nil
) -> Value where Weights.SubSequence == ArraySlice<Value>, Inputs.SubSequence == ArraySlice<Value> {
  DotProduct.record(weights[...], inputs[...], bias: bias)
}

/// The product of a matrix, given as its rows, with a vector: `dot(row, vector)` for each row, in less time.
///
/// - Precondition: Each row has as many elements as the vector.
/// - Complexity: Linear in the number of elements.
@inlinable public func dot(_ rows: [[Value]], _ vector: [Value]) -> [Value] { DotProduct.record(rows, vector) }

/// `bias + Σ numbersᵢ · valuesᵢ` of arrays and slices of arrays, which are not copied, recorded as one node.
///
/// ```swift
/// let prediction = dot(row, weights, bias: bias)  // row: [Double]
/// ```
///
/// No leaves are recorded for the numbers, and they receive no gradients. Whoever looks at the graph sees them as leaves.
///
/// - Precondition: Both lists have the same length. Without elements and bias, the result is 0.
/// - Complexity: Linear in the number of elements.
@_disfavoredOverload @inlinable public func dot<Numbers: Collection, Values: Collection>(
  _ numbers: Numbers, _ values: Values, bias: Value? = nil
) -> Value where Numbers.SubSequence == ArraySlice<Double>, Values.SubSequence == ArraySlice<Value> {
  DotProduct.record(numbers[...], values[...], bias: bias)
}

/// `bias + Σ valuesᵢ · numbersᵢ`: the product of numbers and values with its factors in the other order.
///
/// - Precondition: Both lists have the same length. Without elements and bias, the result is 0.
/// - Complexity: Linear in the number of elements.
@_disfavoredOverload @inlinable public func dot<Values: Collection, Numbers: Collection>(
  _ values: Values, _ numbers: Numbers, bias: Value? = nil
) -> Value where Values.SubSequence == ArraySlice<Value>, Numbers.SubSequence == ArraySlice<Double> {
  DotProduct.record(values[...], numbers[...], bias: bias)
}

extension Sequence<Value> {
  /// The sum, added up from left to right; 0 if there are no elements.
  @inlinable public func sum() -> Value {
    var iterator = makeIterator()
    guard var total = iterator.next() else { return 0 }
    while let value = iterator.next() { total += value }
    return total
  }
}

extension Collection<Value> {
  /// The arithmetic mean.
  ///
  /// - Precondition: There is at least one element.
  @inlinable public func mean() -> Value {
    require(!isEmpty, "the mean of no values")
    return sum() / Double(count)
  }
}
