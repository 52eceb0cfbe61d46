import Dispatch
import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Gradients, Jacobians and products with them, in forward and in reverse mode, against leaves and `backward()`.
@Suite struct JacobianTests {
  private func forRandomFunctions(
    _ count: Int, isTame: Bool, results: ClosedRange<Int> = 1...20,
    _ body: (RandomFunction, inout SplitMix, String) -> Void
  ) {
    let first = UInt64(newSeed())
    for seed in first..<first + UInt64(count) {
      var random = SplitMix(seed: seed)
      let function = RandomFunction(
        inputs: .random(in: 1...20, using: &random), results: .random(in: results, using: &random),
        steps: .random(in: 0...60, using: &random), isTame: isTame, &random)
      body(function, &random, "seed \(seed)")
    }
  }

  /// To the last digit, infinite and undefined derivatives included.
  @Test func gradientsAreThoseOfLeavesAndBackward() {
    forRandomFunctions(1500, isTame: false, results: 1...1) { function, random, seed in
      for parameter in function.parameters { parameter.grad = .random(in: 1...2, using: &random) }
      let before = function.parameters.map(\.grad)
      let got = gradient(at: function.point) { function($0)[0] }, expected = function.jacobianByLeaves()[0]
      #expect(isSame([got], [expected]), "got \(got), expected \(expected); \(seed)")
      #expect(function.parameters.map(\.grad) == before, "gradients of captured parameters changed; \(seed)")
    }
  }

  /// Several adjoints at once are what single sweeps give, to the last digit. In forward mode, which computes the same in another
  /// order, results that are not finite are the same too.
  @Test func jacobiansAreThoseOfSingleSweeps() {
    var finite = (forward: 0, reverse: 0), others = (forward: 0, reverse: 0)
    forRandomFunctions(1500, isTame: false) { function, random, seed in
      let got = jacobian(at: function.point) { function($0) }, expected = function.jacobianByLeaves()
      let isForward = function.point.count < expected.count && expected.count > 2
      let isFinite = expected.allSatisfy { $0.allSatisfy(\.isFinite) }
      if isForward && isFinite {
        finite.forward += 1
        let scale = expected.joined().lazy.map(abs).max() ?? 0
        // Numbers of 1e200 cancel.
        let isClose = zip(got.joined(), expected.joined()).allSatisfy { abs($0 - $1) <= 1e-9 * max(scale, 1) }
        #expect(isClose, "forward: got \(got), expected \(expected); \(seed)")
      } else {
        if isFinite { finite.reverse += 1 } else if isForward { others.forward += 1 } else { others.reverse += 1 }
        #expect(isSame(got, expected), "got \(got), expected \(expected); \(seed)")
      }
    }
    let counts = [finite.forward, finite.reverse, others.forward, others.reverse]
    #expect(counts.min()! > 20, "\(counts)")
  }

