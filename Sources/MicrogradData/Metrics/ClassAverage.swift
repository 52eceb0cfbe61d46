/// A rule that makes one score of the scores of the classes: scikit-learn's `average`.
///
/// Each class in turn is taken for the positive one, and all others together for the negative one.
public enum ClassAverage<Label> {
  /// The score of one class. All other classes, however many, count as negative.
  case binary(positive: Label)
  /// The score of all decisions of all classes together. Frequent classes have the most influence.
  case micro
  /// The mean of the scores of the classes, which all count the same.
  case macro
  /// The mean of the scores of the classes, each weighted by the number of its samples.
  case weighted
}

extension ClassAverage: Sendable where Label: Sendable {}
extension ClassAverage: Equatable where Label: Equatable {}

/// Returns the mean of scores, each weighted by the number of samples of its class. A class without samples does not
/// count, even if its score is nan.
func weightedMean(_ scores: [Double], counts: [Int]) -> Double {
  let sum = zip(scores, counts).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * Double($1.1) }
  return sum / Double(counts.reduce(0, +))
}

/// Returns the mean of numbers.
func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
