extension [UInt8] {
  /// Changes, inserts, removes or repeats some bytes at random, or cuts the rest off, as a damaged or hostile file might.
  public mutating func mutate(using generator: inout SplitMix) {
    let position = Int.random(in: 0...count, using: &generator)
    let range = position..<Swift.min(count, position + Int.random(in: 1...8, using: &generator))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: if position < count { self[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
    case 1: if position < count { self[position] = UInt8.random(in: .min ... .max, using: &generator) }
    case 2: insert(UInt8.random(in: .min ... .max, using: &generator), at: position)
    case 3: removeSubrange(range)
    case 4: insert(contentsOf: self[range], at: Int.random(in: 0...count, using: &generator))
    default: removeSubrange(position...)
    }
  }
}
