import MicrogradEngine

extension FlattenedSums {
  /// Whether some sum adds up values that may have been computed alike. Without one there is no reduction, and so there
  /// are no samples: a cheap look before colouring, which takes long where no two nodes have the same colour.
  ///
  /// Hashes stand for colours here. Nodes of one colour have one hash, so no repetition is overlooked; where hashes
  /// coincide by chance, later passes find that out.
  ///
  /// Complexity: linear in the number of nodes and operands.
  func mayHaveSamples(parameters: [Int32]) -> Bool {
    let hashes = hashes(parameters: parameters)
    var seen = SeenHashes()
    for node in 0..<Int32(count) where kinds[node] == .sum {
      let terms = terms(of: node)
      seen.begin(terms.count)
      for index in terms {
        let term = self.terms[index].node, hash = hashes[term]
        // Neither leaves nor what depends on parameters alone belong to samples.
        if kinds[term] != .leaf && hash & 1 == 0 && !seen.insert(hash) { return true }
      }
    }
    return false
  }

  /// A hash of how each node was computed. Its lowest bit says that the node depends on parameters alone.
  private func hashes(parameters: [Int32]) -> NodeTable<UInt64> {
    let hashes = NodeTable<UInt64>(repeating: 0, count: count)
    for (index, node) in parameters.enumerated() where node >= 0 {
      hashes[node] = FlattenedSums.mix(UInt64(index) &+ 1, 0) | 1
    }
    for node in 0..<Int32(count) where kinds[node] != .leaf {
      var hash = UInt64(kinds[node].rawValue) << 8 | UInt64(operations[node].rawValue), isPure: UInt64 = 1
      for index in operandIndices(of: node) {
        let operand = hashes[operands.nodes[index]]
        hash = FlattenedSums.mix(hash, operand)
        isPure &= operand
      }
      hashes[node] = hash & ~1 | isPure
    }
    return hashes
  }

  /// Multiplies and shifts: as good as any where nobody chooses the numbers in order to deceive.
  @inline(__always) private static func mix(_ hash: UInt64, _ other: UInt64) -> UInt64 {
    var mixed = (hash ^ (other &+ 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    mixed ^= mixed >> 29
    return mixed &* 0x94D0_49BB_1331_11EB ^ mixed >> 32
  }
}

/// The hashes of one sum's terms at a time, in a table with open addressing.
private struct SeenHashes {
  private var entries = NodeTable<(hash: UInt64, sum: Int32)>(repeating: (0, 0), count: 64)
  private var sum: Int32 = 0

  /// Forgets all hashes, and makes room.
  mutating func begin(_ count: Int) {
    sum += 1
    if 2 * count <= entries.count { return }
    var size = entries.count
    while size < 2 * count { size *= 2 }
    entries = NodeTable(repeating: (0, 0), count: size)
  }

  /// Inserts a hash; returns false if it was there.
  func insert(_ hash: UInt64) -> Bool {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: hash >> 8) & mask
    while entries[index].sum == sum {
      if entries[index].hash == hash { return false }
      index = (index + 1) & mask
    }
    entries[index] = (hash, sum)
    return true
  }
}
