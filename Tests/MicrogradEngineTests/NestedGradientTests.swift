import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Gradients of functions inside of functions, and derivatives with respect to computed values.
@Suite struct NestedGradientTests {
  /// d/dx (x · d/dy (x + y)) is 1, not 2.
  @Test func perturbationsAreNotConfused() {
    #expect(gradient(at: [1]) { x in x[0] * gradient(at: [1]) { y in x[0] + y[0] }[0] } == [1])
    // The inner point is the outer variable itself.
    #expect(gradient(at: [1]) { x in x[0] * gradient(at: [x[0]]) { y in x[0] + y[0] }[0] } == [1])
    #expect(gradient(at: [3]) { x in gradient(at: [x[0]]) { y in x[0] * y[0] * y[0] }[0] } == [12], "2xy at y = x")
    #expect(gradient(at: [3]) { x in gradient(at: [x[0]]) { _ in x[0] * x[0] }[0] } == [0])
    // The same value twice stands for two variables.
    let x = Value(3)
    #expect(gradient(at: [x, x]) { $0[0] * $0[0] * $0[1] }.map(\.data) == [18, 9])
  }

  /// f(x) = xⁿ, differentiated k times by calls inside of each other.
  @Test func nestToAnyDepth() {
    func derivative(_ order: Int, _ f: @escaping (Value) -> Value) -> (Value) -> Value {
      order == 0 ? f : derivative(order - 1) { x in gradient(at: [x]) { f($0[0]) }[0] }
    }
    for (order, expected) in [(0, 32.0), (1, 80), (2, 160), (3, 240), (4, 240), (5, 120), (6, 0)] {
      let got = derivative(order) { x in x * x * x * x * x }(2).data
      #expect(got == expected, "derivative \(order): got \(got), expected \(expected)")
    }
  }

  /// Depth 3, with a variable of each level in every product: ∂³/∂x∂y∂z of x²y³z⁴.
  @Test func mixedDerivatives() {
    func byY(_ x: Value, _ y: Value) -> Value {
      func f(_ y: Value, _ z: Value) -> Value { x * x * pow(y, 3) * pow(z, 4) }
      return gradient(at: [y]) { y in gradient(at: [Value(1)]) { z in f(y[0], z[0]) }[0] }[0]
    }
    let got = gradient(at: [2]) { x in byY(x[0], 3 * x[0] - 3) }
    // 4x²·3y², where y = 3x - 3 is 3.
    let expected: Double = 24 * 2 * 9 + 12 * 4 * 2 * 3 * 3
    #expect(got == [expected])
  }

  /// The derivative of an unrolled descent with respect to its step width and its start, which is a leaf that occurs in
  /// the loss as well.
  @Test(arguments: [1, 2, 10]) func unrolledOptimizers(_ steps: Int) {
    func end(_ start: Value, _ rate: Value) -> Value {
      var w = start
      for _ in 0..<steps { w = w - rate * gradient(at: [w]) { w in (w[0] - start * start).squared() }[0] }
      return w
    }
    func formula(_ start: Double, _ rate: Double) -> Double {
      var w = start
      for _ in 0..<steps { w -= rate * 2 * (w - start * start) }
      return w
    }
    let got = gradient(at: [0.7, 0.1]) { end($0[0], $0[1]) }
    let expected = [
      OperationTests.centralDifference(at: 0.7) { formula($0, 0.1) },
      OperationTests.centralDifference(at: 0.1) { formula(0.7, $0) },
    ]
    for (got, expected) in zip(got, expected) { expectClose(got, expected, "\(steps) steps", tolerance: 1e-8) }
  }

  @Test func secondDerivativesByNesting() {
    let point = [0.3, -0.8, 1.1]
    func f(_ x: [Value]) -> Value {
      (x[0] * x[1]).sin() * x[2].exp() + dot(x, [x[2], x[0], x[1]], bias: x[1]).tanh()
    }
    let got = jacobian(at: point) { x in gradient(at: x, of: f) }, expected = hessian(at: point, of: f)
    for (got, expected) in zip(got.joined(), expected.joined()) {
      expectClose(got, expected, "second derivative", tolerance: 1e-12)
    }
  }

