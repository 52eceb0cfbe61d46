import CMicrogradNode
import MicrogradRequirement

// Derivatives as functions: gradients of what `function` captures, such as a model's parameters, stay as they were.

/// The gradient of a function of several numbers at a point.
///
/// ```swift
/// gradient(at: [3, 4]) { x in x[0] * x[1] + sin(x[0]) }  // [3.010…, 3.0]
/// ```
///
/// Derivatives of a result that is computed with numbers again are lost: inside of another function that is differentiated, call it
/// with values.
///
/// - Complexity: A small multiple of that of the function itself, however many numbers there are.
public func gradient(at point: [Double], of function: ([Value]) throws -> Value) rethrows -> [Double] {
  try valueWithGradient(at: point, of: function).gradient
}

/// The value and the gradient of a function of several numbers at a point.
public func valueWithGradient(
  at point: [Double], of function: ([Value]) throws -> Value
) rethrows -> (value: Double, gradient: [Double]) {
  let call = try FunctionCall(at: point, of: function)
  return (call.output.data, call.gradient())
}

/// The derivatives of a value with respect to others, as values: they know how they were computed, and can be differentiated again.
///
/// ```swift
/// let x = Value(3)
/// let slope = derivatives(of: x * x * x, by: [x])[0]  // 27
/// derivatives(of: slope, by: [x])[0]                  // 18
/// ```
///
/// This is what PyTorch does with `create_graph=True`. A value that `output` does not depend on has derivative 0. With respect to a
/// value that others among `inputs` were computed from, the derivative is the total one, by way of them too.
///
/// Where the derivative of an operation depends on the sign of a number, as those of `relu()`, `abs()`, `max` and `min` do,
/// the one for the numbers at hand is recorded. For others it may be wrong, so compiled programs refuse such values.
///
/// - Complexity: Linear in the size of the part of the graph of `output` that is newer than the oldest of `inputs`; several new nodes
///   for each node on a path from `output` to one of them.
public func derivatives(of output: Value, by inputs: [Value]) -> [Value] {
  output.withCell { root in
    let dependencies = Dependencies(of: root, on: inputs)
    let adjoints = dependencies.adjoints(seed: Value(1)) { Value(sharing: $0) }
    let derivatives = dependencies.located.map { $0 >= 0 ? adjoints[Int($0)] ?? 0 : 0 }
    if dependencies.chooseDerivatives { derivatives.forEach { $0.markChosen() } }
    return derivatives
  }
}

/// The matrix of first derivatives of a function with several results: a row for each result, a column for each number.
///
/// Its rows are computed in reverse mode, or its columns in forward mode where there are fewer numbers than results; in both
/// cases up to eight at a time.
///
/// - Complexity: That of the function, and of one more pass over its graph for every eight rows or columns, of which there are
///   fewer.
public func jacobian(at point: [Double], of function: ([Value]) throws -> [Value]) rethrows -> [[Double]] {
  try valuesWithJacobian(at: point, of: function).jacobian
}

/// The values and the matrix of first derivatives of a function with several results.
public func valuesWithJacobian(
  at point: [Double], of function: ([Value]) throws -> [Value]
) rethrows -> (values: [Double], jacobian: [[Double]]) {
  let call = try FunctionCall(at: point, of: function)
  return (call.output.map { $0.data }, call.jacobian())
}

/// The derivatives of a function's results along a direction: its Jacobian times a vector, without the matrix.
///
/// - Precondition: The vector is as long as the point.
/// - Complexity: A small multiple of that of the function: one pass in forward mode, however many results there are.
public func jacobianVectorProduct(
  at point: [Double], vector: [Double], of function: ([Value]) throws -> [Value]
) rethrows -> [Double] {
  requireLength(point.count, of: vector, "for a function of \(point.count)")
  return try FunctionCall(at: point, of: function).jacobian(times: vector)
}

/// The gradient of `Σ vectorᵢ·resultᵢ`: a vector times a function's Jacobian, without the matrix.
///
/// - Precondition: The vector is as long as the list of results.
/// - Complexity: A small multiple of that of the function: one pass in reverse mode, however many numbers there are.
public func vectorJacobianProduct(
  at point: [Double], vector: [Double], of function: ([Value]) throws -> [Value]
) rethrows -> [Double] {
  let call = try FunctionCall(at: point, of: function)
  requireLength(call.output.count, of: vector, "for a function with \(call.output.count) results")
  return call.jacobian(from: vector)
}

/// The derivative of a function along a direction: the limit of `(f(x + t·v) - f(x)) / t`, which is its gradient times `v`.
///
/// ```swift
/// directionalDerivative(at: [3, 4], along: [1, 0]) { x in x[0] * x[1] }  // 4.0
/// ```
///
/// - Precondition: The direction is as long as the point.
/// - Complexity: A small multiple of that of the function: one pass in forward mode.
public func directionalDerivative(
  at point: [Double], along direction: [Double], of function: ([Value]) throws -> Value
) rethrows -> Double {
  try jacobianVectorProduct(at: point, vector: direction) { [try function($0)] }[0]
}

/// The matrix of second derivatives of a function.
///
/// - Complexity: That of one gradient for each number, of a graph a few times the function's.
public func hessian(at point: [Double], of function: ([Value]) throws -> Value) rethrows -> [[Double]] {
  try jacobian(at: point) { inputs in derivatives(of: try function(inputs), by: inputs) }
}

/// The matrix of second derivatives of a function times a vector, without the matrix: `∇(∇f · v)`.
///
/// Source: Pearlmutter, *Fast Exact Multiplication by the Hessian*, 1994,
/// [doi:10.1162/neco.1994.6.1.147](https://doi.org/10.1162/neco.1994.6.1.147), computed here in reverse mode twice.
///
/// - Precondition: The vector is as long as the point.
/// - Complexity: A small multiple of that of the gradient.
public func hessianVectorProduct(
  at point: [Double], vector: [Double], of function: ([Value]) throws -> Value
) rethrows -> [Double] {
  requireLength(point.count, of: vector, "for a function of \(point.count)")
  return try gradient(at: point) { inputs in
    zip(derivatives(of: try function(inputs), by: inputs), vector).map { $0 * $1 }.sum()
  }
}

private func requireLength(_ count: Int, of vector: [Double], _ purpose: String) {
  require(vector.count == count, "a vector of \(vector.count) numbers \(purpose)")
}

extension Value {
  /// Marks a derivative that was recorded through an operation whose derivative depends on the numbers at hand.
  fileprivate func markChosen() { withCell { $0.pointee.flags |= CellFlag.chosen } }

  /// Another reference to a cell that is alive.
  init(sharing cell: Cell) {
    cell.pointee.count += 1
    self.init(adopting: cell)
  }
}
