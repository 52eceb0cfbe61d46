import MicrogradRandom
import MicrogradRequirement

/// The positions of the samples to train with, and of those to test with.
///
///     let split = trainTestSplit(count: 5, testFraction: 0.25, seed: 1)
///     split.training  // [4, 0, 3]
///     split.test      // [2, 1]
public struct TrainTestSplit: Sendable, Equatable {
  /// The positions of the samples to train with.
  public let training: [Int]
  /// The positions of the samples to test with.
  public let test: [Int]

  /// Creates a split.
  public init(training: [Int], test: [Int]) {
    self.training = training
    self.test = test
  }
}

/// Returns a random split of `count` samples: scikit-learn's
/// `train_test_split(range(count), test_size=testFraction, random_state=seed)`, position for position.
///
/// The number for testing is `testFraction` · `count`, rounded up. Either part may be empty.
///
/// - Parameters:
///   - count: The number of samples.
///   - testFraction: The share of the samples to test with.
///   - seed: The seed of the `NumPyRandom` that picks the samples.
/// - Precondition: `count` is not negative; `testFraction` is in 0 ... 1.
/// - Complexity: O(`count`).
public func trainTestSplit(count: Int, testFraction: Double, seed: UInt32) -> TrainTestSplit {
  let testCount = testCount(of: count, testFraction: testFraction)
  var generator = NumPyRandom(seed: seed)
  let order = generator.permutation(count)
  return TrainTestSplit(training: Array(order.dropFirst(testCount)), test: Array(order.prefix(testCount)))
}

/// Returns the number of samples to test with: a share of `count`, rounded up.
///
/// - Precondition: `testFraction` is in 0 ... 1.
func testCount(of count: Int, testFraction: Double) -> Int {
  require((0...1).contains(testFraction), "testFraction must be in 0...1, not \(testFraction)")
  return Int((testFraction * Double(count)).rounded(.up))
}