  @Test func copiesAreTheirValues() {
    for x in [0, -0.0, 1.5, .infinity, -.infinity, .nan] {
      let (value, slope) = valueWithGradient(at: [Value(x)]) { copy in
        #expect(copy[0].data.bitPattern == x.bitPattern || x.isNaN)
        return copy[0]
      }
      #expect(isSame(value.data, x) && slope[0].data == 1)
    }
    let values: [Value] = valueWithGradient(at: [Value](), of: { _ in 7 }).gradient
    #expect(values.isEmpty)
  }

  // MARK: derivatives(of:by:)

  /// With respect to computed values, and to those that these were computed from.
  @Test func derivativesByComputedValues() {
    let x = Value(2), unused = Value(1)
    var below = x
    for _ in 0..<10_000 { below = below * 1.0001 }
    let y = below * x, z = y.sin(), output = y * y * z + x
    let got = derivatives(of: output, by: [y, z, x, unused, output, below, y]).map(\.data)
    let byY = 2 * y.data * z.data + y.data * y.data * cos(y).data
    let byBelow = byY * x.data
    let byX = byY * (below.data + x.data * below.data / x.data) + 1
    let expected = [byY, y.data * y.data, byX, 0, 1, byBelow, byY]
    for (i, (got, expected)) in zip(got, expected).enumerated() {
      expectClose(got, expected, "\(i)", tolerance: 1e-9)
    }
    #expect(derivatives(of: output, by: [y])[0].data == got[0])
    #expect(derivatives(of: output, by: [z])[0].data == got[1])
    #expect(derivatives(of: y, by: [output]).map(\.data) == [0], "newer than the output")
    #expect(derivatives(of: output, by: []).isEmpty)
  }

  /// Leaves that were made long after the graph below, and others long before.
  @Test func derivativesByLeavesOfAnyAge() {
    var values: [Value] = [Value(1)], leaves = values
    for i in 0..<6000 {
      if i % 3 == 0 { leaves.append(Value(1)) }
      values.append(values[values.count - 1] + leaves[leaves.count - 1] * 0.5)
    }
    let got = derivatives(of: values.last!, by: leaves).map(\.data)
    #expect(got == leaves.indices.map { $0 == 0 ? 1 : 1.5 })
    // Some of them lie at the beginning of a slab, which computed cells of older slabs refer to.
    for index in stride(from: 0, to: leaves.count, by: 50) {
      #expect(derivatives(of: values.last!, by: [leaves[index]])[0].data == got[index], "leaf \(index)")
    }
  }

  /// Only what leads to the given values is recorded, and nothing is recorded for what they were computed from.
  @Test func nodesOfADerivative() {
    let x = Value(1.5)
    var y = x
    for _ in 0..<100 { y = (y * x).sin() }
    let other = y.exp() * x, output = y * y + other * 2
    let slope = derivatives(of: output - other * 2, by: [y])[0]
    // y·y alone leads to y, and exp does as well.
    var nodes: Set<Value.ID> = [], stack = [slope]
    while let value = stack.popLast() {
      if nodes.insert(value.id).inserted && !(value === y) && !(value === other) { stack += value.operands }
    }
    #expect(nodes.count < 20, "\(nodes.count) nodes")
  }

  /// Random graphs: derivatives with respect to a value in the middle are the gradients that `backward()` leaves there.
  @Test func derivativesByValuesInTheMiddle() {
    let first = UInt64(newSeed())
    for seed in first..<first + 1000 {
      var random = SplitMix(seed: seed)
      let graph = RandomGraphTests.Recipe(&random).build()
      let root = Int.random(in: graph.inputs.count..<graph.all.count, using: &random)
      let middle = (0..<3).map { _ in graph.all[Int.random(in: 0..<graph.all.count, using: &random)] }
      let got = derivatives(of: graph.all[root], by: middle).map(\.data)
      for value in graph.all { value.grad = 0 }
      graph.all[root].backward()
      let expected = middle.map(\.grad), scale = max(1, expected.map(abs).max()!)
      let isClose = zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-12 * scale }
      #expect(isClose, "got \(got), expected \(expected); seed \(seed)")
    }
  }
}
