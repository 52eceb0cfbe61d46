/// Phase 5: the positions of the boxes from left to right, and the lines.
///
/// Lines do not run across boxes: inside a layer, a line meets only its own vertex, and between layers there are no boxes.
struct EdgeRouting {
  private(set) var frames: [Rectangle] = []
  private(set) var routes: [LayeredLayout.Route] = []
  private(set) var size = Size(width: 0, height: 0)

  private let graph: LayeredGraph
  private let centers: [Double]
  private let spacing: LayeredLayout.Spacing
  /// The left and right sides of the layers.
  private(set) var sides: [(left: Double, right: Double)] = []
  private var layerOf: [Int]

  init(
    graph: LayeredGraph, nodes: [LayeredLayout.Node], edges: [LayeredLayout.Edge], centers: [Double],
    spacing: LayeredLayout.Spacing
  ) {
    self.graph = graph
    let top = centers.indices.map { centers[$0] - Self.reach(of: $0, nodes) }.min() ?? 0
    self.centers = centers.map { $0 - top }
    self.spacing = spacing
    layerOf = Array(repeating: 0, count: centers.count)
    for (layer, vertices) in graph.order.enumerated() { for vertex in vertices { layerOf[vertex] = layer } }
    placeLayers(nodes)
    placeNodes(nodes)
    for (node, trunk) in graph.trunks.sorted(by: { $0.key < $1.key }) { addTrunk(of: node, trunk) }
    addBranches(nodes, edges)
  }

  // MARK: Boxes

  private mutating func placeLayers(_ nodes: [LayeredLayout.Node]) {
    var left = 0.0
    for (layer, vertices) in graph.order.enumerated() {
      let width = vertices.map { graph.isDummy($0) ? 0 : nodes[$0].size.width }.max() ?? 0
      sides.append((left, left + width))
      left += width + gap(rightOf: layer)
    }
  }

  /// Returns the distance to the next layer, which is wider where edges climb far, so that they are not too steep.
  private func gap(rightOf layer: Int) -> Double {
    var climb = 0.0
    for vertex in graph.order[layer] {
      for output in graph.outputs[vertex] { climb = max(climb, abs(centers[output] - centers[vertex])) }
    }
    return min(max(spacing.layer, climb * 0.3), 3 * spacing.layer)
  }

  /// Places the boxes at the right side of their layer, so that all edges of a layer start in one line.
  private mutating func placeNodes(_ nodes: [LayeredLayout.Node]) {
    frames = nodes.enumerated().map { node, content in
      let right = sides[layerOf[node]].right, size = content.size
      return Rectangle(
        x: right - size.width, y: centers[node] - size.height / 2, width: size.width, height: size.height)
    }
    let bottom = centers.indices.map { centers[$0] + Self.reach(of: $0, nodes) }.max()
    size = Size(width: sides.last?.right ?? 0, height: bottom ?? 0)
  }

  /// Returns the distance from the centre of a vertex to its upper and lower sides.
  private static func reach(of vertex: Int, _ nodes: [LayeredLayout.Node]) -> Double {
    vertex < nodes.count ? nodes[vertex].size.height / 2 : 0
  }

  // MARK: Lines

  private mutating func addTrunk(of node: Int, _ trunk: [Int]) {
    var points = [Point(frames[node].maxX, centers[node])]
    for dummy in trunk {
      let (left, right) = sides[layerOf[dummy]]
      points.append(Point(left, centers[dummy]))
      if right > left { points.append(Point(right, centers[dummy])) }
    }
    routes.append(.init(source: node, edge: nil, target: nil, points: points))
  }

  private mutating func addBranches(_ nodes: [LayeredLayout.Node], _ edges: [LayeredLayout.Edge]) {
    var arriving = nodes.map { _ in [Int]() }
    for (index, edge) in edges.enumerated() { arriving[edge.to].append(index) }
    for node in nodes.indices {
      if !nodes[node].keepsInputOrder {
        arriving[node].sort { (startHeight($0), $0) < (startHeight($1), $1) }
      }
      addBranches(to: node, arriving[node], edges)
    }
  }

  private func startHeight(_ edge: Int) -> Double { centers[graph.branchPoints[edge]] }

  private mutating func addBranches(to node: Int, _ arriving: [Int], _ edges: [LayeredLayout.Edge]) {
    let frame = frames[node], count = Double(arriving.count)
    let port = min(spacing.port, frame.height * 0.7 / max(count - 1, 1))
    var twins: [Int: Int] = [:], drawn: [Int: Int] = [:]
    for edge in arriving { twins[edges[edge].from, default: 0] += 1 }
    for (place, edge) in arriving.enumerated() {
      let source = edges[edge].from, start = graph.branchPoints[edge]
      let offset = start == source ? parallelOffset(drawn[source, default: 0], of: twins[source]!, at: source) : 0
      drawn[source, default: 0] += 1
      let end = Point(frame.x, frame.midY + (Double(place) - (count - 1) / 2) * port)
      var points = [Point(sides[layerOf[start]].right, centers[start] + offset)]
      let left = sides[layerOf[node]].left
      // The widest box of a layer begins at the left side of the layer, up to rounding.
      if frame.x - left > 0.01 { points.append(Point(left, end.y)) }
      routes.append(.init(source: source, edge: edge, target: node, points: points + [end]))
    }
  }

  /// Returns the height at which one of several edges between the same two nodes starts, from the centre of the first node.
  private func parallelOffset(_ index: Int, of count: Int, at source: Int) -> Double {
    let distance = min(spacing.port, frames[source].height * 0.7 / Double(max(count - 1, 1)))
    return (Double(index) - Double(count - 1) / 2) * distance
  }
}
