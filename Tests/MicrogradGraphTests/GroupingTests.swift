import MicrogradEngine
import MicrogradGraph
import MicrogradTestSupport
import Testing

@Suite struct GroupingTests {
  typealias Group = ComputationGraph.Group

  /// What makes a grouped graph one: the same nodes in topological order, and ranges inside each other.
  static func check(_ grouped: ComputationGraph, _ original: ComputationGraph, _ name: String) {
    #expect(grouped.nodes.map(\.id) == Array(grouped.nodes.indices), "\(name)")
    #expect(grouped.nodes.allSatisfy { node in node.operands.allSatisfy { $0 < node.id } }, "\(name): order")
    #expect(grouped.nodes.last?.data == original.nodes.last?.data, "\(name): result")
    let content = { (graph: ComputationGraph) in
      graph.nodes.map { "\($0.operation) \($0.data) \($0.label ?? "")" }.sorted()
    }
    #expect(content(grouped) == content(original), "\(name): nodes")
    checkNested(grouped.groups, in: grouped.nodes.indices, name)
  }

  private static func checkNested(_ groups: [Group], in range: Range<Int>, _ name: String) {
    var next = range.lowerBound
    for group in groups {
      #expect(group.nodes.lowerBound >= next && group.nodes.upperBound <= range.upperBound, "\(name): \(group)")
      #expect(!group.nodes.isEmpty, "\(name): an empty group")
      next = group.nodes.upperBound
      checkNested(group.children, in: group.nodes, name)
    }
  }

  @Test func randomGraphsStayWhole() {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let result = ExplanationTests.randomResult(&random)
      for detail in [ComputationGraph.Detail.composed, .recorded] {
        let graph = result.graph(detail)
        Self.check(graph.grouped(), graph, "seed \(seed)")
      }
    }
  }

  private func neuron(_ x: [Value], _ scale: Double) -> Value {
    dot(x.indices.map { Value(scale + Double($0)) }, x, bias: Value(0.5)).relu()
  }

  @Test func aNetOfOneSample() {
    let x: [Value] = [1, 2], hidden = (0..<3).map { neuron(x, Double($0)) }
    let graph = neuron(hidden, 0.1).graph(), grouped = graph.grouped()
    Self.check(grouped, graph, "net")
    #expect(grouped.groups.map(\.kind) == [.layer, .neuron])
    #expect(
      grouped.groups[0].shape == [2, 3] && grouped.groups[0].children.map(\.kind) == [.neuron, .neuron, .neuron])
    #expect(grouped.groups[0].children.map(\.numbers) == [1...1, 2...2, 3...3])
  }

  /// Written with products and sums, a neuron is one all the same.
  @Test func neuronsWrittenOut() {
    let a = Value(1), b = Value(2), w = Value(3), v = Value(4), c = Value(5)
    let grouped = ((a * w + b * v + c).tanh() * 2 + a).graph().grouped()
    #expect(grouped.groups.map(\.kind) == [.neuron] && grouped.groups[0].shape == [2])
  }

  @Test func samplesFoldIntoOne() {
    let w: [Value] = [0.5, -1], bias = Value(0.1)
    let losses = (0..<100).map { k -> Value in
      let input = [Value(Double(k)), Value(1 - Double(k))]
      return pow(dot(w, input, bias: bias).tanh() - Double(k % 2), 2)
    }
    let graph = losses.mean().graph(), grouped = graph.grouped()
    Self.check(grouped, graph, "samples")
    let samples = grouped.groups.filter { $0.kind == .sample }
    #expect(samples.map(\.numbers) == [1...1, 2...100])
    #expect(samples[1].children.map(\.numbers?.count) == Array(repeating: 10, count: 9) + [9])
    let sum = grouped.groups.first { $0.kind == .sum }
    #expect(sum?.shape == [100] && sum?.nodes.count == 99)
  }

  /// The leaves that all samples use; not those of one sample, nor those outside of all.
  @Test func whatSamplesShareIsTheirParameters() throws {
    let weights = (0..<4).map { Value(Double($0), label: "w\($0)") }, scale = Value(3)
    let losses = (0..<6).map { k in pow(dot(weights, (0..<4).map { Value(Double(k + $0)) }).tanh() - 1, 2) }
    let graph = (losses.mean() * scale).graph(), grouped = graph.grouped()
    Self.check(grouped, graph, "parameters")
    let parameters = try #require(grouped.groups.first { $0.kind == .parameters })
    #expect(
      parameters.shape == [4] && Set(parameters.nodes.map { grouped.nodes[$0].label }) == ["w0", "w1", "w2", "w3"])
  }

  @Test func aNameGivesABoxItsTitle() {
    let x = Value(1), inner = ((x + 1) * (x + 2)).exp().labelled("inner")
    let grouped = (inner * 2 + x).graph().grouped()
    #expect(grouped.groups.map(\.label) == ["inner"] && grouped.groups[0].kind == .named)
  }

  @Test func leavesThatAreCalledAlike() {
    let weights = (0..<12).map { Value(1, label: "w1.\($0 / 4 + 1).\($0 % 4 + 1)") }, x = Value(3)
    let grouped = (weights.sum() * x + weights.reduce(1) { $0 * $1 }).graph().grouped()
    let leaves = grouped.groups.first { $0.kind == .leaves }
    #expect(leaves?.label == "w1" && leaves?.shape == [3, 4] && leaves?.nodes.count == 12, "\(grouped.groups)")
  }

  @Test func deepGraphsDoNotOverflowTheStack() {
    var y = Value(1)
    for _ in 0..<20_000 { y = (y + 1).tanh() }
    let graph = y.graph()
    Self.check(graph.grouped(), graph, "chain")
  }

  /// Values that are all named, and sums in the terms of sums: what is computed for one contains all that comes before.
  @Test func boxesInsideEachOtherHaveALimit() {
    func depth(_ groups: [Group]) -> Int { groups.map { 1 + depth($0.children) }.max() ?? 0 }
    let w = Value(0.9, label: "w"), v = Value(0.5, label: "v")
    var named = Value(1), sums = Value(1)
    for step in 0..<5_000 {
      named = (named * w).tanh().labelled("h\(step)")
      sums = (((sums * w).tanh() * v).exp() + ((v * w).tanh() * v).exp()).tanh()
    }
    for (name, value) in [("named", named), ("sums", sums)] {
      let graph = value.graph(), grouped = graph.grouped()
      Self.check(grouped, graph, name)
      #expect((17...24).contains(depth(grouped.groups)), "\(name): \(depth(grouped.groups)) boxes inside each other")
    }
  }
}
