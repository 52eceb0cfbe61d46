import MicrogradData
import Testing

struct SplittingTests {
  // MARK: Like scikit-learn's, on random labels

  @Test func randomLabels() throws {
    for (index, expected) in try results("splits").enumerated() {
      let vectors = SplitVectors(case: index)
      let seed = UInt32(index)
      let got = index % 2 == 0 ? digests(vectors, numbers, seed: seed) : digests(vectors, words, seed: seed)
      for (got, expected) in zip(got, expected) where got != expected {
        Issue.record("case \(index), \(vectors): got \(got), expected \(expected)")
      }
    }
  }

  /// The digests of the positions, or -1 for an error.
  private func digests<Label: Hashable & Comparable>(
    _ vectors: SplitVectors, _ names: [Label], seed: UInt32
  ) -> [Double] {
    let labels = vectors.labels.map { names[$0] }
    let folds = vectors.folds
    let fraction = vectors.fraction
    return [
      digest { try kFold(count: labels.count, folds: folds, seed: nil) },
      digest { try kFold(count: labels.count, folds: folds, seed: seed) },
      digest { try stratifiedKFold(labels: labels, folds: folds, seed: nil) },
      digest { try stratifiedKFold(labels: labels, folds: folds, seed: seed) },
      digest { [try nonempty(trainTestSplit(count: labels.count, testFraction: fraction, seed: seed))] },
      digest { [try stratifiedTrainTestSplit(labels: labels, testFraction: fraction, seed: seed)] },
    ]
  }

  private func digest(_ splits: () throws -> [TrainTestSplit]) -> Double {
    guard let splits = try? splits() else { return -1 }
    return MicrogradDataTests.digest(splits.flatMap { $0.training + [999] + $0.test + [999] })
  }

  /// scikit-learn has an error for a split that leaves nothing to train with.
  private func nonempty(_ split: TrainTestSplit) throws -> TrainTestSplit {
    struct NothingToTrainWith: Error {}
    guard !split.training.isEmpty else { throw NothingToTrainWith() }
    return split
  }

  // MARK: By hand

  @Test func folds() throws {
    #expect(
      try kFold(count: 5, folds: 2, seed: nil) == [
        TrainTestSplit(training: [3, 4], test: [0, 1, 2]), TrainTestSplit(training: [0, 1, 2], test: [3, 4]),
      ])
    #expect(
      try stratifiedKFold(labels: ["a", "a", "b", "b", "b"], folds: 2, seed: nil) == [
        TrainTestSplit(training: [1, 4], test: [0, 2, 3]), TrainTestSplit(training: [0, 2, 3], test: [1, 4]),
      ])
  }

  /// `train_test_split(range(5), test_size=0.25, random_state=1)`, and of six with `stratify=list("ababab")`.
  @Test func oneSplit() throws {
    let split = trainTestSplit(count: 5, testFraction: 0.25, seed: 1)
    #expect(split == TrainTestSplit(training: [4, 0, 3], test: [2, 1]))
    let labels = ["a", "b", "a", "b", "a", "b"]
    let stratified = try stratifiedTrainTestSplit(labels: labels, testFraction: 0.3, seed: 1)
    #expect(stratified == TrainTestSplit(training: [0, 3, 4, 5], test: [2, 1]))
  }

  /// A class with fewer samples than folds is no error, as long as another one has enough.
  @Test func oneSmallClass() throws {
    let splits = try stratifiedKFold(labels: [0, 0, 0, 1], folds: 3, seed: 1)
    #expect(splits.map(\.test.count).sorted() == [1, 1, 2])
    #expect(splits.flatMap(\.test).sorted() == [0, 1, 2, 3])
  }

  @Test(arguments: [
    (SplitError.Reason.fewerSamplesThanFolds(samples: 2, folds: 3), 2, 3),
    (.fewerSamplesThanFolds(samples: 0, folds: 2), 0, 2),
  ])
  func fewSamples(reason: SplitError.Reason, count: Int, folds: Int) throws {
    let error = try #require(throws: SplitError.self) { try kFold(count: count, folds: folds, seed: 1) }
    #expect(error.reason == reason)
    let labels = Array(repeating: 0, count: count)
    let same = try #require(throws: SplitError.self) { try stratifiedKFold(labels: labels, folds: folds, seed: 1) }
    #expect(same == error)
    #expect(
      error.description
        == "\(folds) folds need as many samples, but there are only \(count); ask for fewer folds, or add samples")
  }

  @Test func smallClasses() throws {
    let error = try #require(throws: SplitError.self) {
      try stratifiedKFold(labels: [0, 1, 0, 1, 2], folds: 3, seed: 1)
    }
    #expect(error.reason == .classesSmallerThanFolds(largest: 2, folds: 3))
    #expect(
      error.description == "3 folds need a class with as many samples, but the largest has only 2; "
        + "ask for fewer folds, or add samples")
  }

  @Test(arguments: [
    ([], 0.5, SplitError.Reason.noSamples, "there are no samples to split; add some"),
    (
      ["a", "a", "b", "c"], 0.5, .singleMember(label: "b"),
      "only one sample has the label \"b\"; a stratified split needs at least two of each: add one, or remove this one"
    ),
    (
      ["a", "a", "b", "b"], 0.75, .trainingPartTooSmall(count: 1, classes: 2),
      "a stratified split needs at least 2 samples for training, one of each class, "
        + "but there would be only 1; test with a smaller share, or add samples"
    ),
    (
      ["a", "a", "b", "b", "c", "c"], 0.3, .testPartTooSmall(count: 2, classes: 3),
      "a stratified split needs at least 3 samples for testing, one of each class, "
        + "but there would be only 2; test with a larger share, or add samples"
    ),
    (
      ["a", "a"], 0, .testPartTooSmall(count: 0, classes: 1),
      "a stratified split needs at least 1 sample for testing, one of each class, "
        + "but there would be only 0; test with a larger share, or add samples"
    ),
  ])
  func impossibleSplits(labels: [String], fraction: Double, reason: SplitError.Reason, message: String) throws {
    let error = try #require(throws: SplitError.self) {
      try stratifiedTrainTestSplit(labels: labels, testFraction: fraction, seed: 1)
    }
    #expect(error.reason == reason)
    #expect(error.description == message)
  }
}