  @Test func forwardModeAgreesWithReverseMode() {
    forRandomFunctions(500, isTame: true, results: 3...30) { function, random, seed in
      let matrix = function.jacobianByLeaves()
      func expectClose(_ got: [Double], _ expected: [Double], _ what: String) {
        let scale = max(1, expected.lazy.map(abs).max() ?? 0)
        let isClose = got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-11 * scale }
        #expect(isClose, "\(what): got \(got), expected \(expected); \(seed)")
      }
      let (values, rows) = valuesWithJacobian(at: function.point) { function($0) }
      expectClose(Array(rows.joined()), Array(matrix.joined()), "Jacobian")
      #expect(values == function(function.point.map { Value($0) }).map(\.data), "values; \(seed)")
      let v = function.point.map { _ in Double.random(in: -1...1, using: &random) }
      let w = matrix.map { _ in Double.random(in: -1...1, using: &random) }
      func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      let forward = jacobianVectorProduct(at: function.point, vector: v) { function($0) }
      expectClose(forward, matrix.map { inner($0, v) }, "J·v")
      let reverse = vectorJacobianProduct(at: function.point, vector: w) { function($0) }
      let columns: [[Double]] = v.indices.map { column in matrix.map { $0[column] } }
      expectClose(reverse, columns.map { inner(w, $0) }, "w·J")
      let along = directionalDerivative(at: function.point, along: v) { function($0)[0] }
      expectClose([along], [inner(matrix[0], v)], "directional derivative")
    }
  }

  /// A matrix that is known, of all sizes: each number of lanes, each remainder, forward and reverse.
  @Test func jacobiansOfLinearFunctions() {
    for rows in 0...19 {
      for columns in 0...19 {
        let matrix: [[Double]] = (0..<rows).map { i in (0..<columns).map { Double(1 + i * 31 + $0 * 7) } }
        let point = [Double](repeating: 0.5, count: columns)
        func f(_ x: [Value]) -> [Value] {
          matrix.map { row in zip(x, row).map { (x: Value, a: Double) in x * a }.sum() }
        }
        #expect(jacobian(at: point, of: f) == matrix, "\(rows)×\(columns)")
      }
    }
  }

  /// Results that are an input, a captured value, a number, or the same twice.
  @Test func resultsThatWereNotComputed() {
    let captured = Value(3) * 2
    func f(_ x: [Value]) -> [Value] {
      let y = x[0] * x[1]
      return [x[1], captured, 7, y, y, captured * x[0]]
    }
    let expected = [[0.0, 1], [0, 0], [0, 0], [5, 2], [5, 2], [6, 0]]
    #expect(jacobian(at: [2, 5], of: f) == expected)
    for (index, row) in expected.enumerated() { #expect(gradient(at: [2, 5]) { f($0)[index] } == row, "\(index)") }
    #expect(jacobian(at: [2, 5, 1, 1, 1, 1, 1], of: f).map { Array($0[..<2]) } == expected, "reverse mode")
    #expect(jacobianVectorProduct(at: [2, 5], vector: [1, 10], of: f) == [10, 0, 0, 25, 25, 6])
    #expect(vectorJacobianProduct(at: [2, 5], vector: [1, 1, 1, 1, 1, 1], of: f) == [16, 5])
  }

  /// Where the number of a direction is 0, an infinite derivative has no part in the result.
  @Test func infiniteDerivativesAcrossTheDirection() {
    func f(_ x: [Value]) -> Value { x[0].sqrt() + 3 * x[1] }
    #expect(directionalDerivative(at: [0, 1], along: [0, 2], of: f) == 6)
    #expect(directionalDerivative(at: [0, 1], along: [1, 2], of: f) == .infinity)
    for test in StoppedGradientTests.stopped {
      #expect(directionalDerivative(at: [test.x], along: [1]) { test.f($0[0]) } == 0, "\(test)")
      #expect(jacobian(at: [test.x]) { [test.f($0[0]), $0[0], 1] } == [[0], [1], [0]], "\(test)")
    }
    for test in StoppedGradientTests.notStopped {
      #expect(directionalDerivative(at: [test.x], along: [1]) { test.f($0[0]) }.isNaN, "\(test)")
      #expect(jacobian(at: [test.x]) { [test.f($0[0]), $0[0], 1] }[0][0].isNaN, "\(test)")
    }
  }

  /// More inputs, and more nodes, than a slab has cells.
  @Test func functionsOfManySlabs() {
    let point = (0..<5000).map { Double($0 % 13) }
    func f(_ x: [Value]) -> Value { zip(x, x.dropFirst()).map { $0 * $1 + 1 }.sum() }
    let got = gradient(at: point, of: f)
    let expected = point.indices.map { ($0 > 0 ? point[$0 - 1] : 0) + ($0 + 1 < point.count ? point[$0 + 1] : 0) }
    #expect(got == expected)
    let rows = jacobian(at: point) { [f($0), f($0) * 2, $0[4999]] }
    #expect(rows == [expected, expected.map { 2 * $0 }, point.indices.map { $0 == 4999 ? 1 : 0 }])
    let columns = jacobian(at: [2, 3]) { x in (0..<5000).map { Double($0) * x[0] + x[1] } }
    #expect(columns == (0..<5000).map { [Double($0), 1] })
  }

  // MARK: What a function does besides

  @Test func gradientsOfEverythingElseStayAsTheyWere() {
    let weight = Value(2), shared = weight * 3
    shared.backward()
    var kept: [Value] = []
    let got = gradient(at: [3, 4]) { x in
      let y = x[0] * shared + x[1]
      y.backward()
      kept = [y, x[0]]
      return y * y + shared
    }
    #expect(got == [264, 44])
    #expect(weight.grad == 3 + 9 && shared.grad == 3, "backward() inside: \(weight.grad), \(shared.grad)")
    #expect(kept[0].grad == 1 && kept[1].grad == 6, "kept values: \(kept)")
    kept[0].backward()
    #expect(kept[1].grad == 12)
  }

  /// Captured values lie just below the function's in memory, and kept ones outlive it.
  @Test func gradientsOfComputedValuesStayZero() {
    let weight = Value(2), captured = weight * 3
    var kept: [Value] = []
    func f(_ x: [Value]) -> Value {
      let y = x[0] * captured + x[1]
      kept = [y, y * captured] + x
      return kept[1] + captured * weight
    }
    #expect(gradient(at: [3, 4], of: f) == [36, 6])
    #expect(([weight, captured] + kept).allSatisfy { $0.grad == 0 }, "\(weight), \(captured), \(kept)")
    captured.backward()
    #expect(weight.grad == 3 && captured.grad == 1)
    // With a gradient there, and swept by others since.
    #expect(gradient(at: [3, 4], of: f) == [36, 6])
    #expect(weight.grad == 3 && captured.grad == 1 && kept.allSatisfy { $0.grad == 0 })
  }

  /// A function that sweeps leaves gradients in its values, which are not taken for those of the sweep around it.
  @Test func functionsThatSweep() {
    let got = gradient(at: [3]) { x in
      let y = x[0] * x[0]
      (y * 5).backward()
      x[0].grad = 0
      return y * 2
    }
    #expect(got == [12])
    #expect(
      gradient(at: [3]) { x in
        x[0].grad = 7
        return x[0] * 2
      } == [2])
  }

  /// Values that die in the middle make room, which the function's own values then fill.
  @Test func capturedValuesMayDieMeanwhile() {
    for count in [1, 2, 100, 1362, 1363, 1364, 4000] {
      var captured: [Value] = (0..<count).map { Value(Double($0)) * 2 }
      let last = captured.last!.data
      let got = gradient(at: [3, 5]) { x in
        let y = x[0] * captured.last!
        captured = []
        return (0..<10).map { _ in y * x[1] }.sum()
      }
      #expect(got == [50 * last, 30 * last], "\(count) values")
    }
  }

  @Test func callsInsideOfOthers() {
    let got = gradient(at: [2]) { x in
      let inner = gradient(at: [x[0].data]) { y in y[0] * y[0] * x[0] }[0]
      #expect(inner == 8)
      #expect(hessian(at: [1, 2]) { $0[0] * $0[1] * $0[1] } == [[0, 4], [4, 2]])
      return x[0] * x[0] * inner
    }
    #expect(got == [32])
  }

  @Test func errorsLeaveNothingBehind() {
    struct Refusal: Error {}
    for count in 1...3 {
      #expect(throws: Refusal.self) {
        try jacobian(at: [1, 2]) { x in
          _ = gradient(at: [5]) { $0[0] * x[0] }
          throw Refusal()
        }
      }
      #expect(
        jacobian(at: [1, 2]) { x in (0..<3).map { x[0] * x[1] + Double($0 * count) } } == [[2, 1], [2, 1], [2, 1]])
    }
  }

  /// A diagnosis may call code that records between the inputs.
  @Test func underADiagnosis() {
    var kept: [Value] = []
    let got = withDiagnostics(report: { _ in kept += [Value(1), Value(2) * Value(3)] }) {
      jacobian(at: [2, .nan, 4, 5]) { x in [x[0] * x[2] + kept[0], x[2] * x[3], x[0] * kept[0]] }
    }
    #expect(got == [[4, 0, 2, 0], [0, 0, 5, 4], [1, 0, 0, 0]])
    #expect(kept.count == 2 && kept[0].grad == 0)
  }

  #if os(Linux) || os(macOS)
    @Test func vectorsOfAnotherLengthAreRefused() async {
      await #expect(processExitsWith: .failure) { _ = jacobianVectorProduct(at: [1, 2], vector: [1]) { $0 } }
      await #expect(processExitsWith: .failure) { _ = vectorJacobianProduct(at: [1, 2], vector: [1]) { $0 } }
      await #expect(processExitsWith: .failure) { _ = directionalDerivative(at: [1, 2], along: [1]) { $0[0] } }
    }
  #endif
}

