import CMicrogradNode

/// A function evaluated at a point, with all that is needed for products with its Jacobian.
struct FunctionCall<Output>: ~Copyable {
  let output: Output
  private let inputs: [Value]
  private let mark: FunctionTape.Mark

  init(at point: [Double], of function: ([Value]) throws -> Output) rethrows {
    inputs = point.map { Value($0) }
    mark = FunctionTape.Mark(after: inputs)
    output = try function(inputs)
  }

  /// The same derivatives as `FunctionTape.derivatives`, whatever threads recorded the function, and whatever it did.
  private func derivatives(_ seed: ((Value, Double) -> Void) -> Void) -> [Double] {
    if let tape = FunctionTape(since: mark, inputs: inputs), let derivatives = tape.derivatives(seed) {
      return derivatives
    }
    var outputs: [Value] = [], weights: [Value] = []
    seed { output, weight in
      outputs.append(output)
      weights.append(Value(weight))
    }
    return dot(outputs, weights).withCell { root in
      let dependencies = Dependencies(of: root, on: inputs)
      let adjoints = dependencies.adjoints(seed: 1.0) { $0.pointee.data }
      return dependencies.located.map { $0 >= 0 ? adjoints[Int($0)] ?? 0 : 0 }
    }
  }
}

extension FunctionCall<Value> {
  func gradient() -> [Double] { derivatives { add in add(output, 1) } }
}

extension FunctionCall<[Value]> {
  /// Up to this number of outputs, a sweep for each takes less time than a list of the local derivatives.
  private static var fewRows: Int { 2 }

  /// The Jacobian, a row for each output.
  func jacobian() -> [[Double]] {
    if output.count > FunctionCall.fewRows, let matrix = matrix() { return matrix }
    return output.map { output in derivatives { add in add(output, 1) } }
  }

  /// The Jacobian times a vector.
  func jacobian(times vector: [Double]) -> [Double] {
    let product = withLinearization { $0.forwardProduct(of: $1, by: $2, vector) }
    if let product, product.allSatisfy({ $0.isFinite }) { return product }
    // Above, an infinite derivative may be multiplied by a 0 of the vector.
    return jacobian().map { row in
      zip(row, vector).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 }
    }
  }

  /// A vector times the Jacobian.
  func jacobian(from vector: [Double]) -> [Double] { derivatives { add in zip(output, vector).forEach(add) } }

  private func matrix() -> [[Double]]? {
    let numbers = withLinearization { $0.jacobian(of: $1, by: $2) }
    return numbers.map { numbers in
      output.indices.map { Array(numbers[$0 * inputs.count..<($0 + 1) * inputs.count]) }
    }
  }

  /// Calls `body` with the function's local derivatives, the rows of the outputs and those of the inputs. Returns nil if more
  /// than one thread recorded them.
  private func withLinearization<R>(_ body: (Linearization, [Int?], [Int]) -> R) -> R? {
    guard let tape = FunctionTape(since: mark, inputs: inputs) else { return nil }
    let rows = tape.rows
    if output.contains(where: { rows.isForeign($0) }) { return nil }
    let linearization = Linearization(tape)
    defer { linearization.free() }
    return body(linearization, output.map { $0.withCell { rows[$0] } }, tape.inputRows)
  }
}
