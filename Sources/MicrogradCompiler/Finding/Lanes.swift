import MicrogradEngine

/// Pass 3, lanes: which nodes are copies of each other, one for each sample.
///
/// A node varies if its colour occurs more than once, or if it uses one that varies. A sum that occurs once and adds up
/// varying nodes of one colour is a *reduction*: the mean loss of a batch, usually. Cut at the reductions, the varying nodes
/// fall apart into connected pieces, and the pieces are the samples, whatever order they were recorded in. Pieces that
/// share a colour get different lanes; pieces that share none (the regularisation recorded for each sample, a second
/// batch through another net) may lie in the same ones. A *slot* is a place in the code of a lane: a colour and,
/// if a sample uses the same code several times, a count.
///
/// Complexity: nearly linear (union-find).
struct Lanes {
  /// The lane of each node; -1 for one that is the same for all samples.
  private(set) var lanes: [Int32]
  /// The slot of each varying node.
  private(set) var slots: [Int32]
  private(set) var laneCount = 0
  private(set) var slotCount = 0
  /// The node of slot s in lane l is `members[s * laneCount + l]`; -1 where a lane has no such node.
  private(set) var members: [Int32] = []

  init(_ sums: FlattenedSums, _ coloring: Coloring) throws(Refusal) {
    lanes = Array(repeating: -1, count: sums.count)
    slots = lanes
    var pieces = Pieces(count: sums.count)
    findVaryingNodes(sums, coloring, &pieces)
    assignLanes(sums, coloring, &pieces)
    guard laneCount > 1 else {
      throw Refusal("nothing in it was computed twice in the same way: there are no samples")
    }
    try assignSlots(sums, coloring)
  }

  func isVarying(_ node: Int32) -> Bool { lanes[Int(node)] >= 0 }

  func members(of slot: Int32) -> ArraySlice<Int32> { members[Int(slot) * laneCount..<(Int(slot) + 1) * laneCount] }

  // MARK: Pieces

  /// Marks varying nodes by lane 0, and unites those that are connected.
  private mutating func findVaryingNodes(_ sums: FlattenedSums, _ coloring: Coloring, _ pieces: inout Pieces) {
    var occurrences = [Int32](repeating: 0, count: coloring.count)
    for node in 0..<Int32(sums.count) {
      let kind = sums.kinds[Int(node)], color = Int(coloring.colors[Int(node)])
      if kind == .absorbed || kind == .leaf || coloring.isPure[color] { continue }
      let places = sums.terms(of: node), isUnique = coloring.sizes[color] == 1
      if isUnique && kind == .sum && addsUpCopies(places, sums, coloring, &occurrences) { continue }
      let usesVarying = places.contains { isVarying(sums.terms[$0].node) }
      guard !isUnique || usesVarying else { continue }
      lanes[Int(node)] = 0
      guard usesVarying else { continue }
      for place in places where isVarying(sums.terms[place].node) { pieces.unite(node, sums.terms[place].node) }
    }
  }

  /// Whether two varying terms have the same colour.
  private func addsUpCopies(
    _ places: Range<Int>, _ sums: FlattenedSums, _ coloring: Coloring, _ occurrences: inout [Int32]
  ) -> Bool {
    var isRepeated = false
    for place in places where isVarying(sums.terms[place].node) {
      let color = Int(coloring.colors[Int(sums.terms[place].node)])
      occurrences[color] += 1
      isRepeated = isRepeated || occurrences[color] > 1
    }
    for place in places { occurrences[Int(coloring.colors[Int(sums.terms[place].node)])] = 0 }
    return isRepeated
  }

  private mutating func assignLanes(_ sums: FlattenedSums, _ coloring: Coloring, _ pieces: inout Pieces) {
    // Pieces that share a colour are of one family.
    var families = Pieces(count: sums.count)
    var firstOfColor = [Int32](repeating: -1, count: coloring.count)
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let color = Int(coloring.colors[Int(node)]), piece = pieces.root(of: node)
      if firstOfColor[color] < 0 { firstOfColor[color] = piece } else { families.unite(firstOfColor[color], piece) }
    }
    var nextLane = [Int32](repeating: 0, count: sums.count), laneOfPiece = [Int32](repeating: -1, count: sums.count)
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let piece = Int(pieces.root(of: node))
      if laneOfPiece[piece] < 0 {
        let family = Int(families.root(of: Int32(piece)))
        laneOfPiece[piece] = nextLane[family]
        nextLane[family] += 1
        laneCount = max(laneCount, Int(nextLane[family]))
      }
      lanes[Int(node)] = laneOfPiece[piece]
    }
  }

  // MARK: Slots

  private mutating func assignSlots(_ sums: FlattenedSums, _ coloring: Coloring) throws(Refusal) {
    var current = [(lane: Int32, count: Int32)](repeating: (-1, 0), count: coloring.count)
    var firstSlots = [Int32](repeating: -1, count: coloring.count)
    var laterSlots: [UInt64: Int32] = [:]
    let limit = 16 * sums.count + 1 << 20
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let color = Int(coloring.colors[Int(node)]), lane = lanes[Int(node)]
      var count = current[color].lane == lane ? current[color].count + 1 : 0, place = -1
      // Taken ones are passed over: those of the lane before other lanes' came.
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
        place = Int(slot) * laneCount + Int(lane)
        slots[Int(node)] = slot
        current[color] = (lane, count)
        count += 1
      } while members[place] >= 0
      members[place] = node
    }
  }
}

/// Disjoint sets of nodes (union-find with path halving). The root of a set is its first node.
private struct Pieces {
  private var parents: [Int32]

  init(count: Int) { parents = Array(0..<Int32(count)) }

  mutating func root(of node: Int32) -> Int32 {
    var node = node
    while parents[Int(node)] != node {
      parents[Int(node)] = parents[Int(parents[Int(node)])]
      node = parents[Int(node)]
    }
    return node
  }

  mutating func unite(_ first: Int32, _ second: Int32) {
    let a = root(of: first), b = root(of: second)
    if a < b { parents[Int(b)] = a } else { parents[Int(a)] = b }
  }
}
