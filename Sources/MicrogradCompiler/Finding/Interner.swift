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

  private var entries = NodeTable(repeating: Entry(), count: 1024)
  private var used = 0
  /// The number that the next new key gets.
  private(set) var next: Int32

  init(first: Int32) { next = first }

  /// The number of a key; keys are not 0.
  mutating func intern(_ key: UInt64) -> Int32 {
    let index = Interner.index(of: key, in: entries)
    if entries[index].key == key { return entries[index].value }
    entries[index] = Entry(key: key, value: next)
    next += 1
    used += 1
    if used * 2 > entries.count { grow() }
    return next - 1
  }

  /// The index of a key's entry, or of the entry that it will get. The size of a table is a power of two.
  private static func index(of key: UInt64, in entries: NodeTable<Entry>) -> Int {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while entries[index].key != key && entries[index].key != 0 { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    let larger = NodeTable(repeating: Entry(), count: 2 * entries.count)
    for index in 0..<entries.count where entries[index].key != 0 {
      larger[Interner.index(of: entries[index].key, in: larger)] = entries[index]
    }
    entries = larger
  }
}
