import MicrogradEngine

/// Gives equal keys equal numbers, counted from a first one: the exact form of hash-consing, without hash collisions
/// that could make different things equal.
///
/// Open addressing in a flat table: a dictionary takes four times as long, and colouring does little else.
struct Interner {
  private struct Entry: BitwiseCopyable {
    // No key is 0: every caller tags its keys in the uppermost bits.
    var key: UInt64 = 0
    var value: Int32 = 0
  }

  private var bits = 10
  private var entries = NodeTable(repeating: Entry(), count: 1 << 10)
  private var used = 0
  /// The number that the next new key gets.
  private(set) var next: Int32

  init(first: Int32) { next = first }

  /// The number of a key; keys are not 0.
  @inline(__always) mutating func intern(_ key: UInt64) -> Int32 {
    let index = index(of: key)
    return entries[index].key == key ? entries[index].value : insert(key, at: index)
  }

  @inline(never) private mutating func insert(_ key: UInt64, at index: Int) -> Int32 {
    entries[index] = Entry(key: key, value: next)
    next += 1
    used += 1
    if used * 2 > entries.count { grow() }
    return next - 1
  }

  /// The index of a key's entry, or of the entry that it will get: from the highest bits of a product, which all bits
  /// of the key have a part in.
  @inline(__always) private func index(of key: UInt64) -> Int {
    let mask = entries.count &- 1
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 &- bits))
    while entries[index].key != key && entries[index].key != 0 { index = (index &+ 1) & mask }
    return index
  }

  private mutating func grow() {
    let old = entries
    bits += 1
    entries = NodeTable(repeating: Entry(), count: 1 << bits)
    for index in 0..<old.count where old[index].key != 0 { entries[self.index(of: old[index].key)] = old[index] }
  }
}
