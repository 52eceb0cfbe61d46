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
  /// The lane and the slot of each node; -1 for one that is uniform.
  private let lanes: NodeTable<Int32>
  private let slots: NodeTable<Int32>
  private(set) var laneCount = 0
  private(set) var slotCount = 0
  /// The number of nodes that vary.
  private var nodeCount = 0
  /// The node of slot s in lane l is `members[s * laneCount + l]`; -1 where a lane has no such node.
  private(set) var members: [Int32] = []
  /// Whether a lane has several nodes of one colour, which their order tells apart.
  private(set) var dependOnOrder = false

  /// - Parameter isSumOfOutputs: Whether the root adds up the outputs of a function, which then say what varies.
  init(_ sums: FlattenedSums, _ coloring: Coloring, isSumOfOutputs: Bool = false) throws(Refusal) {
    let outputs = isSumOfOutputs ? OutputsOfNodes(sums, coloring) : nil
    let pieces = Lanes.piecesOfVaryingNodes(sums, coloring, outputs)
    lanes = pieces.table
    slots = NodeTable(repeating: -1, count: sums.count)
    assignLanes(coloring, pieces)
    guard laneCount > 1 else { throw Refusal.noSamples }
    try assignSlots(sums, coloring)
  }

  @inline(__always) func isVarying(_ node: Int32) -> Bool { lanes[node] >= 0 }

  /// The lane of a node; -1 if it is uniform.
  @inline(__always) func lane(of node: Int32) -> Int32 { lanes[node] }

  /// The slot of a node; -1 if it is uniform.
  @inline(__always) func slot(of node: Int32) -> Int32 { slots[node] }

  func members(of slot: Int32) -> ArraySlice<Int32> { members[Int(slot) * laneCount..<(Int(slot) + 1) * laneCount] }

  // MARK: Pieces

  /// The varying nodes, those united that are connected.
  private static func piecesOfVaryingNodes(
    _ sums: FlattenedSums, _ coloring: Coloring, _ outputs: OutputsOfNodes?
  ) -> Pieces {
    let pieces = Pieces(count: sums.count)
    let occurrences = NodeTable<Int32>(repeating: 0, count: coloring.count)
    for node in 0..<Int32(sums.count) {
      let kind = sums.kinds[node], color = coloring.colors[node]
      if kind == .absorbed || kind == .leaf || coloring.isPure(color) { continue }
      let terms = sums.terms(of: node), size = coloring.size(of: color)
      let isUnique = outputs?.isUniform(node, occurring: size) ?? (size == 1)
      if isUnique && kind == .sum && addsUpCopies(terms, sums, coloring, occurrences, pieces) { continue }
      var piece: Int32 = isUnique ? -1 : node
      for index in terms where pieces.contains(sums.terms[index].node) {
        let other = pieces.root(of: sums.terms[index].node)
        if piece < 0 { piece = other } else if piece != other { piece = pieces.unite(piece, other) }
      }
      if piece >= 0 { pieces.insert(node, into: piece) }
    }
    return pieces
  }

  /// Whether two varying terms have the same colour.
  private static func addsUpCopies(
    _ terms: Range<Int>, _ sums: FlattenedSums, _ coloring: Coloring, _ occurrences: NodeTable<Int32>,
    _ pieces: Pieces
  ) -> Bool {
    var isRepeated = false
    for term in terms where pieces.contains(sums.terms[term].node) {
      let color = coloring.colors[sums.terms[term].node]
      occurrences[color] += 1
      isRepeated = isRepeated || occurrences[color] > 1
    }
    for term in terms { occurrences[coloring.colors[sums.terms[term].node]] = 0 }
    return isRepeated
  }

  private mutating func assignLanes(_ coloring: Coloring, _ pieces: Pieces) {
    let pieceCount = pieces.number()
    // Pieces that share a colour form a family.
    let families = Pieces(count: pieceCount), firstOfColor = NodeTable<Int32>(repeating: -1, count: coloring.count)
    for piece in 0..<Int32(pieceCount) { families.insert(piece, into: piece) }
    pieces.forEachNode { node, piece in
      let color = coloring.colors[node], first = firstOfColor[color]
      if first < 0 { firstOfColor[color] = piece } else if first != piece { families.uniteSets(of: first, piece) }
    }
    let nextLane = NodeTable<Int32>(repeating: 0, count: pieceCount)
    let laneOfPiece = NodeTable<Int32>(repeating: -1, count: pieceCount)
    for piece in 0..<Int32(pieceCount) {
      let family = families.root(of: piece)
      laneOfPiece[piece] = nextLane[family]
      nextLane[family] += 1
      laneCount = max(laneCount, Int(nextLane[family]))
    }
    pieces.forEachNode { node, piece in
      lanes[node] = laneOfPiece[piece]
      nodeCount += 1
    }
  }

  // MARK: Slots

  private mutating func assignSlots(_ sums: FlattenedSums, _ coloring: Coloring) throws(Refusal) {
    let current = NodeTable<(lane: Int32, count: Int32)>(repeating: (-1, 0), count: coloring.count)
    let firstSlots = NodeTable<Int32>(repeating: -1, count: coloring.count)
    var laterSlots: [UInt64: Int32] = [:]
    let limit = 16 * sums.count + 1 << 20
    members.reserveCapacity(nodeCount)
    for node in 0..<Int32(sums.count) where isVarying(node) {
      let color = Int(coloring.colors[node]), lane = lanes[node]
      var count = current[color].lane == lane ? current[color].count + 1 : 0, index = -1
      // Skips slots that the lane filled before nodes of other lanes came.
      repeat {
        let key = UInt64(color) << 32 | UInt64(count)
        var slot = count == 0 ? firstSlots[color] : laterSlots[key] ?? -1
        if slot < 0 {
          slot = Int32(slotCount)
          slotCount += 1
          if count == 0 { firstSlots[color] = slot } else { laterSlots[key] = slot }
          dependOnOrder = dependOnOrder || count > 0
          guard slotCount * laneCount <= limit else {
            throw Refusal("its \(laneCount) samples have hardly any operation in common")
          }
          members.append(contentsOf: repeatElement(-1, count: laneCount))
        }
        index = Int(slot) * laneCount + Int(lane)
        slots[node] = slot
        current[color] = (lane, count)
        count += 1
      } while members[index] >= 0
      members[index] = node
    }
  }
}

