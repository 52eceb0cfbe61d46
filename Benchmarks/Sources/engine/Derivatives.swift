import Micrograd

/// Derivatives as functions beside leaves and `backward()`, which compute the same.
func measureDerivatives(budget: Budget) -> [Measurement] {
  [2, 10, 100, 10_000].flatMap { measureGradient(inputs: $0, budget: budget) }
    + measureSmallJacobian(budget: budget) + measureLargeJacobian(budget: budget)
    + [10, 1_000, 100_000].map { measureRecordedDerivative(nodesBelow: min($0, budget.nodes), budget: budget) }
}

// MARK: Side by side

/// Runs two computations of the same derivatives in turn. The third measurement is the ratio of their least times.
private func compare(
  _ name: String, unit: String, unitsPerRun: Int, times: Int, budget: Budget, _ function: () -> [Double],
  _ leaves: () -> [Double]
) -> [Measurement] {
  precondition(function() == leaves(), "\(name): different derivatives")
  let pairs = budget.runs {
    var stopwatch = Stopwatch(), times = times, phases = Phases()
    while times > 0 {
      _ = stopwatch.lap()
      _ = function()
      phases.forward += stopwatch.lap()
      _ = leaves()
      phases.backward += stopwatch.lap()
      times -= 1
    }
    return phases
  }
  let scale = 1e9 / Double(unitsPerRun * times)
  let ours = Measurement(name, unit: unit, runs: pairs.map { Phases(forward: $0.forward) }, scale: scale)
  let theirs = Measurement(
    "\(name), leaves", unit: unit, runs: pairs.map { Phases(forward: $0.backward) }, scale: scale)
  return [ours, theirs, Measurement("\(name), ratio", unit: "×", value: ours.minimum / theirs.minimum)]
}

private func gradientByLeaves(at point: [Double], of function: ([Value]) -> Value) -> [Double] {
  let leaves = point.map { Value($0) }
  function(leaves).backward()
  return leaves.map(\.grad)
}

private func jacobianByLeaves(at point: [Double], of function: ([Value]) -> [Value]) -> [Double] {
  let leaves = point.map { Value($0) }
  return function(leaves).flatMap { result in
    for leaf in leaves { leaf.grad = 0 }
    result.backward()
    return leaves.map(\.grad)
  }
}

// MARK: The functions

/// Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)²
///
/// Source: Rosenbrock, *An Automatic Method for Finding the Greatest or Least Value of a Function*, 1960.
private func rosenbrock(_ x: [Value]) -> Value {
  var sum = Value(0)
  for i in x.indices.dropLast() {
    let valley = x[i + 1] - x[i] * x[i], distance = 1 - x[i]
    sum += valley * valley * 100 + distance * distance
  }
  return sum
}

private func measureGradient(inputs: Int, budget: Budget) -> [Measurement] {
  let point = (0..<inputs).map { 0.5 + 0.25 * Double($0 % 7) }
  let times = max(1, budget.nodes / 100 / inputs)
  return compare(
    "gradient of \(inputs)", unit: "ns/input", unitsPerRun: inputs, times: times, budget: budget,
    { gradient(at: point, of: rosenbrock) }, { gradientByLeaves(at: point, of: rosenbrock) })
}

/// The two coordinates at which a camera sees a point: of 15 numbers, as in bundle adjustment.
private func projection(_ p: [Value]) -> [Value] {
  let axis = p[0..<3], distance = (0..<3).map { p[11 + $0] - p[3 + $0] }
  let angle = axis.map { $0 * $0 }.sum().sqrt()
  let unit = axis.map { $0 / angle }, c = angle.cos(), s = angle.sin()
  let along = (unit[0] * distance[0] + unit[1] * distance[1] + unit[2] * distance[2]) * (1 - c)
  // Rodrigues' formula.
  let turned = (0..<3).map { i -> Value in
    let j = (i + 1) % 3, k = (i + 2) % 3
    return distance[i] * c + (unit[j] * distance[k] - unit[k] * distance[j]) * s + unit[i] * along
  }
  let x = turned[0] / turned[2], y = turned[1] / turned[2]
  let radius = x * x + y * y
  let distortion = 1 + p[9] * radius + p[10] * radius * radius
  return [p[14] * (p[6] * x * distortion + p[7]), p[14] * (p[6] * y * distortion + p[8])]
}

private func measureSmallJacobian(budget: Budget) -> [Measurement] {
  let point = [0.1, 0.2, -0.3, 0.01, -0.2, 5, 500, 3, 4, 0.01, -0.02, 0.5, 0.6, 1.2, 0.9]
  return compare(
    "Jacobian 15 to 2", unit: "ns", unitsPerRun: 1, times: max(1, budget.nodes / 1_000), budget: budget,
    { jacobian(at: point, of: projection).flatMap { $0 } }, { jacobianByLeaves(at: point, of: projection) })
}

/// 300 sums of products of sines and cosines of 26 angles, which share most of what they are computed from.
private func joints(_ angles: [Value]) -> [Value] {
  let directions = angles.map { [$0.sin(), $0.cos()] }
  return (0..<300).map { i in
    var position = directions[i % 26][0]
    for j in 1..<9 { position = position * directions[(i + 3 * j) % 26][j % 2] + directions[(j * i) % 26][1] }
    return position
  }
}

/// In forward mode: its sums have another order than those of `backward()`, so only the time is compared.
private func measureLargeJacobian(budget: Budget) -> [Measurement] {
  let point = (0..<26).map { 0.05 + 0.1 * Double($0) }
  func rounded(_ numbers: [Double]) -> [Double] { numbers.map { ($0 * 1e10).rounded() } }
  precondition(
    rounded(jacobian(at: point, of: joints).flatMap { $0 }) == rounded(jacobianByLeaves(at: point, of: joints)))
  return compare(
    "Jacobian 26 to 300", unit: "ns", unitsPerRun: 1, times: max(1, budget.nodes / 100_000), budget: budget,
    {
      _ = jacobian(at: point, of: joints)
      return []
    },
    {
      _ = jacobianByLeaves(at: point, of: joints)
      return []
    })
}

/// d(y·y)/dy, as a value. What y was computed from makes no difference.
private func measureRecordedDerivative(nodesBelow nodes: Int, budget: Budget) -> Measurement {
  let x = Value(1.0001)
  var y = x
  for _ in 0..<nodes { y = y * x }
  let times = max(1, budget.nodes / 10_000)
  let runs = budget.runs {
    var stopwatch = Stopwatch()
    for _ in 0..<times { _ = derivatives(of: y * y, by: [y]) }
    return Phases(forward: stopwatch.lap())
  }
  return Measurement("y·y by y above \(nodes)", unit: "ns", runs: runs, scale: 1e9 / Double(times))
}
