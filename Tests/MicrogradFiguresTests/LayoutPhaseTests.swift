import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// What each phase of the layout promises by itself.
@Suite struct LayoutPhaseTests {
  private static func graph(
    _ nodes: [LayeredLayout.Node], _ edges: [LayeredLayout.Edge], layers: [Int]? = nil
  ) -> LayeredGraph {
    let layers = layers ?? LayerAssignment.layers(nodeCount: nodes.count, edges: edges)
    return LayeredGraph(nodes: nodes, edges: edges, layers: layers, spacing: .init())
  }

  private static func randomGraph(seed: Int) -> LayeredGraph {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    var graph = graph(nodes, edges)
    CrossingReduction.reorder(&graph)
    return graph
  }

  private static func node(height: Double) -> LayeredLayout.Node { .init(size: Size(width: 100, height: height)) }

  // MARK: Coordinates

  /// Candidates packed towards the top are aligned with the top of the narrowest one, the others with its bottom; then each
  /// vertex has two candidates above and two below.
  @Test func theMeanIsThatOfTheMiddleTwoAligned() {
    let candidates: [[Double]] = [[0, 10], [0, 20], [5, 11], [1, 13]]
    // Bounds: -1…11, -1…21, 4…12 (the narrowest), 0…14; aligned: [5, 15], [-9, 11], [5, 11], [-1, 11].
    let got = CoordinateAssignment.balanced(candidates, heights: [2, 2])
    #expect(got == [2, 11], "got \(got)")
  }

  /// B stands beside D, which C pushes down; A, which nothing holds, follows B.
  @Test func nothingHangsAtTheTopWithoutNeed() {
    let heights = [20.0, 20, 100, 20]
    let graph = Self.graph(heights.map(Self.node), [.init(from: 1, to: 3)], layers: [0, 0, 1, 1])
    let centers = CoordinateAssignment.centers(of: graph)
    #expect(centers[1] == centers[3] && centers[1] - centers[0] == graph.heights[0], "got \(centers)")
  }

  /// Upside down, a graph has the same layout upside down.
  @Test(arguments: 0..<200) func topAndBottomAreAlike(seed: Int) {
    let graph = Self.randomGraph(seed: seed)
    var mirrored = graph
    mirrored.order = graph.order.map { $0.reversed() }
    let sums = zip(CoordinateAssignment.centers(of: graph), CoordinateAssignment.centers(of: mirrored)).map {
      $0 + $1
    }
    let spread = (sums.max() ?? 0) - (sums.min() ?? 0)
    #expect(spread < 1e-6, "seed \(seed): \(spread)")
  }

  /// Segments of long edges that no other one crosses are straight, whatever short edges they cross.
  @Test func longEdgesAreStraight() {
    var count = 0
    for seed in 0..<200 {
      let graph = Self.randomGraph(seed: seed), positions = graph.positions()
      let centers = CoordinateAssignment.centers(of: graph)
      for layer in graph.order {
        let segments = layer.filter(graph.isDummy).flatMap { left in
          graph.outputs[left].filter(graph.isDummy).map { (left: left, right: $0) }
        }
        // Vertices of the left layer are in order, so that the segments cross if those of the right are not.
        let isCrossed = zip(segments, segments.dropFirst()).contains { positions[$0.right] > positions[$1.right] }
        for (left, right) in segments where !isCrossed && graph.outputs[left].count == 1 {
          #expect(abs(centers[left] - centers[right]) < 1e-6, "seed \(seed): \(left) and \(right)")
          count += 1
        }
      }
    }
    #expect(count > 300, "\(count) segments")
  }

  /// A box that three others lead to stands beside the middle one, whatever their heights.
  @Test func aBoxStandsBesideItsMedian() {
    let graph = Self.graph(
      [20, 90, 40, 20].map(Self.node), [0, 1, 2].map { .init(from: $0, to: 3) }, layers: [0, 0, 0, 1])
    let centers = CoordinateAssignment.centers(of: graph)
    #expect(centers[3] == centers[1], "got \(centers)")
  }

  // MARK: Order

  /// How good the orders are that the heuristic finds; a better one may find fewer crossings.
  @Test func crossingsAreFew() {
    let crossings = (0..<60).map { LayoutChecks.crossings(Self.randomGraph(seed: $0)) }.reduce(0, +)
    #expect(crossings <= 611, "\(crossings) crossings")
  }

  // MARK: Long edges

  /// 400 leaves, each used at two ends of a chain, would need 160,000 dummies: the longest edges go without.
  @Test func dummiesHaveALimit() {
    let half = 400, last = 3 * half - 1
    let uses = (0..<half).flatMap { leaf in [half + leaf, last - leaf].map { LayeredLayout.Edge(from: leaf, to: $0) }
    }
    let chain = (half..<last).map { LayeredLayout.Edge(from: $0, to: $0 + 1) }
    let nodes = Array(repeating: Self.node(height: 20), count: last + 1), edges = uses + chain
    let graph = Self.graph(nodes, edges), dummies = graph.heights.count - nodes.count
    #expect((1_000...50_000).contains(dummies), "\(dummies) dummies")
    LayoutChecks.edgesArrive(LayeredLayout(nodes: nodes, edges: edges), edges, "a chain that uses each leaf twice")
  }

  // MARK: Lines

  /// Edges that climb far have more room to do so, but never more than three times the usual.
  @Test func layersAreFurtherApartWhereEdgesClimb() {
    for (users, expected) in [(1, 44.0), (4, 44), (10, 0.3 * 4.5 * 42), (40, 132)] {
      let nodes = Array(repeating: Self.node(height: 26), count: users + 1)
      let layout = LayeredLayout(nodes: nodes, edges: (1...users).map { .init(from: 0, to: $0) })
      let gap = layout.sides[1].left - layout.sides[0].right
      #expect(abs(gap - expected) < 1e-6, "\(users) users: got \(gap), expected \(expected)")
    }
  }

  /// Arriving edges are as far apart as the box has room for, around its middle.
  @Test func edgesArriveSideBySide() {
    for (height, expected) in [(100.0, [-9.0, 0, 9]), (20, [-7, 0, 7])] {
      let layout = LayeredLayout(
        nodes: [20, 20, 20, height].map(Self.node), edges: [0, 1, 2].map { .init(from: $0, to: 3) })
      let ends = layout.routes.map { $0.points.last!.y - layout.frames[3].midY }.sorted()
      #expect(zip(ends, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "height \(height): got \(ends)")
    }
  }
}
