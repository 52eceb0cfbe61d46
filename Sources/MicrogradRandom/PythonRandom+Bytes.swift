import MicrogradRequirement

extension PythonRandom {
  /// Returns random bytes: Python's `random.randbytes(count)`.
  ///
  /// They are the bytes of the words of the stream, the lowest first; of the last word, the highest ones.
  ///
  /// - Precondition: `count` is not negative.
  /// - Complexity: O(`count`).
  public mutating func randbytes(_ count: Int) -> [UInt8] {
    require(count >= 0, "\(count) random bytes: their number must be 0 or larger")
    return stride(from: 0, to: count, by: 4).flatMap { start in
      let size = min(4, count - start), word = getrandbits(8 * size)
      return (0..<size).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }
  }
}
