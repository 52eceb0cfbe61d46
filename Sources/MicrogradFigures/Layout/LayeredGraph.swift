/// Phase 2: the graph with its long edges broken at every layer, so that all edges join neighbouring layers.
///
/// Vertices are the nodes, by their positions, and after them the dummies.
struct LayeredGraph {
  /// The greatest number of dummies. Beyond it the longest edges get none, and may run across boxes.
  private static let dummyLimit = 50_000

  let nodeCount: Int
  /// The vertices of each layer, from top to bottom.
  var order: [[Int]] = []
  /// The height of each vertex, with half of the distance to each neighbour.
  private(set) var heights: [Double]
  /// The neighbours of each vertex in the layer to the left.
  private(set) var inputs: [[Int]]
  /// The neighbours of each vertex in the layer to the right.
  private(set) var outputs: [[Int]]
  /// The dummies of each node's trunk, from left to right.
  private(set) var trunks: [Int: [Int]] = [:]
  /// The vertex at which each edge begins: its node, or the dummy where it leaves the trunk.
  private(set) var branchPoints: [Int]

  init(
    nodes: [LayeredLayout.Node], edges: [LayeredLayout.Edge], layers: [Int], spacing: LayeredLayout.Spacing
  ) {
    nodeCount = nodes.count
    order = Array(repeating: [], count: (layers.max() ?? -1) + 1)
    for (node, layer) in layers.enumerated() { order[layer].append(node) }
    heights = nodes.map { $0.size.height + spacing.node }
    inputs = Array(repeating: [], count: nodes.count)
    outputs = inputs
    branchPoints = edges.map { $0.from }

    let span = edges.map { layers[$0.to] - layers[$0.from] }
    let limit = Self.longestRoutedSpan(edges: edges, span: span, nodeCount: nodes.count)
    for (index, edge) in edges.enumerated() where span[index] <= limit {
      while trunks[edge.from, default: []].count < span[index] - 1 {
        extendTrunk(of: edge.from, layer: layers[edge.from], height: spacing.edge)
      }
      if span[index] > 1 { branchPoints[index] = trunks[edge.from]![span[index] - 2] }
      connect(branchPoints[index], edge.to)
    }
  }

  func isDummy(_ vertex: Int) -> Bool { vertex >= nodeCount }

  /// Returns the positions of the vertices in their layers.
  func positions() -> [Int] {
    var positions = Array(repeating: 0, count: heights.count)
    for layer in order {
      for (position, vertex) in layer.enumerated() { positions[vertex] = position }
    }
    return positions
  }

  private mutating func extendTrunk(of node: Int, layer: Int, height: Double) {
    let dummy = heights.count, length = trunks[node]?.count ?? 0
    heights.append(height)
    inputs.append([])
    outputs.append([])
    order[layer + length + 1].append(dummy)
    connect(trunks[node]?.last ?? node, dummy)
    trunks[node, default: []].append(dummy)
  }

  private mutating func connect(_ left: Int, _ right: Int) {
    outputs[left].append(right)
    inputs[right].append(left)
  }

  /// Returns the span up to which edges get dummies, so that there are not too many.
  private static func longestRoutedSpan(edges: [LayeredLayout.Edge], span: [Int], nodeCount: Int) -> Int {
    var limit = span.max() ?? 0
    func dummies(_ limit: Int) -> Int {
      var trunk = Array(repeating: 0, count: nodeCount)
      for (edge, span) in zip(edges, span) where span <= limit {
        trunk[edge.from] = max(trunk[edge.from], span - 1)
      }
      return trunk.reduce(0, +)
    }
    while dummies(limit) > dummyLimit { limit /= 2 }
    return limit
  }
}
