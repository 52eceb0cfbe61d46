/// Phase 4: the heights of the vertices, such that neighbours keep their distance and most edges are straight.
///
/// Each vertex is aligned with the median of its neighbours in the next layer, which gives chains ("blocks") that
/// become straight lines. The blocks are packed as tightly as possible. This is done four times, with the neighbours to
/// the left or to the right, and with the upper or the lower of two medians. The result is the mean of the middle two.
///
/// Source: Brandes and Köpf, *Fast and Simple Horizontal Coordinate Assignment*, Graph Drawing 2001, LNCS 2265
/// (there, layers lie above each other). The packing is by longest paths over the graph of blocks, which is free of
/// the mistake in the original that Brandes, Walter and Zink describe in 2020
/// ([arXiv:2008.01252](https://arxiv.org/abs/2008.01252)).
struct CoordinateAssignment {
  private let graph: LayeredGraph
  private let positions: [Int]
  /// Segments that no block may follow, since they cross a segment of a long edge, which should be straight.
  private let conflicts: Set<Segment>

  struct Segment: Hashable {
    var left: Int
    var right: Int
  }

  /// Returns the heights of the vertices' centres, from an arbitrary origin.
  static func centers(of graph: LayeredGraph) -> [Double] {
    guard !graph.heights.isEmpty else { return [] }
    let assignment = CoordinateAssignment(graph)
    var candidates: [[Double]] = []
    for rightward in [true, false] {
      for upward in [true, false] {
        candidates.append(assignment.centers(rightward: rightward, upward: upward))
      }
    }
    return balanced(candidates, heights: graph.heights)
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    positions = graph.positions()
    conflicts = Self.conflicts(in: graph, positions: positions)
  }

  // MARK: Conflicts

  private static func conflicts(in graph: LayeredGraph, positions: [Int]) -> Set<Segment> {
    var conflicts: Set<Segment> = []
    for layer in graph.order.dropFirst() {
      var start = 0, lowerBound = 0
      for (place, vertex) in layer.enumerated() {
        let partner = graph.isDummy(vertex) ? graph.inputs[vertex].first { graph.isDummy($0) } : nil
        guard partner != nil || place == layer.count - 1 else { continue }
        let upperBound = partner.map { positions[$0] } ?? Int.max
        for other in layer[start...place] {
          for left in graph.inputs[other] {
            let isInner = graph.isDummy(other) && graph.isDummy(left)
            if !isInner, positions[left] < lowerBound || positions[left] > upperBound {
              conflicts.insert(Segment(left: left, right: other))
            }
          }
        }
        (start, lowerBound) = (place + 1, partner.map { positions[$0] } ?? lowerBound)
      }
    }
    return conflicts
  }

  // MARK: One of the four

  /// `rightward`: vertices are aligned with those to the left. `upward`: the upper of two medians is preferred, and
  /// blocks are packed towards the top.
  private func centers(rightward: Bool, upward: Bool) -> [Double] {
    var order = rightward ? graph.order : graph.order.reversed()
    if !upward { order = order.map { $0.reversed() } }
    let roots = alignedRoots(order, rightward: rightward, upward: upward)
    let centers = packed(order, roots: roots)
    return upward ? centers : centers.map { -$0 }
  }

  /// Returns the first vertex of each vertex's block.
  private func alignedRoots(_ order: [[Int]], rightward: Bool, upward: Bool) -> [Int] {
    let neighbors = rightward ? graph.inputs : graph.outputs
    var roots = Array(positions.indices)
    func place(_ vertex: Int) -> Int { upward ? positions[vertex] : -positions[vertex] }
    for layer in order {
      var last = Int.min
      for vertex in layer {
        let near = neighbors[vertex].sorted { place($0) < place($1) }
        guard !near.isEmpty else { continue }
        for median in near[((near.count - 1) / 2)...(near.count / 2)] {
          let segment =
            rightward ? Segment(left: median, right: vertex) : Segment(left: vertex, right: median)
          guard place(median) > last, !conflicts.contains(segment) else { continue }
          roots[vertex] = roots[median]
          last = place(median)
          break
        }
      }
    }
    return roots
  }

  /// Packs the blocks: first each as far up as those above it allow, then down to those below it, so that no block stays
  /// far up without need.
  private func packed(_ order: [[Int]], roots: [Int]) -> [Double] {
    var below: [[(block: Int, distance: Double)]] = roots.map { _ in [] }, waiting = roots.map { _ in 0 }
    for layer in order {
      for (upper, lower) in zip(layer, layer.dropFirst()) {
        let distance = (graph.heights[upper] + graph.heights[lower]) / 2
        below[roots[upper]].append((roots[lower], distance))
        waiting[roots[lower]] += 1
      }
    }
    var centers = roots.map { _ in 0.0 }
    var sorted = roots.indices.filter { roots[$0] == $0 && waiting[$0] == 0 }, next = 0
    while next < sorted.count {
      let block = sorted[next]
      for (other, distance) in below[block] {
        centers[other] = max(centers[other], centers[block] + distance)
        waiting[other] -= 1
        if waiting[other] == 0 { sorted.append(other) }
      }
      next += 1
    }
    for block in sorted.reversed() {
      let limit = below[block].map { centers[$0.block] - $0.distance }.min()
      if let limit { centers[block] = max(centers[block], limit) }
    }
    return roots.map { centers[$0] }
  }

  // MARK: The mean

  static func balanced(_ candidates: [[Double]], heights: [Double]) -> [Double] {
    func bounds(_ centers: [Double]) -> (top: Double, bottom: Double) {
      var top = Double.infinity, bottom = -Double.infinity
      for (center, height) in zip(centers, heights) {
        top = min(top, center - height / 2)
        bottom = max(bottom, center + height / 2)
      }
      return (top, bottom)
    }
    let all = candidates.map(bounds)
    let narrowest = all.min { $0.bottom - $0.top < $1.bottom - $1.top }!
    // The candidates come in pairs: packed towards the top, and towards the bottom.
    let shifts = all.enumerated().map { index, bounds in
      index % 2 == 0 ? narrowest.top - bounds.top : narrowest.bottom - bounds.bottom
    }
    return heights.indices.map { vertex in
      let four = candidates.indices.map { candidates[$0][vertex] + shifts[$0] }.sorted()
      return (four[1] + four[2]) / 2
    }
  }
}
