/// Returns the share of the predictions that are right: scikit-learn's `accuracy_score`.
///
/// - Precondition: There are as many predictions as targets, and at least one.
/// - Complexity: O(n + k²), where n is the number of samples and k that of the classes.
public func accuracyScore<Label: Hashable & Comparable>(targets: [Label], predictions: [Label]) -> Double {
  confusionMatrix(targets: targets, predictions: predictions).accuracy()
}

/// Returns the share of the samples predicted to be of a class that are of that class: scikit-learn's `precision_score`.
///
///     precisionScore(targets: [0, 1, 1, 0], predictions: [1, 1, 1, 0], average: .binary(positive: 1))  // 2 of 3
///
/// A class that was never predicted has a precision of 0. The classes to average over are all that occur in targets or
/// predictions; ``confusionMatrix(targets:predictions:labels:)`` takes others.
///
/// - Precondition: There are as many predictions as targets, and at least one. The label of `.binary` occurs, unless there
///   is only one class.
/// - Complexity: O(n + k²), where n is the number of samples and k that of the classes.
public func precisionScore<Label: Hashable & Comparable>(
  targets: [Label], predictions: [Label], average: ClassAverage<Label>
) -> Double {
  confusionMatrix(targets: targets, predictions: predictions).precision(average: average)
}

/// Returns the share of the samples of a class that were predicted to be of that class: scikit-learn's `recall_score`.
///
/// A class without samples has a recall of 0. The classes to average over are all that occur in targets or predictions;
/// ``confusionMatrix(targets:predictions:labels:)`` takes others.
///
/// - Precondition: There are as many predictions as targets, and at least one. The label of `.binary` occurs, unless there
///   is only one class.
/// - Complexity: O(n + k²), where n is the number of samples and k that of the classes.
public func recallScore<Label: Hashable & Comparable>(
  targets: [Label], predictions: [Label], average: ClassAverage<Label>
) -> Double {
  confusionMatrix(targets: targets, predictions: predictions).recall(average: average)
}

/// Returns the harmonic mean of precision and recall, `2 · precision · recall / (precision + recall)`: scikit-learn's
/// `f1_score`.
///
/// It is 0 if both are 0. The classes to average over are all that occur in targets or predictions;
/// ``confusionMatrix(targets:predictions:labels:)`` takes others.
///
/// - Precondition: There are as many predictions as targets, and at least one. The label of `.binary` occurs, unless there
///   is only one class.
/// - Complexity: O(n + k²), where n is the number of samples and k that of the classes.
public func f1Score<Label: Hashable & Comparable>(
  targets: [Label], predictions: [Label], average: ClassAverage<Label>
) -> Double {
  confusionMatrix(targets: targets, predictions: predictions).f1(average: average)
}
