import MicrogradEngine

/// The brackets inside of reductions that belong to one sample each, such as those of
/// `(loss₁ + penalty₁) + (loss₂ + penalty₂)`.
///
/// A sum over the samples may be added in any order; the terms of one sample are added as they were written. So these
/// links, which the pass `sums` absorbed, become sums of their own, and the passes from there on begin anew. A term
/// that is not in all samples, such as the score of the right class that cross-entropy subtracts, becomes a reduction
/// of its own.
///
/// Complexity: linear in the number of nodes and operands.
struct LaneBrackets {
  private let sums: FlattenedSums
  private let coloring: Coloring
  /// The lane that all varying terms of a node lie in.
  private let lanes: NodeTable<Int32>
  /// The number of links of each colour whose terms lie in one lane.
  private let links: NodeTable<Int32>
  private(set) var nodes: Set<Int32> = []

  init(_ sums: FlattenedSums, _ coloring: Coloring, _ lanes: Lanes) {
    self.sums = sums
    self.coloring = coloring
    self.lanes = Self.lanes(of: sums, lanes)
    links = NodeTable(repeating: 0, count: coloring.count)
    for node in 0..<Int32(sums.count) where sums.kinds[node] == .absorbed && self.lanes[node] >= 0 {
      links[coloring.colors[node]] += 1
    }
    for node in 0..<Int32(sums.count) where sums.kinds[node] == .sum && !lanes.isVarying(node) { find(in: node) }
  }

  private static func lanes(of sums: FlattenedSums, _ lanes: Lanes) -> NodeTable<Int32> {
    let none: Int32 = -1, several: Int32 = -2
    let lane = NodeTable(repeating: none, count: sums.count)
    for node in 0..<Int32(sums.count) {
      lane[node] = lanes.positions[node].lane
      guard sums.kinds[node] == .absorbed else { continue }
      for index in sums.operandIndices(of: node) {
        let other = lane[sums.operands.nodes[index]]
        if other != none { lane[node] = lane[node] == none || lane[node] == other ? other : several }
      }
    }
    return lane
  }

  /// Finds the outermost brackets of a reduction.
  private mutating func find(in reduction: Int32) {
    var waiting = [reduction]
    while let node = waiting.popLast() {
      if node != reduction && isBracket(node) {
        nodes.insert(node)
      } else {
        for index in sums.operandIndices(of: node) where sums.kinds[sums.operands.nodes[index]] == .absorbed {
          waiting.append(sums.operands.nodes[index])
        }
      }
    }
  }

  private func isBracket(_ link: Int32) -> Bool {
    guard lanes[link] >= 0, sums.operations[link] != .negate else { return false }
    let operands = sums.operandIndices(of: link).map { sums.operands.nodes[$0] }
    guard let varying = operands.first(where: { lanes[$0] >= 0 }) else { return false }
    let color = coloring.colors[varying]
    let samples = sums.kinds[varying] == .absorbed ? links[color] : coloring.sizes[Int(color)]
    return links[coloring.colors[link]] == samples
  }
}
