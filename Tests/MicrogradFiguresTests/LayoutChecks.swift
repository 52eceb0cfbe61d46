import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// Graphs of many kinds: sparse and dense, with shared leaves, multiple edges and boxes of all sizes.
enum RandomGraph {
  static func make(seed: Int) -> (nodes: [LayeredLayout.Node], edges: [LayeredLayout.Edge]) {
    var random = SplitMix(seed: seed)
    let count = Int.random(in: 1...60, using: &random), leaves = Int.random(in: 1...count, using: &random)
    let reach = Int.random(in: 1...count, using: &random),
      mostOperands = Int.random(in: 1...4, using: &random)
    let nodes = (0..<count).map { _ in
      LayeredLayout.Node(
        size: Size(
          width: .random(in: 10...200, using: &random), height: .random(in: 10...60, using: &random)),
        keepsInputOrder: Bool.random(using: &random))
    }
    let edges = (leaves..<count).flatMap { node in
      (0..<Int.random(in: 1...mostOperands, using: &random)).map { _ in
        LayeredLayout.Edge(from: Int.random(in: max(0, node - reach)..<node, using: &random), to: node)
      }
    }
    return (nodes, edges)
  }
}

enum LayoutChecks {
  static let tolerance = 1e-6

  static func framesAreApart(_ layout: LayeredLayout, _ name: String) {
    let spacing = LayeredLayout.Spacing(), frames = layout.frames
    for (i, a) in frames.enumerated() {
      for (j, b) in frames.enumerated().dropFirst(i + 1) {
        let horizontal = max(a.x, b.x) - min(a.maxX, b.maxX), vertical = max(a.y, b.y) - min(a.maxY, b.maxY)
        if horizontal < spacing.layer - tolerance && vertical < spacing.node - tolerance {
          Issue.record("\(name): boxes \(i) and \(j) are too near: \(a) \(b)")
        }
      }
    }
  }

  static func allIsInside(_ layout: LayeredLayout, _ name: String) {
    let points =
      layout.frames.flatMap { [Point($0.x, $0.y), Point($0.maxX, $0.maxY)] } + layout.routes.flatMap(\.points)
    for point in points
    where min(point.x, point.y) < -tolerance || point.x > layout.size.width + tolerance
      || point.y > layout.size.height + tolerance
    {
      Issue.record("\(name): \(point) outside \(layout.size)")
    }
  }

  /// Every edge has one line, that begins at its source or on its trunk, runs to the right, and ends at its target.
  static func edgesArrive(_ layout: LayeredLayout, _ edges: [LayeredLayout.Edge], _ name: String) {
    var trunks: [Int: [Point]] = [:]
    for route in layout.routes {
      for (a, b) in zip(route.points, route.points.dropFirst()) where b.x <= a.x {
        Issue.record("\(name): \(route) runs backwards")
      }
      if route.edge == nil { trunks[route.source] = route.points }
    }
    var lines = Array(repeating: 0, count: edges.count)
    for route in layout.routes {
      guard let edge = route.edge else { continue }
      lines[edge] += 1
      let start = route.points[0], end = route.points[route.points.count - 1]
      let source = layout.frames[edges[edge].from], target = layout.frames[edges[edge].to]
      let startsAtSource =
        abs(start.x - source.maxX) < tolerance && start.y > source.y && start.y < source.maxY
      let startsOnTrunk = trunks[edges[edge].from]?.contains(start) ?? false
      if !startsAtSource && !startsOnTrunk { Issue.record("\(name): \(route) starts nowhere") }
      if end.x != target.x || end.y <= target.y || end.y >= target.maxY {
        Issue.record("\(name): \(route) misses \(target)")
      }
    }
    #expect(lines.allSatisfy { $0 == 1 }, "\(name): lines per edge: \(lines)")
  }

  /// No line touches a box, other than at its ends.
  static func linesKeepOffBoxes(_ layout: LayeredLayout, _ edges: [LayeredLayout.Edge], _ name: String) {
    for route in layout.routes {
      for (start, end) in zip(route.points, route.points.dropFirst()) {
        let near = layout.frames.filter { $0.x < end.x && $0.maxX > start.x }
        for step in 1..<24 where !near.isEmpty {
          let point = sCurve(start, end, Double(step) / 24)
          for box in near
          where point.x > box.x + tolerance && point.x < box.maxX && point.y > box.y && point.y < box.maxY {
            Issue.record("\(name): \(route) runs across \(box)")
          }
        }
      }
    }
  }

  /// A point of the Bézier curve that is drawn between two points of a route.
  private static func sCurve(_ a: Point, _ b: Point, _ t: Double) -> Point {
    let middle = (a.x + b.x) / 2, s = 1 - t
    return Point(
      s * s * s * a.x + 3 * s * t * middle + t * t * t * b.x,
      (s * s * s + 3 * s * s * t) * a.y + (3 * s * t * t + t * t * t) * b.y)
  }

  /// Crossings, counted pair by pair.
  static func crossings(_ graph: LayeredGraph) -> Int {
    let positions = graph.positions()
    return graph.order.reduce(0) { total, layer in
      let segments = layer.flatMap { left in graph.outputs[left].map { (positions[left], positions[$0]) } }
      return segments.enumerated().reduce(total) { total, item in
        let (a, b) = item.element
        return total + segments.dropFirst(item.offset + 1).count { (a - $0.0) * (b - $0.1) < 0 }
      }
    }
  }
}
