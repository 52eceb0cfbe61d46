import MicrogradEngine
import MicrogradGraph
import MicrogradTestSupport
import Testing

@Suite struct ScopeTests {
  typealias Group = ComputationGraph.Group

  /// The titles of the scopes, with those inside in brackets: `block 1 [norm, head 1–2]`.
  private func outline(_ groups: [Group]) -> String {
    groups.map { group in
      let numbers = group.numbers.map { $0.count == 1 ? " \($0.lowerBound)" : " \($0.lowerBound)–\($0.upperBound)" }
      let title = (group.kind == .scope ? group.label! : "\(group.kind)") + (numbers ?? "")
      return group.children.isEmpty ? title : "\(title) [\(outline(group.children))]"
    }.joined(separator: ", ")
  }

  private func layer(_ name: String, _ x: [Value], _ weights: [[Value]]) -> [Value] {
    namedScope(name) { weights.map { dot($0, x).tanh() } }
  }

  private func weights(_ rows: Int, _ columns: Int) -> [[Value]] {
    (0..<rows).map { r in (0..<columns).map { c in Value(Double(r) / 2 - Double(c) / 3) } }
  }

  @Test func scopesAreBoxes() {
    let x: [Value] = [1, 2, 3], first = weights(3, 3), second = weights(2, 3)
    let result = withNamedScopes {
      namedScope("net") { layer("second", layer("first", x, first), second) }.sum()
    }
    let graph = result.graph(), grouped = graph.grouped()
    GroupingTests.check(grouped, graph, "net")
    #expect(
      outline(grouped.groups)
        == "net [first [layer [neuron 1, neuron 2, neuron 3]], second [neuron 1, neuron 2]]")
    #expect(grouped.groups[0].nodes.count == graph.nodes.count - 1, "all but the sum, the weights included")
  }

  @Test func scopesOfOneNameAreNumbered() {
    let x: [Value] = [1, 2, 3], shared = weights(3, 3)
    let result = withNamedScopes {
      layer("last", layer("step", layer("other", layer("step", x, shared), shared), shared), shared).sum()
    }
    let graph = result.graph(), grouped = graph.grouped()
    GroupingTests.check(grouped, graph, "steps")
    let scopes = grouped.groups.filter { $0.kind == .scope }
    #expect(scopes.map(\.label) == ["step", "other", "step", "last"])
    #expect(scopes.map(\.numbers) == [1...1, nil, 2...2, nil])
    #expect(grouped.groups.first?.kind == .leaves, "weights of several scopes lie in none")
  }

  @Test func manyScopesAreFoldedByTens() {
    let x: [Value] = [1, 2, 3], shared = weights(3, 3)
    let result = withNamedScopes { (0..<45).reduce(x) { y, _ in layer("step", y, shared) }.sum() }
    let rows = result.graph().grouped().groups.filter { $0.kind == .scope }
    #expect(
      rows.map(\.numbers) == [1...10, 11...20, 21...30, 31...40, 41...45] && rows.allSatisfy { $0.label == "step" })
  }

  /// A weighted sum that continues outside of a scope is not a neuron: the scope counts.
  @Test func sumsEndWithTheirScope() {
    let x: [Value] = [1, 2, 3], w = weights(3, 3),
      graph = withNamedScopes { () -> Value in
        let products = namedScope("products") { w.map { dot($0, x) } }
        let sums = namedScope("residual") { zip(products, x).map { $0 + $1 } }
        return (sums[0] * sums[1]).tanh() * sums[2].exp()
      }.graph()
    let grouped = graph.grouped()
    GroupingTests.check(grouped, graph, "residual")
    #expect(outline(grouped.groups.filter { $0.kind == .scope }) == "products [neuron 1, neuron 2, neuron 3]")
  }

  /// Samples hold the scopes that were run for each of them.
  @Test func samplesHoldScopes() {
    let w = weights(1, 3)[0]
    let losses = withNamedScopes {
      (0..<5).map { k in
        let score = namedScope("score") { (dot(w, [Value(Double(k)), 1, 2]).tanh() * 2).exp() }
        return namedScope("loss") { pow(score - 1, 2).exp().tanh() }
      }.mean()
    }
    let graph = losses.graph(), grouped = graph.grouped()
    GroupingTests.check(grouped, graph, "samples")
    let samples = grouped.groups.filter { $0.kind == .sample }
    #expect(samples.map(\.numbers) == [1...1, 2...5], "\(outline(grouped.groups))")
    #expect(samples.first?.children.filter { $0.kind == .scope }.map(\.label) == ["score", "loss"])
  }

  @Test func randomGraphsInRandomScopes() {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let result = withNamedScopes { randomScopes(&random, depth: 3, [Value(1), Value(2), Value(-1)]).sum() }
      for detail in [ComputationGraph.Detail.composed, .recorded] {
        let graph = result.graph(detail)
        GroupingTests.check(graph.grouped(), graph, "seed \(seed)")
      }
    }
  }

  /// Values that are computed from earlier ones, some of them in scopes inside each other.
  private func randomScopes(_ random: inout SplitMix, depth: Int, _ values: [Value]) -> [Value] {
    var values = values
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let a = values.randomElement(using: &random)!, b = values.randomElement(using: &random)!
      switch Int.random(in: 0..<6, using: &random) {
      case 0: values.append(a - b)
      case 1: values.append(a.tanh())
      case 2: values.append(a * 0.5 + b)
      case 3: values.append(dot([a, b, a], [b, b, Value(0.5)]))
      default:
        guard depth > 0 else { continue }
        values = namedScope("part") { randomScopes(&random, depth: depth - 1, values) }
      }
    }
    return values
  }
}
