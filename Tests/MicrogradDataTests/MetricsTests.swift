import MicrogradData
import Testing

struct MetricsTests {
  // MARK: Like scikit-learn's, on random vectors

  @Test func classes() throws {
    for (index, expected) in try results("metrics-classes").enumerated() {
      let vectors = ClassVectors(case: index)
      let got = index % 2 == 0 ? scores(vectors, named: numbers) : scores(vectors, named: words)
      expectEqual(got, expected, "case \(index), \(vectors)")
    }
  }

  /// The accuracy, the combined numbers of precision, recall and F1, and the digests of the matrices.
  private func scores<Label: Hashable & Comparable>(_ vectors: ClassVectors, named names: [Label]) -> [Double] {
    let targets = vectors.targets.map { names[$0] }
    let predictions = vectors.predictions.map { names[$0] }
    let matrix = confusionMatrix(targets: targets, predictions: predictions)
    let given = confusionMatrix(
      targets: targets, predictions: predictions, labels: Array(names.prefix(vectors.classes)))
    #expect(matrix.labels == Set(targets + predictions).sorted())

    let accuracy = accuracyScore(targets: targets, predictions: predictions)
    func combined(_ score: (ClassAverage<Label>) -> Double, _ givenMacro: Double) -> Double {
      #expect(score(.micro) == accuracy, "\(vectors)")
      let positive = matrix.labels.last!
      return score(.macro) + 2 * score(.weighted) + 4 * score(.binary(positive: positive)) + 8 * givenMacro
    }
    return [
      accuracy,
      combined(
        { precisionScore(targets: targets, predictions: predictions, average: $0) }, given.precision(average: .macro)),
      combined(
        { recallScore(targets: targets, predictions: predictions, average: $0) }, given.recall(average: .macro)),
      combined({ f1Score(targets: targets, predictions: predictions, average: $0) }, given.f1(average: .macro)),
      digest(matrix.counts.joined()), digest(given.counts.joined()),
    ]
  }

  @Test func probabilities() throws {
    for (index, expected) in try results("metrics-probabilities").enumerated() {
      let vectors = ProbabilityVectors(case: index)
      let got = index % 2 == 0 ? scores(vectors, named: numbers) : scores(vectors, named: words)
      expectEqual(got, expected, "case \(index), \(vectors)")
    }
  }

  /// The area of the last class, the averages of the areas, and the log loss.
  private func scores<Label: Hashable & Comparable>(_ vectors: ProbabilityVectors, named names: [Label]) -> [Double] {
    let labels = names.prefix(vectors.classes).sorted()
    let targets = vectors.targets.map { labels[$0] }
    func area(_ average: ClassAverage<Label>) -> Double {
      rocAUCScore(targets: targets, probabilities: vectors.rows, labels: labels, average: average)
    }
    let last = area(.binary(positive: labels.last!))
    let isLast = targets.map { $0 == labels.last ? 1 : 0 }
    expectEqual([rocAUCScore(targets: isLast, scores: vectors.rows.map { $0.last! })], [last], "\(vectors)")
    return [
      last, area(.micro), area(.macro), area(.weighted),
      logLoss(targets: targets, probabilities: vectors.rows, labels: labels),
    ]
  }

  @Test func regression() throws {
    for (index, expected) in try results("metrics-numbers").enumerated() {
      let vectors = NumberVectors(case: index)
      let got = [
        meanSquaredError(targets: vectors.targets, predictions: vectors.predictions),
        meanAbsoluteError(targets: vectors.targets, predictions: vectors.predictions),
        r2Score(targets: vectors.targets, predictions: vectors.predictions),
      ]
      expectEqual(got, expected, "case \(index), \(vectors)")
    }
  }

  // MARK: By hand

