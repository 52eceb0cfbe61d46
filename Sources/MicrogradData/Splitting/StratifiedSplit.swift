import MicrogradRandom

/// Returns a random split whose parts have nearly the same shares of the classes: scikit-learn's
/// `train_test_split(range(n), test_size=testFraction, random_state=seed, stratify=labels)`, position for position.
///
///     let split = try stratifiedTrainTestSplit(labels: ["a", "b", "a", "b", "a", "b"], testFraction: 0.3, seed: 1)
///     split.training  // [0, 3, 4, 5]
///     split.test      // [2, 1]
///
/// The number for testing is `testFraction` · n, rounded up, where n is the number of samples.
///
/// - Parameters:
///   - labels: The classes of the samples.
///   - testFraction: The share of the samples to test with.
///   - seed: The seed of the `NumPyRandom` that picks the samples.
/// - Throws: ``SplitError`` if there are no samples, if a class has only one, or if either part has fewer samples than there
///   are classes.
/// - Precondition: `testFraction` is in 0 ... 1.
/// - Complexity: O(n + k log k + r k), where n is the number of samples, k that of the classes and r that of the different
///   remainders in sharing them out, at most k.
public func stratifiedTrainTestSplit<Label: Hashable & Comparable>(
  labels: [Label], testFraction: Double, seed: UInt32
) throws(SplitError) -> TrainTestSplit {
  let testCount = testCount(of: labels.count, testFraction: testFraction)
  let members = Dictionary(grouping: labels.indices) { labels[$0] }.sorted { $0.key < $1.key }
  try checkSizes(members, testCount: testCount, trainingCount: labels.count - testCount)

  var generator = NumPyRandom(seed: seed)
  let sizes = members.map { $0.value.count }
  let trainingSizes = generator.mode(drawing: labels.count - testCount, from: sizes)
  let testSizes = generator.mode(drawing: testCount, from: zip(sizes, trainingSizes).map { $0 - $1 })

  var training: [Int] = []
  var test: [Int] = []
  for (index, (_, positions)) in members.enumerated() {
    let order = generator.permutation(positions.count).map { positions[$0] }
    training += order.prefix(trainingSizes[index])
    test += order.dropFirst(trainingSizes[index]).prefix(testSizes[index])
  }
  generator.shuffle(&training)
  generator.shuffle(&test)
  return TrainTestSplit(training: training, test: test)
}

private func checkSizes<Label>(
  _ members: [(key: Label, value: [Int])], testCount: Int, trainingCount: Int
) throws(SplitError) {
  guard !members.isEmpty else { throw SplitError(reason: .noSamples) }
  if let lonely = members.first(where: { $0.value.count == 1 }) {
    throw SplitError(reason: .singleMember(label: "\(lonely.key)"))
  }
  if trainingCount < members.count {
    throw SplitError(reason: .trainingPartTooSmall(count: trainingCount, classes: members.count))
  }
  if testCount < members.count {
    throw SplitError(reason: .testPartTooSmall(count: testCount, classes: members.count))
  }
}

extension NumPyRandom {
  /// Returns how many of `count` samples come from each class if they are shared out in proportion: scikit-learn's
  /// `_approximate_mode`, an approximation to the mode of the multivariate hypergeometric distribution.
  ///
  /// Every class gets its share, rounded down. Those with the largest remainders get one more, and chance decides between
  /// equal ones.
  fileprivate mutating func mode(drawing count: Int, from sizes: [Int]) -> [Int] {
    let total = Double(sizes.reduce(0, +))
    let shares = sizes.map { Double($0) / total * Double(count) }
    var drawn = shares.map { Int($0) }
    let remainders = shares.map { $0 - $0.rounded(.down) }
    var missing = count - drawn.reduce(0, +)
    for remainder in Set(remainders).sorted(by: >) where missing > 0 {
      let candidates = remainders.indices.filter { remainders[$0] == remainder }
      for chosen in permutation(candidates.count).prefix(missing) { drawn[candidates[chosen]] += 1 }
      missing -= min(missing, candidates.count)
    }
    return drawn
  }
}
