import MicrogradEngine

/// The samples of a loss, compared operation by operation, where they differ in which parameters they use: the embeddings
/// of words, a bias for each user.
///
/// Colours tell such samples apart. So they are found from the loss here: as the pieces that the terms of a sum fall apart
/// into. Pieces of one shape are walked through together; where they use different parameters, or different values of
/// their own, is a *lookup*.
///
/// Nothing here decides what a program computes: lookups are rewritten (`LookupRewriting`), and the passes look at the result
/// as at any graph.
///
/// Complexity: nearly linear in the number of nodes and operands.
struct SampleAlignment {
  /// A node that uses another: the operand of a node at a position of the graph's list of operands.
  typealias Use = Int

  /// Operands that differ between samples in other things than numbers.
  struct Lookup {
    enum Kind {
      /// A parameter in each sample, or a list of such and of numbers.
      case parameters, list
      /// A value that the sample has computed, in one of these slots.
      case values([Int32])
    }
    let kind: Kind
    /// The number of the samples' shape.
    let shape: Int
    /// One for each of some samples.
    let uses: [Use]
    let nodes: [Int32]
  }

  let graph: FlatGraph
  /// The index of the parameter that a node is; -1 for others.
  let parameterOfNode: NodeTable<Int32>
  private(set) var lookups: [Lookup] = []
  /// The nodes of each slot, one for each sample of its shape.
  private(set) var slots: [[Int32]] = []
  /// The slot of a computed node; -1 for one that no sample has.
  let slotOfNode: NodeTable<Int32>
  private let isLeafList: NodeTable<Bool>

  /// Samples do not match.
  private struct Mismatch: Error {}

  /// Returns nil if there are no samples, or they do not match.
  init?(_ graph: FlatGraph, parameters: [Int32]) {
    self.graph = graph
    parameterOfNode = NodeTable(repeating: -1, count: graph.count)
    slotOfNode = NodeTable(repeating: -1, count: graph.count)
    isLeafList = NodeTable(repeating: false, count: graph.count)
    for (index, node) in parameters.enumerated() where node >= 0 { parameterOfNode[node] = Int32(index) }
    for node in 0..<Int32(graph.count) where graph.kinds[node] == .list {
      isLeafList[node] = graph.operandIndices(of: node).allSatisfy { graph.kinds[graph.operands[$0]] == .leaf }
    }
    guard let pieces = pieces() else { return nil }
    for (shape, samples) in pieces.enumerated() where samples.count > 1 && !align(samples, shape) { return nil }
  }

  private func isComputed(_ node: Int32) -> Bool { graph.kinds[node] != .leaf && !isLeafList[node] }

  // MARK: Pieces

  /// Descends from the root to a sum of which no piece is most of the graph, and returns its pieces: lists of terms in
  /// their order, those of one shape together.
  private func pieces() -> [[[Use]]]? {
    let sums = FlattenedSums(graph)
    var node = graph.root, attempts = 0
    // Regularization may be added to the loss once, and perhaps something else.
    while attempts < 4 {
      let terms = terms(of: node, sums).filter { isComputed(graph.operands[$0]) }
      guard !terms.isEmpty else { return nil }
      var largest = terms
      if terms.count > 1 {
        attempts += 1
        let pieces = connected(terms)
        let size = pieces.reduce(0) { max($0, $1.size) }
        if pieces.count > 1 && 2 * size <= graph.count { return grouped(pieces.map(\.terms)) }
        largest = pieces.first { $0.size == size }!.terms
      }
      // Several values of one piece are used: they are not its sum over samples.
      guard Set(largest.map { graph.operands[$0] }).count == 1 else { return nil }
      node = graph.operands[largest[0]]
    }
    return nil
  }

  /// The pieces of one shape together.
  private func grouped(_ pieces: [[Use]]) -> [[[Use]]] {
    let shapes = shapes()
    var groups: [[UInt64]: Int] = [:], result: [[[Use]]] = []
    for piece in pieces {
      let shape = piece.map { shapes[graph.operands[$0]] }
      if let index = groups[shape] {
        result[index].append(piece)
      } else {
        groups[shape] = result.count
        result.append([piece])
      }
    }
    return result
  }

  /// The operands that a sum adds up, from left to right, or those of another node.
  private func terms(of node: Int32, _ sums: FlattenedSums) -> [Use] {
    var terms: [Use] = [], waiting = Array(graph.operandIndices(of: node).reversed())
    while let use = waiting.popLast() {
      if sums.kinds[graph.operands[use]] == .absorbed {
        waiting += graph.operandIndices(of: graph.operands[use]).reversed()
      } else {
        terms.append(use)
      }
    }
    return terms
  }

  /// The terms that have computed nodes in common, and the number of nodes of each such piece.
  private func connected(_ terms: [Use]) -> [(terms: [Use], size: Int)] {
    let parents = NodeTable<Int32>(repeating: -1, count: graph.count)
    func root(_ node: Int32) -> Int32 {
      var node = node
      while parents[node] != node {
        parents[node] = parents[parents[node]]
        node = parents[node]
      }
      return node
    }
    for term in terms { parents[graph.operands[term]] = graph.operands[term] }
    for node in (0..<Int32(graph.count)).reversed() where parents[node] >= 0 {
      for index in graph.operandIndices(of: node) where isComputed(graph.operands[index]) {
        let operand = graph.operands[index]
        if parents[operand] < 0 { parents[operand] = operand }
        let first = root(node), second = root(operand)
        parents[min(first, second)] = max(first, second)
      }
    }
    var pieces: [(terms: [Use], size: Int)] = [], indices: [Int32: Int] = [:]
    for term in terms {
      let root = root(graph.operands[term])
      if indices[root] == nil {
        indices[root] = pieces.count
        pieces.append(([], 0))
      }
      pieces[indices[root]!].terms.append(term)
    }
    for node in 0..<Int32(graph.count) where parents[node] >= 0 { pieces[indices[root(node)]!].size += 1 }
    return pieces
  }

