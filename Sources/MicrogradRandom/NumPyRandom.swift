import RealModule
import MicrogradRequirement

/// NumPy's legacy `RandomState`, which the functions of `numpy.random` use too. The same seed and the same calls give
/// the same numbers.
///
///     var random = NumPyRandom(seed: 42)  // numpy.random.seed(42)
///     random.random()                     // 0.3745401188473625
///
/// The methods keep NumPy's names and draw one number where NumPy fills an array of any `size`. The results
/// are NumPy's to the last bit; only ``normal(mean:standardDeviation:)`` calls the platform's log, which may
/// differ in the last digit. NumPy has frozen this generator, so every version gives these numbers. The newer
/// `numpy.random.default_rng` is a different generator.
///
/// It is a `RandomNumberGenerator` too, for `Double.random(in: 0..<1, using: &random)` and other functions of Swift's
/// library, whose results are not those of NumPy.
public struct NumPyRandom: RandomNumberGenerator, Sendable, Equatable {
  private var twister: MersenneTwister
  /// The second deviate of a pair, for the next call of `normal`.
  private var spareDeviate: Double?

  /// Creates the generator of `numpy.random.RandomState(seed)`, in the state that `numpy.random.seed(seed)`
  /// sets.
  ///
  /// NumPy accepts the same seeds: 0 to 2^32 - 1.
  public init(seed: UInt32) { twister = MersenneTwister(seed: seed) }

  /// Returns the next 64 bits, as NumPy draws them: the first word of the stream is the high half.
  public mutating func next() -> UInt64 {
    let high = UInt64(twister.next32()) << 32
    return high | UInt64(twister.next32())
  }
}

// MARK: - Real numbers

extension NumPyRandom {
  /// Returns a number in [0, 1) with 53 random bits: NumPy's `random()`, `random_sample()` and `rand()`.
  public mutating func random() -> Double { twister.nextUnit() }

  /// Returns `low + (high - low) * random()`: NumPy's `uniform(low, high)`.
  ///
  /// `high` may be the smaller of the two. Rounding can make the result equal to `high`.
  ///
  /// - Precondition: `high - low` is finite.
  public mutating func uniform(_ low: Double = 0, _ high: Double = 1) -> Double {
    require((high - low).isFinite, "the range of uniform(\(low), \(high)) is not finite")
    return low + (high - low) * random()
  }

  /// Returns a normally distributed number: NumPy's `normal(loc, scale)`, and `randn()` and `standard_normal()`.
  ///
  /// Points (x, y) are drawn from the square [-1, 1)² until one lies within the unit circle. With s = x² + y²
  /// this point gives two independent deviates, y·√(-2 log(s) / s) and x·√(-2 log(s) / s); the second one is kept for
  /// the next call.
  ///
  /// Source: G. Marsaglia, T. A. Bray, "A convenient method for generating normal variables" (1964),
  /// [doi:10.1137/1006063](https://doi.org/10.1137/1006063).
  ///
  /// - Precondition: `standardDeviation` is not negative.
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    require(
      standardDeviation >= 0, "the standard deviation must be 0 or larger, not \(standardDeviation)")
    return mean + standardDeviation * standardDeviate()
  }

  private mutating func standardDeviate() -> Double {
    if let spare = spareDeviate {
      spareDeviate = nil
      return spare
    }
    var x: Double
    var y: Double
    var square: Double
    repeat {
      x = 2 * random() - 1
      y = 2 * random() - 1
      square = x * x + y * y
    } while square >= 1 || square == 0
    let factor = Double.sqrt(-2 * Double.log(square) / square)
    spareDeviate = factor * x
    return factor * y
  }
}

// MARK: - Integers

extension NumPyRandom {
  /// Returns an integer in 0 ..< high: NumPy's `randint(high)`.
  ///
  /// - Precondition: `high` is positive.
  public mutating func randint(_ high: Int) -> Int { randint(0, high) }

  /// Returns an integer in low ..< high: NumPy's `randint(low, high)`, of its default type with 64 bits.
  ///
  /// Unlike Python's `random.randint`, it never returns `high`.
  ///
  /// - Precondition: `low` is less than `high`.
  public mutating func randint(_ low: Int, _ high: Int) -> Int {
    require(low < high, "randint(\(low), \(high)) has nothing to choose from")
    return low &+ Int(truncatingIfNeeded: interval(upTo: UInt64(UInt(bitPattern: high &- 1 &- low))))
  }

  /// Returns an integer in 0 ... maximum: it draws candidates with as many bits as `maximum` until one fits.
  ///
  /// A candidate takes one word of the stream if 32 bits are enough, and two otherwise.
  private mutating func interval(upTo maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    let isShort = maximum <= UInt64(UInt32.max)
    while true {
      let candidate = (isShort ? UInt64(twister.next32()) : next()) & mask
      if candidate <= maximum { return candidate }
    }
  }
}

// MARK: - Collections

extension NumPyRandom {
  /// Returns the numbers 0 ..< count in a random order: NumPy's `permutation(count)`.
  ///
  /// - Precondition: `count` is not negative.
  /// - Complexity: O(`count`).
  public mutating func permutation(_ count: Int) -> [Int] {
    require(count >= 0, "a permutation of \(count) numbers: their count must be 0 or larger")
    var numbers = Array(0..<count)
    shuffle(&numbers)
    return numbers
  }

  /// Puts the elements in a random order, in place: NumPy's `shuffle(elements)`.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  public mutating func shuffle<Elements: MutableCollection & RandomAccessCollection>(
    _ elements: inout Elements
  ) {
    let start = elements.startIndex
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      let other = Int(interval(upTo: UInt64(last)))
      elements.swapAt(elements.index(start, offsetBy: last), elements.index(start, offsetBy: other))
    }
  }
}
