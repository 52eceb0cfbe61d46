import MicrogradEngine

/// Finds the node of a kind, if there is one: what hash-consing does little else than.
///
/// Open addressing in a flat table, which keeps the hashes of all nodes: it grows without computing them anew, and compares
/// kinds only where these are equal.
struct KindTable {
  /// Nodes, -1 where there is none.
  private var slots = [Int32](repeating: -1, count: 1 << 6)
  /// The hash of each node.
  private var hashes: [UInt64] = []

  /// Makes room for a given number of nodes.
  mutating func reserve(_ count: Int) {
    hashes.reserveCapacity(count)
    if slots.count < 2 * count { grow(to: 2 * count) }
  }

  /// The node with a hash for which the closure returns true; nil if there is none.
  func node(_ hash: UInt64, where isWanted: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] >= 0 {
      let node = Int(slots[index])
      if hashes[node] == hash && isWanted(node) { return node }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Appends the next node.
  mutating func append(_ hash: UInt64) {
    hashes.append(hash)
    insert(hashes.count - 1)
    if 2 * hashes.count > slots.count { grow(to: 2 * slots.count) }
  }

  private mutating func insert(_ node: Int) {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hashes[node]) & mask
    while slots[index] >= 0 { index = (index + 1) & mask }
    slots[index] = Int32(node)
  }

  private mutating func grow(to count: Int) {
    var size = slots.count
    while size < count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for node in hashes.indices { insert(node) }
  }
}

extension IR.Kind: Hashable {
  func hash(into hasher: inout Hasher) { hasher.combine(quickHash) }

  /// A hash of all that makes two kinds equal.
  var quickHash: UInt64 {
    var hash: UInt64 = 0x2545_F491_4F6C_DD1D
    func mix(_ x: UInt64) {
      hash = (hash ^ x) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    func mix(_ x: Int) { mix(UInt64(bitPattern: Int64(x))) }
    func mix(_ list: [IR.ID]) {
      mix(list.count)
      for id in list { mix(id) }
    }
    switch self {
    case .constant(let number):
      mix(1)
      mix(number.bits)
    case .parameter(let index):
      mix(2)
      mix(index)
    case .column(let index):
      mix(3)
      mix(index)
    case .laneMask: mix(4)
    case .apply(let operation, let a, let b):
      mix(5 + 16 * Int(operation.rawValue))
      mix(a)
      mix(b ?? -1)
    case .sum(let terms, let constant):
      mix(6)
      mix(constant.bits)
      for term in terms {
        mix(term.factor.bits)
        mix(term.a)
        mix((term.b ?? -1) &* 4 &+ (term.gradient == nil ? 0 : term.gradient == term.a ? 1 : 2))
      }
    case .maximum(let rows):
      mix(7)
      mix(rows)
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      mix(8 + 16 * (2 * Int(operation.rawValue) + side.rawValue))
      mix(gradient)
      mix(a)
      mix(b ?? -1)
      mix(y)
    case .reduction(let factor, let weights, let a, let b):
      mix(9)
      mix(factor.bits)
      mix(weights)
      mix(a ?? -1)
      mix(b ?? -1)
    case .dense(let matrix, let inputs, let relu):
      mix(relu ? 10 : 11)
      mix(matrix)
      mix(inputs)
    case .denseInputs(let matrix, let gradients, let mask):
      mix(12)
      mix(matrix)
      mix(gradients)
      mix(mask ?? [])
    case .row(let block, let index):
      mix(13)
      mix(block)
      mix(index)
    }
    return hash
  }
}
