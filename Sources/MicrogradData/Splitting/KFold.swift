import MicrogradRandom
import MicrogradRequirement

/// Returns the splits of a cross-validation, in each of which another part of the samples is for testing: scikit-learn's
/// `KFold(folds, shuffle=True, random_state=seed)`, position for position.
///
///     for fold in try kFold(count: 150, folds: 5, seed: 1) { print(fold.test.count) }  // five times 30
///
/// Every sample is in the test part of one split. The parts differ by at most one sample, and the larger ones come first.
/// All positions are in ascending order.
///
/// - Parameters:
///   - count: The number of samples.
///   - folds: The number of splits.
///   - seed: The seed of the `NumPyRandom` that picks the samples. If it is `nil`, each part is a run of neighbours, as of
///     scikit-learn's `KFold(folds)`.
/// - Throws: ``SplitError`` if there are fewer samples than folds.
/// - Precondition: There are at least two folds.
/// - Complexity: O(`count` · `folds`), the size of the result.
public func kFold(count: Int, folds: Int, seed: UInt32?) throws(SplitError) -> [TrainTestSplit] {
  try checkFolds(folds, samples: count)
  var order = Array(0..<count)
  if let seed {
    var generator = NumPyRandom(seed: seed)
    generator.shuffle(&order)
  }
  var foldOfSample = Array(repeating: 0, count: count)
  var start = 0
  for (fold, size) in evenly(count, among: folds).enumerated() {
    for position in order[start..<start + size] { foldOfSample[position] = fold }
    start += size
  }
  return splits(foldOfSample, folds: folds)
}

/// Returns the splits of a cross-validation, in which each part has nearly the same shares of the classes: scikit-learn's
/// `StratifiedKFold(folds, shuffle=True, random_state=seed)`, position for position.
///
/// Every sample is in the test part of one split. The parts differ by at most one sample, and their numbers of samples of a
/// class differ by at most one. A class with fewer samples than folds is missing in some parts; scikit-learn warns of that.
/// All positions are in ascending order.
///
/// - Parameters:
///   - labels: The classes of the samples.
///   - folds: The number of splits.
///   - seed: The seed of the `NumPyRandom` that picks the samples. If it is `nil`, the first samples of each class are in the
///     first part, and so on, as of scikit-learn's `StratifiedKFold(folds)`.
/// - Throws: ``SplitError`` if there are fewer samples than folds, or every class has fewer samples than folds.
/// - Precondition: There are at least two folds.
/// - Complexity: O(nf + n log n), where n is the number of samples and f that of the folds.
public func stratifiedKFold<Label: Hashable>(
  labels: [Label], folds: Int, seed: UInt32?
) throws(SplitError) -> [TrainTestSplit] {
  try checkFolds(folds, samples: labels.count)
  let members = Dictionary(grouping: labels.indices) { labels[$0] }.values.sorted { $0[0] < $1[0] }
  let largest = members.lazy.map { $0.count }.max() ?? 0
  if largest < folds { throw SplitError(reason: .classesSmallerThanFolds(largest: largest, folds: folds)) }

  var generator = seed.map(NumPyRandom.init(seed:))
  var foldOfSample = Array(repeating: 0, count: labels.count)
  var dealt = 0
  for positions in members {
    // The samples are dealt to the folds in turn, class after class.
    var foldsOfClass = positions.indices.map { (dealt + $0) % folds }.sorted()
    dealt += positions.count
    generator?.shuffle(&foldsOfClass)
    for (position, fold) in zip(positions, foldsOfClass) { foldOfSample[position] = fold }
  }
  return splits(foldOfSample, folds: folds)
}

private func checkFolds(_ folds: Int, samples: Int) throws(SplitError) {
  require(folds >= 2, "a cross-validation needs at least two folds, not \(folds)")
  if samples < folds { throw SplitError(reason: .fewerSamplesThanFolds(samples: samples, folds: folds)) }
}

/// Returns a split for each fold, which tests with its samples and trains with all others.
private func splits(_ foldOfSample: [Int], folds: Int) -> [TrainTestSplit] {
  (0..<folds).map { fold in
    TrainTestSplit(
      training: foldOfSample.indices.filter { foldOfSample[$0] != fold },
      test: foldOfSample.indices.filter { foldOfSample[$0] == fold })
  }
}
