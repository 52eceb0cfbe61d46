import Micrograd

/// Builds, sweeps and releases a graph, several times in a run, and says how long one unit of it takes.
private func measureGraph(
  _ name: String, unit: String = "ns/node", units: Int, times: Int = 1, budget: Budget, _ build: () -> Value
) -> Measurement {
  let runs = budget.runs {
    var phases = Phases()
    for _ in 0..<times { live(build, &phases) }
    return phases
  }
  return Measurement(name, unit: unit, runs: runs, scale: 1e9 / Double(units * times))
}

private func live(_ build: () -> Value, _ phases: inout Phases) {
  var stopwatch = Stopwatch()
  _ = buildAndSweep(build, &stopwatch, &phases)
  phases.rest += stopwatch.lap()
}

/// Returning releases the graph. Not inlined, so that it does so before the clock is read again.
@inline(never) private func buildAndSweep(
  _ build: () -> Value, _ stopwatch: inout Stopwatch, _ phases: inout Phases
) -> Double {
  let root = build()
  phases.forward += stopwatch.lap()
  root.backward()
  phases.backward += stopwatch.lap()
  return root.data
}

// MARK: Operations

/// How many graphs of a hundredth of `budget.nodes` make a run: each of them fits into a processor's cache.
private let smallGraphs = 100

/// Adds up the results of one operation on changing leaves, so that neither numbers nor gradients run out of range.
/// Inlined, so that the operation is too.
@inline(__always)
private func measureTerms(_ name: String, budget: Budget, _ term: (Value, Value) -> Value) -> Measurement {
  let leaves = (0..<64).map { Value(0.5 + Double($0) / 64) }
  let terms = budget.nodes / smallGraphs
  return measureGraph(name, unit: "ns/term", units: terms, times: smallGraphs, budget: budget) {
    var total = Value(0)
    for i in 0..<terms { total += term(leaves[i % 64], leaves[(i + 1) % 64]) }
    return total
  }
}

func measureOperations(budget: Budget) -> [Measurement] {
  [
    measureTerms("Σ a", budget: budget) { a, _ in a },
    measureTerms("Σ a - b", budget: budget) { $0 - $1 },
    measureTerms("Σ a * b", budget: budget) { $0 * $1 },
    measureTerms("Σ a / b", budget: budget) { $0 / $1 },
    measureTerms("Σ relu(a)", budget: budget) { a, _ in a.relu() },
    measureTerms("Σ tanh(a)", budget: budget) { a, _ in a.tanh() },
    measureTerms("Σ sigmoid(a)", budget: budget) { a, _ in a.sigmoid() },
    measureTerms("Σ exp(a)", budget: budget) { a, _ in a.exp() },
    measureTerms("Σ log(a)", budget: budget) { a, _ in a.log() },
    measureTerms("Σ pow(a, 3)", budget: budget) { a, _ in pow(a, 3) },
    measureTerms("Σ pow(a, b)", budget: budget) { pow($0, $1) },
  ]
}

/// Adds up products of lists of some length. `product` makes the i-th of them.
private func measureProducts(
  _ name: String, of length: Int, budget: Budget, _ product: (Int) -> Value
) -> Measurement {
  let products = max(1, budget.nodes / smallGraphs / length)
  return measureGraph(
    "\(name) of \(length)", unit: "ns/element", units: products * length, times: smallGraphs, budget: budget
  ) {
    (0..<products).map(product).sum()
  }
}

/// Dot products of different lengths, their results added up.
func measureDotProducts(budget: Budget) -> [Measurement] {
  [2, 16, 256].map { length in
    let weights = (0..<length).map { Value(1 / Double($0 + 1)) }
    let inputs = (0..<length).map { Value(Double($0 % 7)) }
    return measureProducts("dot", of: length, budget: budget) { _ in dot(weights, inputs) }
  }
}

/// Rows of a matrix that is one array, of values or of numbers, times a vector: by `dot`, and by plain products and sums.
/// And columns, which `dot` takes as copies.
func measureRows(budget: Budget) -> [Measurement] {
  [4, 16].flatMap { length in
    let matrix = (0..<16 * length).map { Value(1 / Double($0 + 1)) }, numbers = matrix.map(\.data)
    let vector = (0..<length).map { Value(Double($0 % 7)) }
    func row<T>(_ i: Int, of elements: [T]) -> ArraySlice<T> {
      let start = i % 16 * length
      return elements[start..<start + length]
    }
    return [
      measureProducts("row, dot", of: length, budget: budget) { dot(row($0, of: matrix), vector) },
      measureProducts("row, plain", of: length, budget: budget) { plainDot(row($0, of: matrix), vector) },
      measureProducts("column, dot", of: length, budget: budget) { i in
        dot((0..<length).map { matrix[16 * $0 + i % 16] }, vector)
      },
      measureProducts("numbers, dot", of: length, budget: budget) { dot(row($0, of: numbers), vector) },
      measureProducts("numbers, plain", of: length, budget: budget) { plainDot(row($0, of: numbers), vector) },
    ]
  }
}

private func plainDot(_ weights: ArraySlice<Value>, _ inputs: [Value]) -> Value {
  var total = weights[weights.startIndex] * inputs[0]
  for i in 1..<inputs.count { total += weights[weights.startIndex + i] * inputs[i] }
  return total
}

private func plainDot(_ weights: ArraySlice<Double>, _ inputs: [Value]) -> Value {
  var total = weights[weights.startIndex] * inputs[0]
  for i in 1..<inputs.count { total += weights[weights.startIndex + i] * inputs[i] }
  return total
}

// MARK: Shapes

/// A chain too deep for recursion. The first one in a process takes its memory from the system.
func measureDeepChain(budget: Budget) -> [Measurement] {
  let nodes = budget.nodes * 10
  let build = {
    let one = Value(1)
    var value = Value(0)
    for _ in 0..<nodes { value += one }
    return value
  }
  var first = Phases()
  live(build, &first)
  return [
    Measurement("deep chain, first", unit: "ns/node", runs: [first], scale: 1e9 / Double(nodes)),
    measureGraph("deep chain", units: nodes, budget: budget, build),
  ]
}

/// The sum of many leaves, all alive at once.
func measureWideSum(budget: Budget) -> Measurement {
  measureGraph("wide sum", units: budget.nodes * 2, budget: budget) {
    (0..<budget.nodes).map { Value(Double($0)) }.sum()
  }
}