/// Disjoint sets of some of the nodes (union-find with path halving). The root of a set is its first node.
private struct Pieces {
  /// A node of the same set that is not a later one, the node itself if it is the root; -1 for a node of no set. Once the
  /// sets are numbered, -2 less the number.
  let table: NodeTable<Int32>

  init(count: Int) { table = NodeTable(repeating: -1, count: count) }

  @inline(__always) func contains(_ node: Int32) -> Bool { table[node] >= 0 }

  /// Inserts a node into the set of a root: itself, if it is the first.
  @inline(__always) func insert(_ node: Int32, into root: Int32) { table[node] = root }

  @inline(__always) func root(of node: Int32) -> Int32 {
    var node = node
    while table[node] != node {
      table[node] = table[table[node]]
      node = table[node]
    }
    return node
  }

  /// Unites the sets of two roots, and returns the root of both.
  @discardableResult @inline(__always) func unite(_ first: Int32, _ second: Int32) -> Int32 {
    table[max(first, second)] = min(first, second)
    return min(first, second)
  }

  @inline(__always) func uniteSets(of first: Int32, _ second: Int32) { unite(root(of: first), root(of: second)) }

  /// Numbers the sets in the order of their first nodes, and returns how many there are. Then nothing can be united.
  func number() -> Int {
    var count: Int32 = 0
    for node in 0..<Int32(table.count) where table[node] >= 0 {
      if table[node] == node {
        table[node] = -2 - count
        count += 1
      } else {
        table[node] = table[table[node]]
      }
    }
    return Int(count)
  }

  /// Calls `body` with each node of a set, and the number of its set. It may write another number into the table.
  @inline(__always) func forEachNode(_ body: (Int32, Int32) -> Void) {
    for node in 0..<Int32(table.count) where table[node] < -1 { body(node, -2 - table[node]) }
  }
}
