import MicrogradEngine

/// The pass `lanes`: nodes that are copies of each other, one for each sample.
///
/// A node varies if its colour occurs more than once, or if it uses one that varies. A sum that occurs once and adds
/// up varying nodes of one colour is a *reduction*: the mean loss of a batch, usually. Cut at the reductions, the
/// varying nodes fall apart into connected pieces, and the pieces are the samples, in whichever order they were
/// recorded. Pieces that share a colour get different lanes; pieces that share none (the regularisation recorded for
/// each sample, a second batch through another net) may lie in the same ones. A *slot* is a position in the code of a
/// lane: a colour and, if a sample uses the same code several times, a count.
///
/// Complexity: nearly linear (union-find).
struct Lanes {
  /// The slot and the lane of a node, both -1 for one that is uniform.
  struct Position: BitwiseCopyable, Equatable {
    var slot: Int32 = -1
    var lane: Int32 = -1
  }

  let positions: NodeTable<Position>
  private(set) var laneCount = 0
  private(set) var slotCount = 0
  /// The node of slot s in lane l is `members[s * laneCount + l]`; -1 where a lane has no such node.
  private(set) var members: [Int32] = []

  /// - Parameter isSumOfOutputs: Whether the root adds up the outputs of a function, which then say what varies.
  init(_ sums: FlattenedSums, _ coloring: Coloring, isSumOfOutputs: Bool = false) throws(Refusal) {
    positions = NodeTable(repeating: Position(), count: sums.count)
    let pieces = Pieces(count: sums.count)
    findVaryingNodes(sums, coloring, pieces, isSumOfOutputs ? OutputsOfNodes(sums, coloring) : nil)
    assignLanes(sums, coloring, pieces)
    guard laneCount > 1 else {
      throw Refusal("nothing in it was computed twice in the same way: there are no samples")
    }
    try assignSlots(sums, coloring)
  }

  @inline(__always) func isVarying(_ node: Int32) -> Bool { positions[node].lane >= 0 }

  func members(of slot: Int32) -> ArraySlice<Int32> { members[Int(slot) * laneCount..<(Int(slot) + 1) * laneCount] }

  // MARK: Pieces

  /// Marks varying nodes by lane 0, and unites those that are connected.
  private func findVaryingNodes(
    _ sums: FlattenedSums, _ coloring: Coloring, _ pieces: Pieces, _ outputs: OutputsOfNodes?
  ) {
    let occurrences = NodeTable<Int32>(repeating: 0, count: coloring.count)
    for node in 0..<Int32(sums.count) {
      let kind = sums.kinds[node], color = Int(coloring.colors[node])
      if kind == .absorbed || kind == .leaf || coloring.isPure[color] { continue }
      let terms = sums.terms(of: node), size = coloring.sizes[color]
      let isUnique = outputs?.isUniform(node, occurring: size) ?? (size == 1)
      if isUnique && kind == .sum && addsUpCopies(terms, sums, coloring, occurrences) { continue }
      var isVarying = !isUnique
      for term in terms where self.isVarying(sums.terms[term].node) {
        isVarying = true
        pieces.unite(node, sums.terms[term].node)
      }
      if isVarying { positions[node].lane = 0 }
    }
  }

  /// Whether two varying terms have the same colour.
  private func addsUpCopies(
    _ terms: Range<Int>, _ sums: FlattenedSums, _ coloring: Coloring, _ occurrences: NodeTable<Int32>
  ) -> Bool {
    var isRepeated = false
    for term in terms where isVarying(sums.terms[term].node) {
      let color = coloring.colors[sums.terms[term].node]
      occurrences[color] += 1
      isRepeated = isRepeated || occurrences[color] > 1
    }
    for term in terms { occurrences[coloring.colors[sums.terms[term].node]] = 0 }
    return isRepeated
  }

  private mutating func assignLanes(_ sums: FlattenedSums, _ coloring: Coloring, _ pieces: Pieces) {
    // Pieces that share a colour form a family.
    let families = Pieces(count: sums.count), firstOfColor = NodeTable<Int32>(repeating: -1, count: coloring.count)
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let color = coloring.colors[node], piece = pieces.root(of: node)
      if firstOfColor[color] < 0 { firstOfColor[color] = piece } else { families.unite(firstOfColor[color], piece) }
    }
    let nextLane = NodeTable<Int32>(repeating: 0, count: sums.count)
    let laneOfPiece = NodeTable<Int32>(repeating: -1, count: sums.count)
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let piece = pieces.root(of: node)
      if laneOfPiece[piece] < 0 {
        let family = families.root(of: piece)
        laneOfPiece[piece] = nextLane[family]
        nextLane[family] += 1
        laneCount = max(laneCount, Int(nextLane[family]))
      }
      positions[node].lane = laneOfPiece[piece]
    }
  }

  // MARK: Slots

  private mutating func assignSlots(_ sums: FlattenedSums, _ coloring: Coloring) throws(Refusal) {
    let current = NodeTable<(lane: Int32, count: Int32)>(repeating: (-1, 0), count: coloring.count)
    let firstSlots = NodeTable<Int32>(repeating: -1, count: coloring.count)
    var laterSlots: [UInt64: Int32] = [:]
    let limit = 16 * sums.count + 1 << 20
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let color = Int(coloring.colors[node]), lane = positions[node].lane
      var count = current[color].lane == lane ? current[color].count + 1 : 0, index = -1
      // Skips slots that the lane filled before nodes of other lanes came.
      repeat {
        let key = UInt64(color) << 32 | UInt64(count)
        var slot = count == 0 ? firstSlots[color] : laterSlots[key] ?? -1
        if slot < 0 {
          slot = Int32(slotCount)
          slotCount += 1
          if count == 0 { firstSlots[color] = slot } else { laterSlots[key] = slot }
          guard slotCount * laneCount <= limit else {
            throw Refusal("its \(laneCount) samples have hardly any operation in common")
          }
          members.append(contentsOf: repeatElement(-1, count: laneCount))
        }
        index = Int(slot) * laneCount + Int(lane)
        positions[node].slot = slot
        current[color] = (lane, count)
        count += 1
      } while members[index] >= 0
      members[index] = node
    }
  }
}

/// Disjoint sets of nodes (union-find with path halving). The root of a set is its first node.
private struct Pieces {
  private let parents: NodeTable<Int32>

  init(count: Int) { parents = NodeTable(0..<Int32(count)) }

  func root(of node: Int32) -> Int32 {
    var node = node
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }

  func unite(_ first: Int32, _ second: Int32) {
    let a = root(of: first), b = root(of: second)
    if a < b { parents[b] = a } else { parents[a] = b }
  }
}
