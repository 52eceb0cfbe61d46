import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Thousands of random graphs against a naive engine and against central differences.
@Suite struct RandomGraphTests {
  /// A graph as a list of instructions, so that it can be built twice and at moved inputs.
  struct Recipe {
    enum Step { case add, subtract, multiply, divide, tanh, relu, sin, dot }
    var inputs: [Double]
    let steps: [(step: Step, a: Int, b: Int)]

    /// - Parameter isSmooth: Without ReLU, whose kinks differences cannot cross.
    init(_ random: inout SplitMix, isSmooth: Bool = false) {
      inputs = (0..<Int.random(in: 1...5, using: &random)).map { _ in .random(in: -2...2, using: &random) }
      var steps: [(step: Step, a: Int, b: Int)] = []
      let choices: [Step] = [.add, .subtract, .multiply, .divide, .tanh, .sin, .dot] + (isSmooth ? [] : [.relu])
      for count in inputs.count..<(inputs.count + Int.random(in: 1...40, using: &random)) {
        let step = choices.randomElement(using: &random)!
        steps.append((step, .random(in: 0..<count, using: &random), .random(in: 0..<count, using: &random)))
      }
      self.steps = steps
    }

    func build() -> (inputs: [Value], all: [Value]) {
      let leaves = inputs.map { Value($0) }
      var values = leaves
      for (step, i, j) in steps {
        let a = values[i], b = values[j]
        switch step {
        case .add: values.append(a + b)
        case .subtract: values.append(a - b)
        case .multiply: values.append((a * b).tanh())
        case .divide: values.append(a / (b * b + 1))
        case .tanh: values.append(a.tanh())
        case .relu: values.append(a.relu())
        case .sin: values.append(a.sin())
        case .dot: values.append(dot([a, b, a], [b, a, a], bias: b).tanh())
        }
      }
      return (leaves, values)
    }

    func buildNaively() -> (inputs: [Node], all: [Node]) {
      let leaves = inputs.map { Node($0) }
      var values = leaves
      for (step, i, j) in steps {
        let a = values[i], b = values[j]
        switch step {
        case .add: values.append(a + b)
        case .subtract: values.append(a - b)
        case .multiply: values.append((a * b).tanh())
        case .divide: values.append(a / (b * b + Node(1)))
        case .tanh: values.append(a.tanh())
        case .relu: values.append(a.relu())
        case .sin: values.append(a.sin())
        case .dot: values.append((b + a * b + b * a + a * a).tanh())
        }
      }
      return (leaves, values)
    }
  }

  /// Relative to the largest gradient: sums in another order differ in the last digits of the largest term.
  private func expectClose(
    _ got: [Double], _ expected: [Double], _ tolerance: Double, _ seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let scale = max(1, expected.lazy.map(abs).max() ?? 0)
    let isClose = zip(got, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
    #expect(isClose, "got \(got), expected \(expected); seed \(seed)", sourceLocation: sourceLocation)
  }

  @Test func agreeWithANaiveEngine() {
    let first = UInt64.random(in: 0...(.max >> 1))
    for seed in first..<first + 3000 {
      var random = SplitMix(seed: seed)
      let recipe = Recipe(&random)
      let graph = recipe.build(), naive = recipe.buildNaively()
      // Twice, from different roots: leaves accumulate, and computed gradients start anew.
      for _ in 0..<2 {
        let root = Int.random(in: graph.inputs.count..<graph.all.count, using: &random)
        graph.all[root].backward()
        naive.all[root].backward()
        expectClose([graph.all[root].data], [naive.all[root].data], 1e-13, seed)
        expectClose(graph.inputs.map(\.grad), naive.inputs.map(\.grad), 1e-12, seed)
      }
    }
  }

  @Test func agreeWithCentralDifferences() {
    let first = UInt64.random(in: 0...(.max >> 1))
    for seed in first..<first + 500 {
      var random = SplitMix(seed: seed)
      let recipe = Recipe(&random, isSmooth: true)
      let check = gradientCheck(at: recipe.inputs, tolerance: 1e-4) { inputs in
        var moved = recipe
        moved.inputs = inputs.map(\.data)
        // The recipe builds its own leaves; tie them to the given ones.
        let built = moved.build()
        let slopes = derivatives(of: built.all.last!, by: built.inputs).map(\.data)
        let result = zip(inputs, slopes).map { $0 * $1 }.sum()
        result.data = built.all.last!.data
        return result
      }
      #expect(check.passes, "\(check); seed \(seed)")
    }
  }
}

extension NodeCountingTests {
  /// Values kept and dropped at random, while the expected number of nodes is counted by reachability.
  @Suite struct RandomLifetimeTests {
    /// What is reachable from the kept values, by identity.
    private func reachable(_ kept: [Value]) -> Int {
      var model: Set<Value.ID> = [], stack = kept
      while let value = stack.popLast() {
        if model.insert(value.id).inserted { stack += value.operands }
      }
      return model.count
    }

    @Test func nodesAreAliveExactlyWhileReachable() { keepAndDropAtRandom() }

    @Test func nodesFreedLaterAreAliveExactlyWhileReachable() { Arena.withDeferredReleases { keepAndDropAtRandom() } }

    private func keepAndDropAtRandom() {
      let seed = UInt64(newSeed())
      var random = SplitMix(seed: seed)
      let before = Arena.liveNodeCount
      var kept: [Value] = [1, 2, 3]
      for step in 0..<20_000 {
        let a = kept.randomElement(using: &random)!, b = kept.randomElement(using: &random)!
        switch Int.random(in: 0..<13, using: &random) {
        case 0...3: kept.append([a + b, a * b, a - b].randomElement(using: &random)!.tanh())
        case 4: kept.append(dot([a, b, 0.5], [b, b, a], bias: Bool.random(using: &random) ? a : nil).tanh())
        case 5: kept.append(dot([a, b, a][1...], [b.data, 0.5]).tanh() + dot([0.5, a.data], [b, a]))
        case 6: kept.append(contentsOf: dot([0.5, a.data], [b, a]).operands)
        case 7: kept.append(Value(Double(step) / 20_000))
        case 8: a.backward()
        default: if kept.count > 3 { kept.remove(at: .random(in: 0..<kept.count, using: &random)) }
        }
        if kept.count > 60 { kept.removeSubrange(10..<50) }
        if step % 500 == 0 {
          // In this order: the numbers of dot products become nodes when somebody looks at them.
          let expected = reachable(kept + [a, b]), live = Arena.liveNodeCount - before
          #expect(live == expected, "got \(live), expected \(expected) at step \(step); seed \(seed)")
        }
      }
      kept = []
      #expect(Arena.liveNodeCount == before)
    }
  }
}
