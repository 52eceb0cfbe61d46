extension Table {
  /// Returns random rows for testing, and the others for training. If the target has classes, both parts have nearly the
  /// same shares of them. scikit-learn's `train_test_split(table, test_size=testFraction, random_state=seed, stratify=…)`
  /// picks the same rows.
  ///
  /// - Parameters:
  ///   - testFraction: The share of the rows to test with.
  ///   - target: The name of the column that is going to be predicted.
  ///   - problem: The kind of prediction; nil: as the target says, see ``Pipeline/init(learning:target:problem:excluding:)``.
  ///   - seed: The seed of the `NumPyRandom` that picks the rows.
  /// - Throws: ``CSVError`` if there is no such column, a target is missing or all are of one class, ``SplitError`` if there
  ///   are too few rows.
  /// - Precondition: `testFraction` is in 0 ... 1.
  public func split(
    testFraction: Double, target: String, problem: Pipeline.Problem? = nil, seed: UInt32
  ) throws -> (training: Table, test: Table) {
    let split =
      if let classes = try classes(of: target, problem) {
        try stratifiedTrainTestSplit(labels: classes, testFraction: testFraction, seed: seed)
      } else {
        trainTestSplit(count: rowCount, testFraction: testFraction, seed: seed)
      }
    if split.training.isEmpty, rowCount > 0 { throw SplitError(reason: .nothingToTrain(samples: rowCount)) }
    return (selecting(split.training), selecting(split.test))
  }

  /// Returns the splits of a cross-validation: ``stratifiedKFold(labels:folds:seed:)`` if the target has classes, else
  /// ``kFold(count:folds:seed:)``.
  ///
  /// - Throws: ``CSVError`` if there is no such column, a target is missing or all are of one class, ``SplitError`` if there
  ///   are too few rows.
  /// - Precondition: There are at least two folds.
  public func folds(
    _ count: Int, target: String, problem: Pipeline.Problem? = nil, seed: UInt32
  ) throws -> [(training: Table, test: Table)] {
    let splits =
      if let classes = try classes(of: target, problem) {
        try stratifiedKFold(labels: classes, folds: count, seed: seed)
      } else {
        try kFold(count: rowCount, folds: count, seed: seed)
      }
    return splits.map { (selecting($0.training), selecting($0.test)) }
  }

  /// Returns the class of each row; nil if the target is a number.
  private func classes(of target: String, _ problem: Pipeline.Problem?) throws(CSVError) -> [String]? {
    let index = try index(ofColumn: target)
    try checkComplete(at: index)
    guard try Pipeline.problem(problem, of: index, in: self) == .classification else { return nil }
    // A single class is a mistake of its own, and not one of the split.
    if rowCount > 0 { _ = try Pipeline.classes(of: index, in: self) }
    return columns[index].texts
  }
}
