import Micrograd

/// Graphs of about 5,000 values.
let graphs: [(name: String, make: @Sendable () -> Value)] = [
  ("net 2-16-1 on 40 samples", netOnSamples),
  ("net 64-24-8-1 on one sample", wideNet),
  ("random, operands near", { randomGraph(reach: 60) }),
  ("random, operands anywhere", { randomGraph(reach: 5_000) }),
  ("chain that uses one value", chain),
  ("sum of squares", sumOfSquares),
]

private func netOnSamples() -> Value {
  let model = MLP(2, [16, 1], seed: 42)
  let data = makeMoons(samples: 40, noise: 0.1, seed: 42)
  return data.map { squaredError(model($0.input)[0], Double($0.label)) }.mean()
}

private func wideNet() -> Value {
  MLP(64, [24, 8, 1], seed: 42)((0..<64).map { Value(Double($0) / 64) })[0]
}

/// Sums and products of two values that were made before, at most `reach` of them before; those that nobody uses are
/// added up.
private func randomGraph(reach: Int) -> Value {
  var random = PythonRandom(seed: 42)
  var values = (0..<500).map { Value(Double($0) / 500) }, isUsed = values.map { _ in false }
  while values.count + isUsed.count(where: { !$0 }) < 5_000 {
    let pick = { Int(random.random() * Double(min(reach, values.count))) }
    let left = values.count - 1 - pick(), right = values.count - 1 - pick()
    isUsed[left] = true
    isUsed[right] = true
    values.append(values.count % 2 == 0 ? values[left] + values[right] : values[left] * values[right])
    isUsed.append(false)
  }
  return zip(values, isUsed).filter { !$1 }.map(\.0).sum()
}

private func chain() -> Value {
  let w = Value(0.999)
  return (0..<5_000).reduce(Value(1)) { value, _ in value * w }
}

private func sumOfSquares() -> Value {
  (0..<1_666).map { pow(Value(Double($0)), 2) }.sum()
}
