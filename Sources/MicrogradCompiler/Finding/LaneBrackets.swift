import MicrogradEngine

/// The brackets inside of reductions that belong to one sample each, such as those of
/// `(loss₁ + penalty₁) + (loss₂ + penalty₂)`.
///
/// A sum over the samples may be added in any order; the terms of one sample are added as they were written. So these
/// links, which the pass `sums` absorbed, become sums of their own, and the passes from there on begin anew. A term
/// that is not in all samples, such as the score of the right class that cross-entropy subtracts, becomes a reduction
/// of its own.
///
/// Complexity: linear in the number of links of reductions, after a look at each node.
struct LaneBrackets {
  /// The outermost brackets.
  private(set) var nodes: Set<Int32> = []

  private let sums: FlattenedSums
  private let coloring: Coloring
  private let lanes: Lanes
  /// The links of all reductions, each before those inside of it.
  private var links: [Link] = []
  /// The number of links of each colour whose terms lie in one lane.
  private var counts: [Int32: Int32] = [:]

  private struct Link {
    let node: Int32
    /// The positions of other links in the list; -1 for none.
    let outer: Int32
    var inner = Pair()
    /// The lane that all varying terms lie in.
    var lane: Int32 = LaneBrackets.none
    /// Whether it is a bracket, or inside of one.
    var isFound = false
  }
  /// A number for each operand.
  private struct Pair {
    private var left: Int32 = -1, right: Int32 = -1
    subscript(side: Int) -> Int32 {
      get { side == 0 ? left : right }
      set { if side == 0 { left = newValue } else { right = newValue } }
    }
  }
  private static let none: Int32 = -1, several: Int32 = -2

  init(_ sums: FlattenedSums, _ coloring: Coloring, _ lanes: Lanes) {
    self.sums = sums
    self.coloring = coloring
    self.lanes = lanes
    for node in 0..<Int32(sums.count) where sums.kinds[node] == .sum && !lanes.isVarying(node) { collect(in: node) }
    for index in links.indices.reversed() { findLane(of: index) }
    for link in links where link.lane >= 0 { counts[coloring.colors[link.node], default: 0] += 1 }
    for index in links.indices { find(index) }
  }

  private mutating func collect(in reduction: Int32) {
    var waiting = operands(of: reduction).reversed().map { (node: $0, outer: Int32(-1), side: 0) }
    while let (node, outer, side) = waiting.popLast() {
      guard sums.kinds[node] == .absorbed else { continue }
      let index = Int32(links.count)
      if outer >= 0 { links[Int(outer)].inner[side] = index }
      links.append(Link(node: node, outer: outer))
      for (side, operand) in operands(of: node).enumerated().reversed() { waiting.append((operand, index, side)) }
    }
  }

  private func operands(of node: Int32) -> [Int32] { sums.operandIndices(of: node).map { sums.operands.nodes[$0] } }

  /// Finds the lane of a link, those inside of it having theirs.
  private mutating func findLane(of index: Int) {
    var lane = LaneBrackets.none
    for (side, operand) in operands(of: links[index].node).enumerated() {
      let other = self.lane(of: operand, links[index].inner[side])
      if other != LaneBrackets.none {
        lane = lane == LaneBrackets.none || lane == other ? other : LaneBrackets.several
      }
    }
    links[index].lane = lane
  }

  /// The lane of an operand, which is a link itself if `inner` is not -1.
  private func lane(of operand: Int32, _ inner: Int32) -> Int32 {
    inner < 0 ? lanes.lane(of: operand) : links[Int(inner)].lane
  }

  private mutating func find(_ index: Int) {
    let outer = links[index].outer
    if outer >= 0 && links[Int(outer)].isFound {
      links[index].isFound = true
    } else if isBracket(links[index]) {
      links[index].isFound = true
      nodes.insert(links[index].node)
    }
  }

  private func isBracket(_ link: Link) -> Bool {
    guard link.lane >= 0, sums.operations[link.node] != .negate else { return false }
    for (side, operand) in operands(of: link.node).enumerated() where lane(of: operand, link.inner[side]) >= 0 {
      let color = coloring.colors[operand]
      let samples = link.inner[side] < 0 ? coloring.size(of: color) : counts[color] ?? 0
      // What occurs once is the beginning of a running total: `(0 + a₁) + b₁`, before `+ a₂ + b₂`.
      return samples > 1 && counts[coloring.colors[link.node]] == samples
    }
    return false
  }
}
