import MicrogradRequirement

/// The number of samples of each class that were predicted to be of each class: scikit-learn's `confusion_matrix`.
///
///     let matrix = confusionMatrix(targets: ["cat", "cat", "dog"], predictions: ["cat", "dog", "dog"])
///     matrix.labels                     // ["cat", "dog"]
///     matrix.counts                     // [[1, 1], [0, 1]]
///     matrix.recall(average: .macro)    // 0.75
///
/// Accuracy, precision, recall and F1 are computed from it.
public struct ConfusionMatrix<Label: Hashable & Comparable> {
  /// The classes, in the order of the rows and of the columns.
  public let labels: [Label]
  /// The numbers of samples: `counts[target][prediction]`, a row for each true class and a column for each predicted one.
  public let counts: [[Int]]

  /// Creates a matrix from its counts.
  ///
  /// - Precondition: The labels are all different; there is a row and a column for each; no count is negative, and at least
  ///   one is positive.
  public init(labels: [Label], counts: [[Int]]) {
    _ = positions(of: labels)
    require(
      counts.count == labels.count && counts.allSatisfy { $0.count == labels.count },
      "a confusion matrix of \(counted(labels.count, "label")) needs as many rows and columns")
    require(
      counts.allSatisfy { $0.allSatisfy { $0 >= 0 } } && counts.contains { $0.contains { $0 > 0 } },
      "the counts of a confusion matrix must be 0 or larger, and one of them positive")
    self.labels = labels
    self.counts = counts
  }
}

extension ConfusionMatrix: Sendable where Label: Sendable {}
extension ConfusionMatrix: Equatable {}

/// Returns the number of samples of each class that were predicted to be of each class: scikit-learn's
/// `confusion_matrix(targets, predictions, labels=labels)`.
///
/// - Parameters:
///   - targets: The true classes.
///   - predictions: The predicted classes, in the order of the targets.
///   - labels: The classes in the order of the rows and columns. If it is `nil`, they are all classes that occur, sorted.
/// - Precondition: There are as many predictions as targets, and at least one. The labels are all different, and all
///   classes that occur are among them. (scikit-learn leaves out samples of other classes.)
/// - Complexity: O(n + k²), where n is the number of samples and k that of the classes.
public func confusionMatrix<Label: Hashable & Comparable>(
  targets: [Label], predictions: [Label], labels: [Label]? = nil
) -> ConfusionMatrix<Label> {
  requirePairs(targets: targets.count, predictions: predictions.count)
  let labels = labels ?? Set(targets).union(predictions).sorted()
  let rows = positions(of: labels)
  var counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
  for (row, column) in zip(rows.positions(of: targets), rows.positions(of: predictions)) {
    counts[row][column] += 1
  }
  return ConfusionMatrix(labels: labels, counts: counts)
}
