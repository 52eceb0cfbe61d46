import MicrogradRequirement

/// The Mersenne Twister MT19937: a stream of 32-bit words of period 2^19937 - 1, the core of CPython's
/// `random` and of NumPy's `RandomState`.
///
///     var generator = MersenneTwister(seed: 5489)
///     generator.next32()  // 3499211612
///
/// It is fast and well distributed, but **not** suitable for secrets: 624 outputs reveal the state.
///
/// A copy continues from the state of its original, and the two are independent from then on. Copying costs
/// nothing until one of them needs its next 624 words.
///
/// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform
/// pseudo-random number generator", ACM TOMACS 8 (1998),
/// [doi:10.1145/272991.272995](https://doi.org/10.1145/272991.272995); the two ways of seeding are those of
/// its revision of 2002.
public struct MersenneTwister: RandomNumberGenerator, Sendable, Equatable {
  private static let stateSize = 624
  private static let middle = 397

  private var state: [UInt32]
  /// The number of words of `state` that have been used.
  private var used = stateSize

  /// Creates a generator from one word, as the authors' `init_genrand` and NumPy's `numpy.random.seed(seed)` do.
  public init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.stateSize)
    for index in 1..<UInt32(Self.stateSize) {
      state.append(1_812_433_253 &* Self.mix(state.last!) &+ index)
    }
  }

  /// Creates a generator from any number of words, as the authors' `init_by_array` does.
  ///
  /// - Precondition: `key` is not empty.
  public init(key: [UInt32]) {
    require(!key.isEmpty, "the key of a Mersenne Twister needs at least one word")
    self.init(seed: 19_650_218)

    var index = 1
    func advance(_ state: inout [UInt32]) {
      index += 1
      if index == Self.stateSize {
        state[0] = state[Self.stateSize - 1]
        index = 1
      }
    }
    for round in 0..<max(Self.stateSize, key.count) {
      let position = round % key.count
      let mixed = state[index] ^ (Self.mix(state[index - 1]) &* 1_664_525)
      state[index] = mixed &+ key[position] &+ UInt32(truncatingIfNeeded: position)
      advance(&state)
    }
    for _ in 1..<Self.stateSize {
      let mixed = state[index] ^ (Self.mix(state[index - 1]) &* 1_566_083_941)
      state[index] = mixed &- UInt32(index)
      advance(&state)
    }
    state[0] = 0x8000_0000
  }

  /// Returns the next word of the stream.
  ///
  /// - Complexity: amortised O(1): every 624th call makes the next 624 words.
  public mutating func next32() -> UInt32 {
    if used == Self.stateSize { regenerate() }
    var word = state[used]
    used += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9D2C_5680
    word ^= (word << 15) & 0xEFC6_0000
    return word ^ (word >> 18)
  }

  /// Returns the next two words of the stream as one number, with the first one in the low half.
  public mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return UInt64(next32()) << 32 | low
  }

  private mutating func regenerate() {
    let size = Self.stateSize
    let middle = Self.middle
    state.withUnsafeMutableBufferPointer { state in
      for i in 0..<size - middle {
        state[i] = state[i + middle] ^ Self.twist(state[i], state[i + 1])
      }
      for i in size - middle..<size - 1 {
        state[i] = state[i + middle - size] ^ Self.twist(state[i], state[i + 1])
      }
      state[size - 1] = state[middle - 1] ^ Self.twist(state[size - 1], state[0])
    }
    used = 0
  }

  /// The recurrence: the top bit of one word and the other bits of its successor, times the matrix A.
  private static func twist(_ word: UInt32, _ successor: UInt32) -> UInt32 {
    let joined = (word & 0x8000_0000) | (successor & 0x7FFF_FFFF)
    return (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
  }

  private static func mix(_ word: UInt32) -> UInt32 { word ^ (word >> 30) }
}

extension MersenneTwister {
  /// Returns a number in [0, 1), a multiple of 2^-53, made of the high bits of two words, as the authors'
  /// `genrand_res53` and the `random()` of both CPython and NumPy do.
  mutating func nextUnit() -> Double {
    let high = Double(next32() >> 5)
    let low = Double(next32() >> 6)
    return (high * 0x1p26 + low) * 0x1p-53
  }
}
