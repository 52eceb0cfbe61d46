// The functions of the table by their names, for any scalar. All are disfavoured: what is written for one type, such as
// Foundation's `exp(Double)`, Swift's `max` of comparable numbers and the engine's own `exp(Value)`, comes first, and a
// formula of numbers means with `import Micrograd` what it means without.

/// eˣ.
@_disfavoredOverload @inlinable @inline(__always)
public func exp<S: Scalar>(_ x: consuming S) -> S { .applying(.exp, to: x) }
/// eˣ - 1, without cancellation for small x.
@_disfavoredOverload @inlinable @inline(__always)
public func expMinusOne<S: Scalar>(_ x: consuming S) -> S { .applying(.expMinusOne, to: x) }
/// The natural logarithm; NaN below 0, -∞ at 0.
@_disfavoredOverload @inlinable @inline(__always)
public func log<S: Scalar>(_ x: consuming S) -> S { .applying(.log, to: x) }
/// log(1 + x), without loss of digits for small x.
@_disfavoredOverload @inlinable @inline(__always)
public func log<S: Scalar>(onePlus x: consuming S) -> S { .applying(.logOnePlus, to: x) }
/// The square root; its derivative at 0 is infinite.
@_disfavoredOverload @inlinable @inline(__always)
public func sqrt<S: Scalar>(_ x: consuming S) -> S { .applying(.sqrt, to: x) }
/// The absolute value. The derivative at 0 is 0.
@_disfavoredOverload @inlinable @inline(__always)
public func abs<S: Scalar>(_ x: consuming S) -> S { .applying(.abs, to: x) }
/// The sine of an angle in radians.
@_disfavoredOverload @inlinable @inline(__always)
public func sin<S: Scalar>(_ x: consuming S) -> S { .applying(.sin, to: x) }
/// The cosine of an angle in radians.
@_disfavoredOverload @inlinable @inline(__always)
public func cos<S: Scalar>(_ x: consuming S) -> S { .applying(.cos, to: x) }
/// The tangent of an angle in radians: the quotient of its sine and its cosine.
@_disfavoredOverload @inlinable @inline(__always)
public func tan<S: Scalar>(_ x: S) -> S { sin(x) / cos(x) }
/// The inverse of the tangent: an angle in radians between -π/2 and π/2.
@_disfavoredOverload @inlinable @inline(__always)
public func atan<S: Scalar>(_ x: consuming S) -> S { .applying(.arctangent, to: x) }
/// The error function, 2 / √π times the integral of e^(-t²) from 0 to x.
@_disfavoredOverload @inlinable @inline(__always)
public func erf<S: Scalar>(_ x: consuming S) -> S { .applying(.erf, to: x) }
/// The complementary error function, 1 - erf(x), without cancellation for large x.
@_disfavoredOverload @inlinable @inline(__always)
public func erfc<S: Scalar>(_ x: consuming S) -> S { .applying(.erfc, to: x) }

/// max(x, 0). The derivative at 0 is 0.
@_disfavoredOverload @inlinable @inline(__always)
public func relu<S: Scalar>(_ x: consuming S) -> S { .applying(.relu, to: x) }
/// x·Φ(x), with the distribution function Φ of the normal distribution, not its tanh approximation.
@_disfavoredOverload @inlinable @inline(__always)
public func gelu<S: Scalar>(_ x: consuming S) -> S { .applying(.gelu, to: x) }
/// x·σ(x), also called swish.
@_disfavoredOverload @inlinable @inline(__always)
public func silu<S: Scalar>(_ x: consuming S) -> S { .applying(.silu, to: x) }
/// log(1 + eˣ), a smooth ReLU, without overflow for large x.
@_disfavoredOverload @inlinable @inline(__always)
public func softplus<S: Scalar>(_ x: consuming S) -> S { .applying(.softplus, to: x) }
/// x / (1 + |x|), between -1 and 1.
@_disfavoredOverload @inlinable @inline(__always)
public func softsign<S: Scalar>(_ x: consuming S) -> S { .applying(.softsign, to: x) }
/// σ(x) = 1 / (1 + e⁻ˣ).
@_disfavoredOverload @inlinable @inline(__always)
public func sigmoid<S: Scalar>(_ x: consuming S) -> S { .applying(.sigmoid, to: x) }
/// log σ(x), without cancellation for large x and without overflow for small ones.
@_disfavoredOverload @inlinable @inline(__always)
public func logSigmoid<S: Scalar>(_ x: consuming S) -> S { .applying(.logSigmoid, to: x) }
/// The hyperbolic tangent.
@_disfavoredOverload @inlinable @inline(__always)
public func tanh<S: Scalar>(_ x: consuming S) -> S { .applying(.tanh, to: x) }

/// xⁿ for a number n, which may be negative or fractional. No gradient flows into the exponent.
@_disfavoredOverload @inlinable @inline(__always)
public func pow<S: Scalar>(_ x: consuming S, _ n: Double) -> S { .applying(.constantPower, to: x, number: n) }
/// xⁿ for a whole number n, which may be negative.
@_disfavoredOverload @inlinable @inline(__always)
public func pow<S: Scalar>(_ x: consuming S, _ n: Int) -> S { pow(x, Double(n)) }
/// xʸ with a gradient for y as well. For x < 0 the gradient of y is NaN, as in PyTorch: there is no derivative.
@_disfavoredOverload @inlinable @inline(__always)
public func pow<S: Scalar>(_ x: consuming S, _ y: consuming S) -> S { .applying(.power, to: x, y) }
/// xʸ. For two numbers, each of the functions above would do.
@_disfavoredOverload @inlinable @inline(__always)
public func pow(_ x: Double, _ y: Double) -> Double { .applying(.power, to: x, y) }

/// The larger of two. If they are equal, each receives half of the gradient; NaN if one of them is.
@_disfavoredOverload @inlinable @inline(__always)
public func max<S: Scalar>(_ x: consuming S, _ y: consuming S) -> S { .applying(.maximum, to: x, y) }
/// The smaller of two. If they are equal, each receives half of the gradient; NaN if one of them is.
@_disfavoredOverload @inlinable @inline(__always)
public func min<S: Scalar>(_ x: consuming S, _ y: consuming S) -> S { .applying(.minimum, to: x, y) }

extension Scalar {
  /// The square, as one product.
  @inlinable @inline(__always) public func squared() -> Self { self * self }

  /// The same number without a gradient: a constant that follows the number in a compiled program.
  @inlinable @inline(__always)
  public consuming func detached() -> Self { .applying(.straightThrough, to: 0, self) }
}

// MARK: - Many scalars

/// `bias + Σ weightsᵢ · inputsᵢ`. Of values it is recorded as one node.
///
/// - Precondition: Both lists have the same length. Without elements and bias, the result is 0.
/// - Complexity: Linear in the number of elements.
@_disfavoredOverload @inlinable @inline(__always)
public func dot<S: Scalar>(_ weights: [S], _ inputs: [S], bias: S? = nil) -> S { .dot(weights, inputs, bias: bias) }

extension Sequence where Element: Scalar {
  /// The sum, added up from left to right; 0 if there are no elements.
  @_disfavoredOverload @inlinable public func sum() -> Element {
    var iterator = makeIterator()
    guard var total = iterator.next() else { return 0 }
    while let element = iterator.next() { total += element }
    return total
  }
}
