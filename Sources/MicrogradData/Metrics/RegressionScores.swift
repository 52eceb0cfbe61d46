/// Returns the mean squared error, `mean((target - prediction)²)`: scikit-learn's `mean_squared_error`.
///
/// It is nan if a number is nan.
///
/// - Precondition: There are as many predictions as targets, and at least one.
/// - Complexity: O(n), where n is the number of samples.
public func meanSquaredError(targets: [Double], predictions: [Double]) -> Double {
  sumOfSquaredErrors(targets, predictions) / Double(targets.count)
}

/// Returns the mean absolute error, `mean(|target - prediction|)`: scikit-learn's `mean_absolute_error`.
///
/// It is nan if a number is nan.
///
/// - Precondition: There are as many predictions as targets, and at least one.
/// - Complexity: O(n), where n is the number of samples.
public func meanAbsoluteError(targets: [Double], predictions: [Double]) -> Double {
  requirePairs(targets: targets.count, predictions: predictions.count)
  return mean(zip(targets, predictions).map { abs($0 - $1) })
}

/// Returns the coefficient of determination R², the share of the targets' variance that the predictions explain:
/// scikit-learn's `r2_score`.
///
///     1 - Σ (target - prediction)² / Σ (target - mean)²
///
/// It is 1 if all predictions are right, 0 if they are as good as the mean, and negative if they are worse. If all targets
/// are equal, there is nothing to explain: it is 1 if all predictions are right, and 0 otherwise. It is nan for a single
/// sample, or if a number is nan.
///
/// - Precondition: There are as many predictions as targets, and at least one.
/// - Complexity: O(n), where n is the number of samples.
public func r2Score(targets: [Double], predictions: [Double]) -> Double {
  let error = sumOfSquaredErrors(targets, predictions)
  guard targets.count > 1, !error.isNaN else { return .nan }
  let variation = sumOfSquaredErrors(targets, Array(repeating: exactMean(targets), count: targets.count))
  if variation == 0 { return error == 0 ? 1 : 0 }
  return 1 - error / variation
}

private func sumOfSquaredErrors(_ targets: [Double], _ predictions: [Double]) -> Double {
  requirePairs(targets: targets.count, predictions: predictions.count)
  return zip(targets, predictions).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}

/// Returns the mean, computed from the distances to the first number, so that the mean of equal numbers is that number.
private func exactMean(_ numbers: [Double]) -> Double { numbers[0] + mean(numbers.map { $0 - numbers[0] }) }
