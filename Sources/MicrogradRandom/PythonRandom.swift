import RealModule
import MicrogradRequirement

/// CPython's `random`. The same seed and the same calls give the same numbers.
///
///     var random = PythonRandom(seed: 42)  // random.seed(42)
///     random.uniform(-1, 1)                // 0.2788535969157675
///     random.uniform(-1, 1)                // -0.9499784895546661
///
/// The methods keep Python's names. They follow CPython 3.11, and give its results to the last bit; only those of
/// distributions such as ``gauss(mean:standardDeviation:)`` call the platform's log, exp, cos and the like, which may
/// differ in the last digit, and say so.
///
/// Seeds are integers. Python's seeds from strings and bytes, which it hashes, are not supported.
///
/// It is a `RandomNumberGenerator` too, for `Double.random(in: 0..<1, using: &random)` and other functions of Swift's
/// library, whose results are not those of Python.
public struct PythonRandom: RandomNumberGenerator, Sendable, Equatable {
  private var twister: MersenneTwister
  /// The second deviate of a pair, for the next call of `gauss`.
  private var spareDeviate: Double?

  init(key: [UInt32]) { twister = MersenneTwister(key: key) }

  /// Returns the next 64 bits: Python's `random.getrandbits(64)`.
  public mutating func next() -> UInt64 { twister.next() }
}

// MARK: - Real numbers

extension PythonRandom {
  /// Returns a number in [0, 1) with 53 random bits: Python's `random.random()`.
  public mutating func random() -> Double { twister.nextUnit() }

  /// Returns `low + (high - low) * random()`: Python's `random.uniform(low, high)`.
  ///
  /// `high` may be the smaller of the two. Rounding can make the result equal to `high`.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random() }

  /// Returns a normally distributed number: Python's `random.gauss(mu, sigma)`.
  ///
  /// Two numbers u, v of ``random()`` give two independent deviates,
  /// cos(2πu)·√(-2 log(1 - v)) and sin(2πu)·√(-2 log(1 - v)); the second one is kept for the next call.
  ///
  /// Source: G. E. P. Box, M. E. Muller (1958),
  /// [doi:10.1214/aoms/1177706645](https://doi.org/10.1214/aoms/1177706645).
  public mutating func gauss(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    mean + standardDeviate() * standardDeviation
  }

  private mutating func standardDeviate() -> Double {
    if let spare = spareDeviate {
      spareDeviate = nil
      return spare
    }
    let angle = random() * (2 * Double.pi)
    let radius = Double.sqrt(-2 * Double.log(1 - random()))
    spareDeviate = Double.sin(angle) * radius
    return Double.cos(angle) * radius
  }
}

// MARK: - Integers

extension PythonRandom {
  /// Returns an integer with `count` random bits, at most 64: Python's `random.getrandbits(count)`.
  ///
  /// - Precondition: `count` is in 0...64.
  public mutating func getrandbits(_ count: Int) -> UInt64 {
    require((0...64).contains(count), "getrandbits gives 0 to 64 bits, not \(count)")
    return bits(count)
  }

  /// Returns an integer in 0 ..< stop: Python's `random.randrange(stop)`.
  ///
  /// - Precondition: `stop` is positive.
  public mutating func randrange(_ stop: Int) -> Int { randrange(0, stop) }

  /// Returns one of start, start + step, start + 2·step, … before `stop`: Python's
  /// `random.randrange(start, stop, step)`.
  ///
  /// - Precondition: `step` is not 0, and there is such a number.
  public mutating func randrange(_ start: Int, _ stop: Int, step: Int = 1) -> Int {
    require(step != 0, "the step of randrange must not be 0")
    require(
      step > 0 ? start < stop : stop < start,
      "randrange(\(start), \(stop), step: \(step)) has nothing to choose from")
    let distance = UInt64(truncatingIfNeeded: UInt(bitPattern: step > 0 ? stop &- start : start &- stop))
    let steps = below((distance - 1) / UInt64(step.magnitude) + 1)
    return start &+ Int(truncatingIfNeeded: steps) &* step
  }

  /// Returns an integer in low ... high, both included: Python's `random.randint(low, high)`.
  ///
  /// - Precondition: `low` is not larger than `high`.
  public mutating func randint(_ low: Int, _ high: Int) -> Int {
    require(low <= high, "randint(\(low), \(high)) has nothing to choose from")
    // The range of all of Int has one number more than a UInt64 can count.
    let count = UInt128(UInt(bitPattern: high &- low)) + 1
    return low &+ Int(truncatingIfNeeded: below(count))
  }

  /// Returns an integer in 0 ..< bound: it draws candidates with as many bits as `bound` until one fits.
  private mutating func below<Integer: FixedWidthInteger & UnsignedInteger>(_ bound: Integer) -> Integer {
    let width = Integer.bitWidth - bound.leadingZeroBitCount
    var candidate: Integer = bits(width)
    while candidate >= bound { candidate = bits(width) }
    return candidate
  }

  /// Returns `count` random bits, drawn in words from the lowest; of the last word they are the high bits.
  private mutating func bits<Integer: FixedWidthInteger & UnsignedInteger>(_ count: Int) -> Integer {
    var result: Integer = 0
    for shift in stride(from: 0, to: count, by: 32) {
      let word = twister.next32() >> UInt32(max(0, 32 - (count - shift)))
      result |= Integer(truncatingIfNeeded: word) << Integer(shift)
    }
    return result
  }
}

// MARK: - Collections

extension PythonRandom {
  /// Returns one of the elements: Python's `random.choice(elements)`.
  ///
  /// - Precondition: `elements` is not empty.
  /// - Complexity: O(1) with random access, as in arrays and ranges, and O(n) otherwise.
  public mutating func choice<Elements: Collection>(_ elements: Elements) -> Elements.Element {
    require(!elements.isEmpty, "choice needs at least one element; the collection is empty")
    return elements[elements.index(elements.startIndex, offsetBy: randrange(elements.count))]
  }

  /// Puts the elements in a random order, in place: Python's `random.shuffle(elements)`.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  public mutating func shuffle<Elements: MutableCollection & RandomAccessCollection>(
    _ elements: inout Elements
  ) {
    let start = elements.startIndex
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      let other = randrange(last + 1)
      elements.swapAt(elements.index(start, offsetBy: last), elements.index(start, offsetBy: other))
    }
  }
}