extension NodeCountingTests {
  @Suite struct DerivativesAcrossThreadsTests {
    /// A function that captures what another thread computed, differentiated on the main thread.
    @MainActor @Test func capturedValuesOfAnotherThread() async {
      for _ in 0..<50 {
        nonisolated(unsafe) var made: (leaf: Value, computed: Value)?
        await Task.detached {
          let leaf = Value(3)
          made = (leaf, leaf * 2)
        }.value
        let (leaf, computed) = made!
        leaf.grad = 1
        func f(_ x: [Value]) -> Value { x[0] * computed + x[1] * leaf * x[0] }
        #expect(gradient(at: [2, 5], of: f) == [6 + 15, 6])
        #expect(jacobian(at: [2, 5]) { [f($0), $0[1], 3, f($0) * 2] } == [[21, 6], [0, 1], [0, 0], [42, 12]])
        #expect(jacobianVectorProduct(at: [2, 5], vector: [1, 10]) { [f($0), $0[1]] } == [81, 10])
        #expect(vectorJacobianProduct(at: [2, 5], vector: [1, 10]) { [f($0), $0[1]] } == [21, 16])
        #expect(hessian(at: [2, 5], of: f) == [[0, 3], [3, 0]])
        #expect(leaf.grad == 1 && computed.grad == 0)
      }
    }

