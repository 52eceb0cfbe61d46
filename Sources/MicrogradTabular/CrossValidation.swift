public import MicrogradData
public import MicrogradModels

/// The quality of models that were trained on all parts of a table but one, each judged on the part that it never saw.
public struct CrossValidation: Sendable, Equatable {
  /// The evaluations, one for each part.
  public let evaluations: [Evaluation]

  /// The mean of a figure over the parts; nil if there is no figure of that name.
  public func mean(_ name: String) -> Double? {
    let values = evaluations.compactMap { $0[name] }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The mean of a figure's baseline over the parts; nil if it has none.
  package func meanBaseline(_ name: String) -> Double? {
    let baselines = evaluations.compactMap { $0.scores.first { $0.name == name }?.baseline }
    return baselines.isEmpty ? nil : baselines.reduce(0, +) / Double(baselines.count)
  }

  /// The standard deviation of a figure over the parts (that of NumPy: divided by their count); nil if there is no
  /// figure of that name.
  public func deviation(_ name: String) -> Double? {
    guard let mean = mean(name) else { return nil }
    let squares = evaluations.compactMap { $0[name] }.map { ($0 - mean) * ($0 - mean) }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}

extension TabularTrainer {
  /// Trains a model for each part of a table, on all rows but those of the part, and evaluates it on these.
  ///
  /// - Parameters:
  ///   - table: All rows.
  ///   - target: The name of the column to predict.
  ///   - folds: The count of parts, `Table.folds(_:target:problem:seed:)`.
  ///   - report: Receives the number of each part, counted from 1, and its evaluation.
  /// - Throws: As ``fit(_:target:)``, and `SplitError` if there are too few rows for so many parts.
  public func crossValidate(
    _ table: Table, target: String, folds: Int, report: (Int, Evaluation) throws -> Void = { _, _ in }
  ) throws -> CrossValidation {
    var evaluations: [Evaluation] = []
    for (training, test) in try table.folds(folds, target: target, problem: problem, seed: seed) {
      let evaluation = try fit(training, target: target).model.evaluate(test)
      evaluations.append(evaluation)
      try report(evaluations.count, evaluation)
    }
    return CrossValidation(evaluations: evaluations)
  }
}
