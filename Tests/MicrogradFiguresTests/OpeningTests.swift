import MicrogradEngine
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// What holds for every layout must hold after boxes have opened, too.
@Suite struct OpeningTests {
  @Test(arguments: 0..<300)
  func opensWithoutDisorder(seed: Int) {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    let closed = LayeredLayout(nodes: nodes, edges: edges)
    var random = SplitMix(seed: seed + 1)
    let sizes = nodes.map { node in
      guard Int.random(in: 0..<3, using: &random) == 0 else { return node.size }
      return Size(
        width: node.size.width + .random(in: 0...800, using: &random),
        height: node.size.height + .random(in: 0...500, using: &random))
    }
    let opened = closed.opened(sizes)
    #expect(opened.frames.map { Size(width: $0.width, height: $0.height) } == sizes, "seed \(seed)")
    LayoutChecks.framesAreApart(opened, "seed \(seed)")
    LayoutChecks.allIsInside(opened, "seed \(seed)")
    LayoutChecks.edgesArrive(opened, edges, "seed \(seed)")
    for (a, b) in zip(closed.frames.indices, closed.frames.indices.dropFirst())
    where closed.layers[a] == closed.layers[b] {
      #expect(
        (closed.frames[a].y < closed.frames[b].y) == (opened.frames[a].y < opened.frames[b].y),
        "seed \(seed): boxes \(a) and \(b) have changed places")
    }
  }

  @Test(arguments: 0..<50)
  func nothingOpensNothingMoves(seed: Int) {
    let (nodes, edges) = RandomGraph.make(seed: seed)
    let layout = LayeredLayout(nodes: nodes, edges: edges), again = layout.opened(nodes.map(\.size))
    for (a, b) in zip(layout.frames, again.frames) {
      #expect(abs(a.x - b.x) + abs(a.y - b.y) < 1e-6, "seed \(seed): \(a) moved to \(b)")
    }
  }

  @Test func roomIsMadeAtTheEnd() {
    let stretch = Stretch([
      .init(start: 10, end: 20, length: 30), .init(start: 15, end: 40, length: 25),
      .init(start: 50, end: 60, length: 5),
    ])
    #expect([0, 10, 19, 20, 30, 55, 100].map { stretch($0) } == [0, 10, 19, 40, 50, 75, 120])
  }
}
