/// Gives equal keys equal numbers, counted from a first one: the exact form of hash-consing, without hash collisions
/// that could make different things equal.
///
/// Open addressing in two flat arrays: a dictionary takes four times as long, and this is most of what colouring does.
struct Interner {
  private var keys: [UInt64]
  private var values: [Int32]
  private var mask: Int
  private var used = 0
  /// The number that the next new key gets.
  private(set) var next: Int32

  init(first: Int32) {
    next = first
    mask = 1023
    // No key is 0: every caller tags its keys in the uppermost bits.
    keys = Array(repeating: 0, count: mask + 1)
    values = Array(repeating: 0, count: mask + 1)
  }

  /// The number of a key; keys are not 0.
  mutating func intern(_ key: UInt64) -> Int32 {
    var place = start(of: key)
    while keys[place] != 0 {
      if keys[place] == key { return values[place] }
      place = (place + 1) & mask
    }
    keys[place] = key
    values[place] = next
    next += 1
    used += 1
    if used * 2 > mask { grow() }
    return next - 1
  }

  private func start(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
  }

  private mutating func grow() {
    let old = zip(keys, values)
    mask = 2 * mask + 1
    keys = Array(repeating: 0, count: mask + 1)
    values = Array(repeating: 0, count: mask + 1)
    for (key, value) in old where key != 0 {
      var place = start(of: key)
      while keys[place] != 0 { place = (place + 1) & mask }
      keys[place] = key
      values[place] = value
    }
  }
}
