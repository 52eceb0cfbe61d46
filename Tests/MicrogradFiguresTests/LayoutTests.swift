import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct LayoutTests {
  static let size = Size(width: 100, height: 26)

  @Test(arguments: 0..<400)
  func randomGraphs(seed: Int) {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    let layout = LayeredLayout(nodes: nodes, edges: edges)
    #expect(layout.frames.count == nodes.count)
    for (frame, node) in zip(layout.frames, nodes) {
      #expect(Size(width: frame.width, height: frame.height) == node.size, "seed \(seed)")
    }
    LayoutChecks.framesAreApart(layout, "seed \(seed)")
    LayoutChecks.allIsInside(layout, "seed \(seed)")
    LayoutChecks.edgesArrive(layout, edges, "seed \(seed)")
    LayoutChecks.linesKeepOffBoxes(layout, edges, "seed \(seed)")

    let again = LayeredLayout(nodes: nodes, edges: edges)
    #expect(again.frames == layout.frames && again.routes == layout.routes, "seed \(seed): not deterministic")
  }

  @Test(arguments: 0..<100)
  func treesHaveNoCrossings(seed: Int) {
    var random = SplitMix(seed: seed)
    let count = Int.random(in: 2...80, using: &random)
    // Each node but the last is used once, by some later node.
    let edges = (0..<count - 1).map {
      LayeredLayout.Edge(from: $0, to: Int.random(in: ($0 + 1)..<count, using: &random))
    }
    let nodes = Array(repeating: LayeredLayout.Node(size: Self.size), count: count)
    let layers = LayerAssignment.layers(nodeCount: count, edges: edges)
    var graph = LayeredGraph(nodes: nodes, edges: edges, layers: layers, spacing: .init())
    CrossingReduction.reorder(&graph)
    #expect(LayoutChecks.crossings(graph) == 0, "seed \(seed)")
    #expect(
      graph.order.flatMap { $0 }.allSatisfy { !graph.isDummy($0) }, "seed \(seed): a tree needs no long edges"
    )
  }

  @Test(arguments: 0..<60)
  func sweepsNeverMakeItWorse(seed: Int) {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    let layers = LayerAssignment.layers(nodeCount: nodes.count, edges: edges)
    var graph = LayeredGraph(nodes: nodes, edges: edges, layers: layers, spacing: .init())
    let before = LayoutChecks.crossings(graph), content = graph.order.map { $0.sorted() }
    CrossingReduction.reorder(&graph)
    #expect(LayoutChecks.crossings(graph) <= before, "seed \(seed)")
    #expect(graph.order.map { $0.sorted() } == content, "seed \(seed): a vertex changed its layer")
  }

  @Test(arguments: 0..<100)
  func leavesStandNextToTheirFirstUser(seed: Int) {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    let layers = LayerAssignment.layers(nodeCount: nodes.count, edges: edges)
    for edge in edges { #expect(layers[edge.from] < layers[edge.to], "seed \(seed), \(edge)") }
    let computed = Set(edges.map(\.to))
    for leaf in nodes.indices where !computed.contains(leaf) {
      let users = edges.filter { $0.from == leaf }.map { layers[$0.to] }
      if let first = users.min() { #expect(layers[leaf] == first - 1, "seed \(seed), leaf \(leaf)") }
    }
  }

  /// w is used by every copy; each copy's result goes into a chain of sums.
  @Test func copiesStandBelowEachOther() {
    var edges: [LayeredLayout.Edge] = [], sum: Int?
    var next = 3, results: [Int] = []
    for _ in 0..<6 {
      let copy = next
      edges += (0..<3).map { .init(from: $0, to: copy) } + [.init(from: copy, to: copy + 1)]
      results.append(copy)
      next += 2
      let term = copy + 1
      if let last = sum {
        edges += [.init(from: last, to: next), .init(from: term, to: next)]
        sum = next
        next += 1
      } else {
        sum = term
      }
    }
    let layers = LayerAssignment.layers(nodeCount: next, edges: edges)
    #expect(Set(results.map { layers[$0] }).count == 1, "\(results.map { layers[$0] })")
  }

  @Test func chainsAndLongEdgesAreStraight() throws {
    // 0 → 1 → 2 → 3 → 4, and 0 → 4 past all of them.
    let edges = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)].map { LayeredLayout.Edge(from: $0.0, to: $0.1) }
    let layout = LayeredLayout(nodes: Array(repeating: .init(size: Self.size), count: 5), edges: edges)
    #expect(layout.layers == [0, 1, 2, 3, 4])
    #expect(Set(layout.frames[1...3].map(\.y)).count == 1, "\(layout.frames)")
    let trunk = try #require(layout.routes.first { $0.edge == nil })
    #expect(Set(trunk.points.dropFirst().map(\.y)).count == 1, "\(trunk)")
  }

  @Test func edgesBetweenTheSameTwoNodesAreApart() {
    let edges = Array(repeating: LayeredLayout.Edge(from: 0, to: 1), count: 2)
    let layout = LayeredLayout(nodes: Array(repeating: .init(size: Self.size), count: 2), edges: edges)
    #expect(layout.routes.count == 2)
    let (upper, lower) = (layout.routes[0].points, layout.routes[1].points)
    #expect(lower[0].y - upper[0].y >= 5 && lower.last!.y - upper.last!.y >= 5, "\(upper) \(lower)")
  }

  @Test func operandsKeepTheirOrderWhereItMatters() {
    // 0 and 1 feed 2; 1 and 2 feed 3, which takes 2 first, although 1 may stand above it.
    for order in [[2, 1], [1, 2]] {
      let edges = [(0, 2), (1, 2)].map { LayeredLayout.Edge(from: $0.0, to: $0.1) }
      let last = order.map { LayeredLayout.Edge(from: $0, to: 3) }
      var nodes = Array(repeating: LayeredLayout.Node(size: Self.size), count: 4)
      nodes[3].keepsInputOrder = true
      let layout = LayeredLayout(nodes: nodes, edges: edges + last)
      let ends = [2, 3].map { edge in layout.routes.first { $0.edge == edge }!.points.last!.y }
      #expect(ends[0] < ends[1], "operands \(order): \(ends)")
    }
  }

  @Test func smallestGraphs() {
    #expect(LayeredLayout(nodes: [], edges: []).size == Size(width: 0, height: 0))
    let one = LayeredLayout(nodes: [.init(size: Self.size)], edges: [])
    #expect(one.frames == [Rectangle(x: 0, y: 0, width: 100, height: 26)] && one.size == Self.size)
  }

  /// 1,500 steps that all use one value: without trunks, a million dummies.
  @Test func aValueThatIsUsedEverywhere() {
    let steps = 1500
    let edges = (1...steps).flatMap { step -> [LayeredLayout.Edge] in
      (step == 1 ? [] : [.init(from: step - 1, to: step)]) + [.init(from: 0, to: step)]
    }
    let layout = LayeredLayout(
      nodes: Array(repeating: .init(size: Self.size), count: steps + 1), edges: edges)
    LayoutChecks.edgesArrive(layout, edges, "chain")
    #expect(layout.layers.max() == steps)
  }
}
