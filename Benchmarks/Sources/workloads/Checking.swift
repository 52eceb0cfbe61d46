import Micrograd

/// Small workloads with the names of the large ones' kinds: all ways must give the derivatives that central differences of the
/// function give, with `Double`.
func check() throws -> Bool {
  let results = [
    try check("gmm", GaussianMixture(dimensions: 3, components: 2, samples: 5)),
    try check("llsq", LeastSquares(samples: 9, coefficients: 4)),
    try check("lstm", LSTM(layers: 2, characters: 5)),
    try check("ode", ODE(equations: 4, steps: 3, result: .last)),
    try check("ode-sum", ODE(equations: 4, steps: 3, result: .sum)),
    try check("det", Determinant(size: 4)),
    try check("lse", LogSumExp(count: 5)),
    try check("ba", BundleAdjustment(cameras: 2, points: 3, observations: 4)),
    try check("hand", HandTracking(measured: 2)),
    try check(KMeans(points: 12, centres: 3, dimensions: 2)),
  ]
  return results.allSatisfy { $0 }
}

private func check<W: GradientWorkload>(_ name: String, _ workload: W) throws -> Bool {
  let point = workload.point
  let expected = [workload.objective(point)] + differences(at: point) { [workload.objective($0)] }
  return try check(name, variants(of: workload), expected)
}

private func check<W: JacobianWorkload>(_ name: String, _ workload: W) throws -> Bool {
  var values: [Double] = [], derivatives: [Double] = []
  for index in 0..<workload.count {
    let point = workload.point(index)
    values += workload.results(index, point)
    derivatives += differences(at: point) { workload.results(index, $0) }
  }
  return try check(name, variants(of: workload), values + derivatives)
}

private func check(_ workload: KMeans) throws -> Bool {
  let point = workload.point
  func gradient(_ x: [Double]) -> [Double] { differences(at: x) { [workload.objective($0)] } }
  let second = differences(at: point, step: 1e-3, of: gradient)
  let diagonal = point.indices.map { second[$0 * point.count + $0] }
  return try check("kmeans", workload.variants, [workload.objective(point)] + gradient(point) + diagonal)
}

/// Central differences, a row for each result.
private func differences(at point: [Double], step: Double = 1e-5, of function: ([Double]) -> [Double]) -> [Double] {
  let columns = point.indices.map { i in
    var above = point, below = point
    above[i] += step
    below[i] -= step
    return zip(function(above), function(below)).map { ($0 - $1) / (2 * step) }
  }
  return (columns.first ?? []).indices.flatMap { row in columns.map { $0[row] } }
}

private func check(_ name: String, _ variants: [Variant], _ expected: [Double]) throws -> Bool {
  let scale = expected.map(\.magnitude).max() ?? 0
  var passes = true
  for variant in variants {
    let got = try variant.prepare().run()
    let error = zip(got, expected).map { ($0 - $1).magnitude }.max() ?? .infinity
    let isComplete = got.count == (variant.name == "number" ? got.count : expected.count)
    if isComplete && error <= 1e-5 * scale { continue }
    passes = false
    print(
      "\(name), \(variant.name): \(got.count) numbers, expected \(expected.count); off by up to \(error), of \(scale)"
    )
  }
  print("\(name): \(variants.map(\.name).joined(separator: ", ")) \(passes ? "agree" : "DIFFER")")
  return passes
}