    /// A function that has another thread compute its results, or a part of them.
    @MainActor @Test func resultsOfAnotherThread() {
      func elsewhere(_ x: [Value]) -> Value {
        nonisolated(unsafe) let x = x
        nonisolated(unsafe) var result: Value?
        runOnOtherThread { result = x[0] * x[1] * x[0] }
        return result!
      }
      let expected = [20.0, 4]
      #expect(gradient(at: [2, 5], of: elsewhere) == expected)
      #expect(gradient(at: [2, 5]) { elsewhere($0) + 1 } == expected)
      #expect(
        jacobian(at: [2, 5]) { [elsewhere($0), $0[0] * $0[1], elsewhere($0) + 1] } == [expected, [5, 2], expected])
      #expect(jacobianVectorProduct(at: [2, 5], vector: [1, 1]) { [elsewhere($0)] } == [24])
      #expect(vectorJacobianProduct(at: [2, 5], vector: [2]) { [elsewhere($0)] } == [40, 8])
      #expect(gradient(at: [2, 5]) { $0[0] * $0[1] } == [5, 2])
    }

    /// Derivatives of a graph that an `await` divided.
    @Test func recordedBeforeAndAfterASuspension() async {
      await withTaskGroup(of: Bool.self) { group in
        for seed in 0..<16 {
          group.addTask {
            let x = Value(Double(seed) / 8)
            var y = x
            for _ in 0..<6 {
              y = y * y + x
              await Task.yield()
              try? await Task.sleep(nanoseconds: 1)
            }
            let middle = y
            let z = middle * middle * x
            let got = derivatives(of: z, by: [x, middle]).map(\.data)
            let expected = gradient(at: [x.data]) { leaf in
              var y = leaf[0]
              for _ in 0..<6 { y = y * y + leaf[0] }
              return y * y * leaf[0]
            }
            return abs(got[0] - expected[0]) <= 1e-12 * abs(expected[0]) && got[1] == 2 * middle.data * x.data
          }
        }
        for await isEqual in group { #expect(isEqual) }
      }
    }
  }
}

/// Runs `body` in a task, and blocks the main thread meanwhile, which is none of those that run tasks.
@MainActor private func runOnOtherThread(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    body()
    done.signal()
  }
  done.wait()
}