  /// A hash of how each node was computed, whichever parameters and numbers it was computed from. Where hashes coincide by
  /// chance, the comparison finds that out.
  private func shapes() -> NodeTable<UInt64> {
    let shapes = NodeTable<UInt64>(repeating: 0, count: graph.count)
    for node in 0..<Int32(graph.count) {
      guard graph.kinds[node] != .leaf else {
        shapes[node] = parameterOfNode[node] < 0 ? 1 : 2
        continue
      }
      var shape = UInt64(graph.kinds[node].rawValue) << 8 | UInt64(graph.operations[node].rawValue)
      for index in graph.operandIndices(of: node) {
        shape = (shape ^ shapes[graph.operands[index]]) &* 0x9E37_79B9_7F4A_7C15
        shape ^= shape >> 29
      }
      shapes[node] = shape
    }
    return shapes
  }

  // MARK: Comparison

  /// Walks through samples of one shape together; returns false if they do not match.
  ///
  /// A value that a sample looks up among others, such as the score of the right class, must be met after these. From
  /// left to right or from right to left, it usually is.
  private mutating func align(_ samples: [[Use]], _ shape: Int) -> Bool {
    for isReversed in [false, true] {
      let known = (lookups.count, slots.count)
      do {
        try walk(samples, shape, isReversed: isReversed)
        return true
      } catch {
        lookups.removeLast(lookups.count - known.0)
        for slot in slots[known.1...] { for node in slot { slotOfNode[node] = -1 } }
        slots.removeLast(slots.count - known.1)
      }
    }
    return false
  }

  private mutating func walk(_ samples: [[Use]], _ shape: Int, isReversed: Bool) throws(Mismatch) {
    var waiting = samples[0].indices.reversed().map { index in samples.map { $0[index] } }
    while let uses = waiting.popLast() {
      guard let slot = try newSlot(uses, shape) else { continue }
      let starts = slots[slot].map { graph.operandIndices(of: $0) }
      for index in isReversed ? Array(0..<starts[0].count) : (0..<starts[0].count).reversed() {
        waiting.append(starts.map { $0.lowerBound + index })
      }
    }
  }

  /// Looks at one operand in all samples; returns its slot if its own operands are to be looked at.
  private mutating func newSlot(_ uses: [Use], _ shape: Int) throws(Mismatch) -> Int? {
    let nodes = uses.map { graph.operands[$0] }, first = nodes[0]
    if nodes.allSatisfy({ $0 == first }) { return nil }
    let kind = graph.kinds[first], count = graph.operandIndices(of: first).count
    for node in nodes {
      guard graph.kinds[node] == kind, graph.operandIndices(of: node).count == count,
        isLeafList[node] == isLeafList[first],
        kind != .apply || graph.operations[node] == graph.operations[first]
      else { throw Mismatch() }
    }
    if kind == .leaf || isLeafList[first] {
      try addLookup(of: nodes, uses, shape, isList: kind == .list)
      return nil
    }
    let slot = slotOfNode[first]
    if nodes.allSatisfy({ slotOfNode[$0] == slot }) {
      guard slot < 0 else { return nil }
      for node in nodes {
        // One node in two samples.
        guard slotOfNode[node] < 0 else { throw Mismatch() }
        slotOfNode[node] = Int32(slots.count)
      }
      slots.append(nodes)
      return slots.count - 1
    }
    let among = Set(nodes.map { slotOfNode[$0] }).sorted()
    guard among[0] >= 0, kind != .list else { throw Mismatch() }
    lookups.append(Lookup(kind: .values(among), shape: shape, uses: uses, nodes: nodes))
    return nil
  }

  /// Leaves, or lists of leaves: numbers may differ, and parameters that do are looked up.
  private mutating func addLookup(
    of nodes: [Int32], _ uses: [Use], _ shape: Int, isList: Bool
  ) throws(Mismatch) {
    var differs = false
    for leaves in leaves(of: nodes) {
      let isParameter = parameterOfNode[leaves[0]] >= 0
      guard leaves.allSatisfy({ (parameterOfNode[$0] >= 0) == isParameter }) else { throw Mismatch() }
      differs = differs || isParameter && leaves.contains { $0 != leaves[0] }
    }
    if differs { lookups.append(Lookup(kind: isList ? .list : .parameters, shape: shape, uses: uses, nodes: nodes)) }
  }

  /// The leaves that nodes are, or the elements of lists, position by position.
  func leaves(of nodes: [Int32]) -> [[Int32]] {
    guard graph.kinds[nodes[0]] == .list else { return [nodes] }
    let starts = nodes.map { graph.operandIndices(of: $0) }
    return (0..<starts[0].count).map { index in starts.map { graph.operands[$0.lowerBound + index] } }
  }
}
