/// Phase 3: the order within the layers, such that few edges cross.
///
/// It starts with the order of a walk from the results to their operands, in which trees have no crossings. Then each
/// layer is sorted again and again by the mean positions of its neighbours to the left or to the right (the barycenter
/// method), and adjacent vertices are swapped where that helps. The best order is kept.
struct CrossingReduction {
  /// The number of sweeps without improvement before the search ends.
  private static let patience = 4
  private static let maximalSweeps = 24
  /// The limit of the segments between layers times the sweeps, which takes some tenths of a second.
  private static let effort = 1_000_000

  private var graph: LayeredGraph
  private var positions: [Int]

  static func reorder(_ graph: inout LayeredGraph) {
    var reduction = CrossingReduction(graph)
    reduction.run()
    graph.order = reduction.graph.order
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    self.graph.order = Self.depthFirstOrder(graph)
    positions = self.graph.positions()
  }

  private mutating func run() {
    let segments = graph.inputs.reduce(0) { $0 + $1.count }
    let sweeps = min(Self.maximalSweeps, Self.effort / max(segments, 1))
    var best = graph.order, fewest = crossings(), disappointments = 0
    for sweep in 0..<sweeps where fewest > 0 && disappointments < Self.patience {
      sortLayers(rightward: sweep % 2 == 1)
      exchangeNeighbors()
      let count = crossings()
      disappointments = count < fewest ? 0 : disappointments + 1
      if count < fewest { (best, fewest) = (graph.order, count) }
    }
    graph.order = best
  }

  // MARK: Start

  /// Returns the layers in the order of a walk from the results to their operands.
  private static func depthFirstOrder(_ graph: LayeredGraph) -> [[Int]] {
    var layerOf = Array(repeating: 0, count: graph.heights.count)
    for (layer, vertices) in graph.order.enumerated() { for vertex in vertices { layerOf[vertex] = layer } }

    var order = graph.order.map { _ in [Int]() }, seen = layerOf.map { _ in false }
    for root in graph.order.reversed().joined() {
      var waiting = [root]
      while let vertex = waiting.popLast() {
        guard !seen[vertex] else { continue }
        seen[vertex] = true
        order[layerOf[vertex]].append(vertex)
        waiting.append(contentsOf: graph.inputs[vertex].reversed())
      }
    }
    return order
  }

  // MARK: Sweeps

  private mutating func sortLayers(rightward: Bool) {
    let layers = graph.order.indices
    for layer in rightward ? Array(layers) : layers.reversed() {
      sort(layer, by: rightward ? graph.inputs : graph.outputs)
    }
  }

  /// Sorts the vertices that have neighbours; the others stay where they are.
  private mutating func sort(_ layer: Int, by neighbors: [[Int]]) {
    let vertices = graph.order[layer]
    let places = vertices.indices.filter { !neighbors[vertices[$0]].isEmpty }
    let sorted = places.map { place in
      let near = neighbors[vertices[place]]
      return (
        vertex: vertices[place], mean: Double(near.reduce(0) { $0 + positions[$1] }) / Double(near.count),
        place
      )
    }.sorted { ($0.mean, $0.2) < ($1.mean, $1.2) }
    for (place, entry) in zip(places, sorted) {
      graph.order[layer][place] = entry.vertex
      positions[entry.vertex] = place
    }
  }

  /// Swaps adjacent vertices of a layer where that removes crossings.
  private mutating func exchangeNeighbors() {
    for layer in graph.order.indices {
      for place in graph.order[layer].indices.dropLast() {
        let upper = graph.order[layer][place], lower = graph.order[layer][place + 1]
        let now = crossings(upper, lower), then = crossings(lower, upper)
        guard then < now else { continue }
        graph.order[layer].swapAt(place, place + 1)
        positions.swapAt(upper, lower)
      }
    }
  }

  // MARK: Counting

  /// Returns the number of crossings between the edges of two adjacent vertices of a layer.
  private func crossings(_ upper: Int, _ lower: Int) -> Int {
    inversions(graph.inputs[upper], graph.inputs[lower])
      + inversions(graph.outputs[upper], graph.outputs[lower])
  }

  private func inversions(_ upper: [Int], _ lower: [Int]) -> Int {
    // If both have hundreds of neighbours, an exact answer is not worth the time.
    guard !upper.isEmpty, !lower.isEmpty, upper.count * lower.count <= 4096 else { return 0 }
    return upper.reduce(0) { sum, u in sum + lower.count { positions[$0] < positions[u] } }
  }

  /// Returns the number of crossings between all adjacent layers.
  private func crossings() -> Int {
    graph.order.indices.dropLast().reduce(0) { $0 + crossings(rightOf: $1) }
  }

  /// Counts inversions with a Fenwick tree over the positions in the layer to the right, in O(segments · log(positions)).
  private func crossings(rightOf layer: Int) -> Int {
    let count = graph.order[layer + 1].count
    var tree = Array(repeating: 0, count: count + 1), total = 0, crossings = 0
    for vertex in graph.order[layer] {
      let places = graph.outputs[vertex].map { positions[$0] }
      for place in places {
        var before = 0, index = place + 1
        while index > 0 {
          before += tree[index]
          index &= index - 1
        }
        crossings += total - before
      }
      for place in places {
        var index = place + 1
        while index <= count {
          tree[index] += 1
          index += index & -index
        }
      }
      total += places.count
    }
    return crossings
  }
}