  @Test func confusion() {
    let targets = ["cat", "cat", "dog", "cat"]
    let predictions = ["cat", "dog", "dog", "eel"]
    let matrix = confusionMatrix(targets: targets, predictions: predictions)
    #expect(matrix.labels == ["cat", "dog", "eel"])
    #expect(matrix.counts == [[1, 1, 1], [0, 1, 0], [0, 0, 0]])
    #expect(matrix == ConfusionMatrix(labels: matrix.labels, counts: matrix.counts))
    #expect(matrix.accuracy() == 0.5)
    #expect(matrix.precision(average: .binary(positive: "dog")) == 0.5)
    #expect(matrix.recall(average: .binary(positive: "dog")) == 1)
    #expect(matrix.f1(average: .binary(positive: "cat")) == 0.5)
    #expect(matrix.recall(average: .binary(positive: "eel")) == 0, "a class without samples")
    #expect(matrix.f1(average: .weighted) == (3 * 0.5 + 2.0 / 3) / 4)

    let given = confusionMatrix(targets: targets, predictions: predictions, labels: ["fox", "dog", "eel", "cat"])
    #expect(given.counts == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 1, 1, 1]])
  }

  /// The positive class may be absent if all samples are of the other one.
  @Test func onlyNegatives() {
    let score = precisionScore(targets: [0, 0], predictions: [0, 0], average: .binary(positive: 1))
    #expect(score == 0)
    #expect(accuracyScore(targets: [0, 0], predictions: [0, 0]) == 1)
  }

  @Test func areaOfTwoClasses() {
    #expect(rocAUCScore(targets: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8]) == 0.75)
    #expect(rocAUCScore(targets: ["no", "yes"], scores: [-.infinity, .infinity]) == 1)
    #expect(rocAUCScore(targets: ["no", "yes"], scores: [-0.0, 0.0]) == 0.5, "equal scores")
    #expect(rocAUCScore(targets: [1, 1], scores: [0, 1]).isNaN, "one class")
    #expect(rocAUCScore(targets: [0, 1, 1], scores: [0, .nan, 1]).isNaN, "no order")
  }

  /// The labels may stand in any order; that of scikit-learn is sorted.
  @Test func columnsHaveTheOrderOfTheLabels() {
    let targets = ["b", "a", "c", "a", "b"]
    let rows = [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0.3, 0.3, 0.4], [0.4, 0.2, 0.4], [0.3, 0.5, 0.2]]
    let sorted = rows.map { [$0[1], $0[0], $0[2]] }
    let loss = logLoss(targets: targets, probabilities: rows, labels: ["b", "a", "c"])
    #expect(loss == logLoss(targets: targets, probabilities: sorted, labels: ["a", "b", "c"]))
    let area = rocAUCScore(targets: targets, probabilities: rows, labels: ["b", "a", "c"], average: .weighted)
    let expected = rocAUCScore(targets: targets, probabilities: sorted, labels: ["a", "b", "c"], average: .weighted)
    #expect(abs(area - expected) < 1e-15)
  }

  /// `log_loss([0], [[p, 1 - p]], labels=[0, 1])` of version 1.9.1.
  @Test(arguments: [(0, 36.04365338911715), (1, 2.220446049250313e-16), (0.25, 1.3862943611198906)])
  func logLossIsClipped(probability: Double, expected: Double) {
    let got = logLoss(targets: [0], probabilities: [[probability, 1 - probability]], labels: [0, 1])
    #expect(abs(got - expected) <= 4 * expected.ulp, "\(probability): got \(got), expected \(expected)")
  }

  /// A network whose training diverged gives nan. That is no reason to stop, and no score.
  @Test func nanGivesNaN() {
    #expect(logLoss(targets: [0], probabilities: [[.nan, .nan]], labels: [0, 1]).isNaN)
    #expect(rocAUCScore(targets: [0, 1], probabilities: [[.nan, .nan], [0, 1]], labels: [0, 1]).isNaN)
    #expect(meanSquaredError(targets: [1, 2], predictions: [1, .nan]).isNaN)
    #expect(meanAbsoluteError(targets: [1, 2], predictions: [1, .nan]).isNaN)
    #expect(r2Score(targets: [1, 2], predictions: [1, .nan]).isNaN)
    #expect(r2Score(targets: [1, 1], predictions: [1, .nan]).isNaN)
  }

  /// The mean of equal numbers is that number, of which a plain sum of seven times 0.1 would miss the last digit.
  @Test func equalTargets() {
    let targets = Array(repeating: 0.1, count: 7)
    #expect(targets.reduce(0, +) / 7 != 0.1)
    #expect(r2Score(targets: targets, predictions: targets) == 1)
    #expect(r2Score(targets: targets, predictions: targets.map { $0 + 1 }) == 0)
    #expect(r2Score(targets: [1], predictions: [1]).isNaN, "one sample")
  }
}
