public import MicrogradData
public import MicrogradModels

extension TabularModel {
  /// Compares predictions with the targets of rows.
  ///
  /// Precision, recall and F1 are those of the second class if there are two, and otherwise means over the classes
  /// (`.macro`). The baseline is learnt from the training rows.
  ///
  /// - Throws: `CSVError` if the rows do not fit to the model, have a class that it does not know, or there are none.
  public func evaluate(_ table: Table) throws -> Evaluation {
    try evaluate(predict(table), table)
  }

  /// Compares known predictions with the targets of the same rows.
  package func evaluate(_ predictions: Predictions, _ table: Table) throws(CSVError) -> Evaluation {
    try table.checkRows()
    switch predictions {
    case .classes(let classes, let probabilities):
      return evaluation(
        try pipeline.labels(of: table), predictions.labels ?? [], probabilities, classes: classes)
    case .numbers(let numbers): return evaluation(try pipeline.targetNumbers(of: table), numbers)
    }
  }

  private func evaluation(
    _ targets: [Int], _ labels: [Int], _ probabilities: [[Double]], classes: [String]
  ) -> Evaluation {
    let all = Array(classes.indices)
    let matrix = confusionMatrix(targets: targets, predictions: labels, labels: all)
    let average: ClassAverage<Int> = classes.count == 2 ? .binary(positive: 1) : .macro
    // Rounding can make a probability a little larger than 1.
    let probabilities = probabilities.map { $0.map { min($0, 1) } }
    let guess = record?.mostFrequentClass ?? 0
    let area =
      classes.count == 2
      ? rocAUCScore(targets: targets, scores: probabilities.map { $0[1] })
      : rocAUCScore(targets: targets, probabilities: probabilities, labels: all)
    let scores: [Evaluation.Score] = [
      .init(
        "accuracy", matrix.accuracy(), baseline: Double(targets.count { $0 == guess }) / Double(targets.count)),
      .init("precision", matrix.precision(average: average)), .init("recall", matrix.recall(average: average)),
      .init("F1", matrix.f1(average: average)), .init("ROC AUC", area, baseline: 0.5),
      .init("log loss", logLoss(targets: targets, probabilities: probabilities, labels: all)),
    ]
    return Evaluation(
      rowCount: targets.count, scores: scores, confusion: ConfusionMatrix(labels: classes, counts: matrix.counts))
  }

  private func evaluation(_ targets: [Double], _ numbers: [Double]) -> Evaluation {
    var guess = 0.0
    if case .standardized(let mean, _) = pipeline.target.encoding { guess = mean }
    let guesses = targets.map { _ in guess }
    func rootMeanSquaredError(_ predictions: [Double]) -> Double {
      meanSquaredError(targets: targets, predictions: predictions).squareRoot()
    }
    let scores: [Evaluation.Score] = [
      .init(
        "R²", r2Score(targets: targets, predictions: numbers),
        baseline: r2Score(targets: targets, predictions: guesses)
      ),
      .init(
        "mean absolute error", meanAbsoluteError(targets: targets, predictions: numbers),
        baseline: meanAbsoluteError(targets: targets, predictions: guesses)),
      .init(
        "root mean squared error", rootMeanSquaredError(numbers), baseline: rootMeanSquaredError(guesses)),
    ]
    return Evaluation(rowCount: targets.count, scores: scores, confusion: nil)
  }
}

extension TrainingRecord {
  /// The position of the class that most training rows have, the first of several.
  package var mostFrequentClass: Int? { classCounts.indices.max { classCounts[$0] < classCounts[$1] } }
}
