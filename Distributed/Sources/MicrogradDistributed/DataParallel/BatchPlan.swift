import MicrogradRandom

/// The rows of each step, which do not depend on how many ranks share the parts of a table.
///
/// Each part is shuffled by itself, by seed, part and epoch. Of S steps in an epoch, step s takes from a part with n rows those from
/// s·n/S to (s + 1)·n/S of its order.
struct BatchPlan: Sendable {
  /// The count of rows of each part.
  let partSizes: [Int]
  let seed: UInt32
  let stepsPerEpoch: Int

  /// - Precondition: There are rows, and a batch has at least one.
  init(partSizes: [Int], batchSize: Int, seed: UInt32) {
    self.partSizes = partSizes
    self.seed = seed
    let rowCount = partSizes.reduce(0, +)
    stepsPerEpoch = (rowCount + batchSize - 1) / batchSize
  }

  /// The order of a part's rows in an epoch.
  func order(part: Int, epoch: Int) -> [Int] {
    var order = Array(0..<partSizes[part])
    var random = PythonRandom(seed: Self.mixed([Int(seed), epoch, part]))
    random.shuffle(&order)
    return order
  }

  /// The positions in a part's order of the rows of a step.
  func share(part: Int, step: Int) -> Range<Int> {
    let count = partSizes[part]
    return step * count / stepsPerEpoch..<(step + 1) * count / stepsPerEpoch
  }

  /// The count of rows that a step takes from some parts.
  func count(step: Int, parts: Range<Int>) -> Int { parts.reduce(0) { $0 + share(part: $1, step: step).count } }

  /// The largest count of rows that a step takes from some parts, but for one of each.
  func largestCount(parts: Range<Int>) -> Int {
    max(1, parts.reduce(0) { $0 + (partSizes[$1] + stepsPerEpoch - 1) / stepsPerEpoch })
  }

  /// One seed of several numbers: the finalizer of SplitMix64 after each.
  ///
  /// Source: Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, 2014,
  /// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195).
  private static func mixed(_ numbers: [Int]) -> Int {
    let mixed = numbers.reduce(UInt64(0)) { state, number in
      var z = (state &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(number))
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    return Int(mixed >> 1)
  }
}
