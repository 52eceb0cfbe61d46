import CMicrogradNode
import MicrogradRequirement

// The gradient as a function: no `grad` is read or written, so that what `function` captures, such as a model's
// parameters, keeps its gradients.

/// The gradient of a function of several numbers at a point.
///
/// ```swift
/// gradient(at: [3, 4]) { x in x[0] * x[1] + sin(x[0]) }  // [3.010…, 3.0]
/// ```
///
/// - Complexity: A small multiple of that of the function itself, however many numbers there are.
public func gradient(at point: [Double], of function: ([Value]) throws -> Value) rethrows -> [Double] {
  try valueWithGradient(at: point, of: function).gradient
}

/// The value and the gradient of a function of several numbers at a point.
public func valueWithGradient(
  at point: [Double], of function: ([Value]) throws -> Value
) rethrows -> (value: Double, gradient: [Double]) {
  let inputs = point.map { Value($0) }
  let output = try function(inputs)
  return (output.data, plainDerivatives(of: output, by: inputs))
}

/// The derivatives of a value with respect to others, as values: they know how they were computed, and can be differentiated again.
///
/// ```swift
/// let x = Value(3)
/// let slope = derivatives(of: x * x * x, by: [x])[0]  // 27
/// derivatives(of: slope, by: [x])[0]                  // 18
/// ```
///
/// This is what PyTorch does with `create_graph=True`. A value that `output` does not depend on has derivative 0.
///
/// Where the derivative of an operation depends on the sign of a number, as those of `relu()`, `abs()`, `max` and `min` do,
/// the one for the numbers at hand is recorded. For others it may be wrong, so compiled programs refuse such values.
///
/// - Complexity: Linear in the size of the graph of `output`; several new nodes for each of its nodes.
public func derivatives(of output: Value, by inputs: [Value]) -> [Value] {
  output.withCell { root in
    let adjoints = root.adjoints(seed: Value(1)) { Value(sharing: $0) }
    let derivatives = inputs.map { input in input.withCell { adjoints[$0] } ?? 0 }
    if adjoints.keys.contains(where: { $0.operation.choosesDerivative }) { derivatives.forEach { $0.markChosen() } }
    return derivatives
  }
}

/// The matrix of first derivatives of a function with several results: a row for each result, a column for each number.
///
/// - Complexity: That of one gradient for each result.
public func jacobian(at point: [Double], of function: ([Value]) throws -> [Value]) rethrows -> [[Double]] {
  let inputs = point.map { Value($0) }
  return try function(inputs).map { plainDerivatives(of: $0, by: inputs) }
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
  require(
    point.count == vector.count, "a vector of \(vector.count) numbers for a function of \(point.count)")
  return try gradient(at: point) { inputs in
    zip(derivatives(of: try function(inputs), by: inputs), vector).map { $0 * $1 }.sum()
  }
}

private func plainDerivatives(of output: Value, by inputs: [Value]) -> [Double] {
  output.withCell { root in
    let adjoints = root.adjoints(seed: 1.0) { $0.pointee.data }
    return inputs.map { input in input.withCell { adjoints[$0] } ?? 0 }
  }
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
