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

/// Splits of tables are those of their targets.
@Suite struct TableSplitTests {
  private let table = Table([
    .init("x", numbers: (0..<20).map { Double($0) }), .init("number", numbers: (0..<20).map { Double($0) / 7 }),
    .init("class", texts: (0..<20).map { $0 % 4 == 0 ? "rare" : "common" }),
  ])

  @Test func followTheTarget() throws {
    let classes = try #require(table[column: "class"]).texts
    let expected = try stratifiedTrainTestSplit(labels: classes, testFraction: 0.25, seed: 3)
    let split = try table.split(testFraction: 0.25, target: "class", seed: 3)
    #expect(split.training == table.selecting(expected.training) && split.test == table.selecting(expected.test))
    #expect(split.test[column: "class"]?.texts.count { $0 == "rare" } == 1)

    let plain = trainTestSplit(count: 20, testFraction: 0.25, seed: 3)
    #expect(try table.split(testFraction: 0.25, target: "number", seed: 3).test == table.selecting(plain.test))

    let folds = try table.folds(5, target: "class", seed: 3),
      parts = try stratifiedKFold(labels: classes, folds: 5, seed: 3)
    #expect(folds.map(\.test) == parts.map { table.selecting($0.test) })
    #expect(folds.map(\.training) == parts.map { table.selecting($0.training) })
    let plainParts = try kFold(count: 20, folds: 5, seed: 3)
    #expect(try table.folds(5, target: "number", seed: 3).map(\.test) == plainParts.map { table.selecting($0.test) })
  }

  @Test func mistakesInTheTargetComeFirst() throws {
    func reason(_ table: Table, _ target: String) throws -> CSVError.Reason {
      try #require(throws: CSVError.self) { try table.split(testFraction: 0.5, target: target, seed: 1) }.reason
    }
    #expect(try reason(table, "y") == .noColumn(named: "y", among: ["x", "number", "class"]))
    #expect(try reason(table.selecting([0, 4]), "class") == .oneClass("rare"))
    #expect(try reason(Table([.init("class", texts: ["a", "", "b"])]), "class") == .missingTarget)
  }
}
