/// Finds the node of a kind: a table with open addressing, which holds indices of nodes and their hashes.
///
/// A dictionary would hold each kind a second time, with the lists of its operands, and hash them all again as it grows: four
/// tenths of the time of making a program.
struct KindTable {
  private struct Entry: BitwiseCopyable {
    var hash: UInt32 = 0
    /// One more than the index of the node; 0 if the entry is free.
    var node: UInt32 = 0
  }

  private var entries: [Entry]
  private var count = 0

  /// - Parameter capacity: The number of nodes that there is going to be room for at once.
  init(capacity: Int = 32) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    entries = Array(repeating: Entry(), count: size)
  }

  /// Returns the index of the node of a kind. If there is none, the next one to be appended to `kinds` gets it.
  mutating func intern(_ kind: IR.Kind, among kinds: [IR.Kind]) -> IR.ID {
    let hash = kind.shortHash, mask = entries.count - 1
    var index = Int(hash) & mask
    while entries[index].node != 0 {
      if entries[index].hash == hash {
        let node = IR.ID(entries[index].node) - 1
        if kinds[node] == kind { return node }
      }
      index = (index + 1) & mask
    }
    entries[index] = Entry(hash: hash, node: UInt32(kinds.count + 1))
    count += 1
    if 2 * count > entries.count { grow() }
    return kinds.count
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: Entry(), count: 2 * old.count)
    let mask = entries.count - 1
    for entry in old where entry.node != 0 {
      var index = Int(entry.hash) & mask
      while entries[index].node != 0 { index = (index + 1) & mask }
      entries[index] = entry
    }
  }
}

extension IR.Kind {
  /// A hash that is the same for equal kinds.
  fileprivate var shortHash: UInt32 {
    var hash = ShortHash()
    switch self {
    case .constant(let number): hash.add(number.bits)
    case .parameter(let index): hash.add(1, index)
    case .column(let index): hash.add(2, index)
    case .laneMask: hash.add(3, 0)
    case .apply(let operation, let a, let b):
      hash.add(4, Int(operation.rawValue))
      hash.add(a, b ?? -1)
    case .sum(let terms, let constant):
      hash.add(constant.bits)
      for term in terms {
        hash.add(term.factor.bits)
        hash.add(term.a, term.b ?? -1)
        hash.add(term.gradient ?? -1)
      }
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      hash.add(6 + side.rawValue, Int(operation.rawValue))
      hash.add(gradient, y)
      hash.add(a, b ?? -1)
    case .reduction(let factor, let weights, let a, let b):
      hash.add(factor.bits)
      hash.add(8, weights)
      hash.add(a ?? -1, b ?? -1)
    case .dense(let matrix, let inputs, let relu):
      hash.add(matrix, relu ? 9 : 10)
      for input in inputs { hash.add(input) }
    case .denseInputs(let matrix, let gradients, let mask):
      hash.add(11, matrix)
      for gradient in gradients { hash.add(gradient) }
      if let mask { for row in mask { hash.add(row) } }
    case .row(let block, let index):
      hash.add(12)
      hash.add(block, index)
    }
    return hash.value
  }
}

/// Multiplies and shifts: as good as any where nobody chooses the numbers in order to deceive.
private struct ShortHash {
  private var state: UInt64 = 0

  var value: UInt32 { UInt32(truncatingIfNeeded: state >> 16) }

  @inline(__always) mutating func add(_ bits: UInt64) {
    state = (state ^ bits) &* 0x9E37_79B9_7F4A_7C15
    state ^= state >> 32
  }

  @inline(__always) mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  /// Two numbers at once, which are small: nodes, mostly.
  @inline(__always) mutating func add(_ first: Int, _ second: Int) {
    add(UInt64(bitPattern: Int64(first)) << 32 ^ UInt64(bitPattern: Int64(second)))
  }
}
