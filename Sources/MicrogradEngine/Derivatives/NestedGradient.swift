// Gradients of functions of values, which are values themselves: an inner function's gradient, inside of a function that is
// itself being differentiated.

/// The gradient of a function of several values at a point, as values: they know how they were computed, and can be differentiated
/// again, with respect to the point and to all that the function captures.
///
/// ```swift
/// // d/dx (x · d/dy (x + y)) at x = 1, y = 1
/// gradient(at: [1]) { x in x[0] * gradient(at: [1]) { y in x[0] + y[0] }[0] }  // [1.0]
/// ```
///
/// The function receives a copy of each value, and is differentiated with respect to the copies. So what it captures counts as
/// constant, even if the point was computed from it, or is it: `gradient(at: [x]) { y in x * y[0] }` is `[x]` and not `[2x]`. Calls
/// nest to any depth, each with copies of its own, and no derivative of one is taken for that of another (*perturbation
/// confusion*). ``derivatives(of:by:)`` has no function and so cannot tell: its derivatives are those with respect to all that
/// `output` owes to a value.
///
/// A copy is recorded as `value - 0`, the operation whose result and gradient are exactly those of the value.
///
/// Source: Siskind and Pearlmutter, *Perturbation Confusion and Referential Transparency*, 2005.
///
/// - Complexity: Linear in the size of the graph that the function records; several new nodes for each of its nodes. What was recorded
///   before is not visited.
@_disfavoredOverload
public func gradient(at point: [Value], of function: ([Value]) throws -> Value) rethrows -> [Value] {
  try valueWithGradient(at: point, of: function).gradient
}

/// The value and the gradient of a function of several values at a point, as values. See `gradient(at:of:)`.
@_disfavoredOverload
public func valueWithGradient(
  at point: [Value], of function: ([Value]) throws -> Value
) rethrows -> (value: Value, gradient: [Value]) {
  let copies = point.map { $0 - 0 }
  let output = try function(copies)
  return (output, derivatives(of: output, by: copies))
}
