import MicrogradRequirement

extension ConfusionMatrix {
  /// Returns the share of the samples whose class was predicted: the sum of the diagonal over the sum of all counts.
  ///
  /// - Complexity: O(k²), where k is the number of classes.
  public func accuracy() -> Double {
    let total = Outcome(sumOf: outcomes())
    return Double(total.correct) / Double(total.actual)
  }

  /// Returns the share of the samples predicted to be of a class that are of that class, averaged over the classes.
  ///
  /// A class that was never predicted has a precision of 0.
  ///
  /// - Precondition: The label of `.binary` is one of ``labels``, unless there is only one.
  /// - Complexity: O(k²), where k is the number of classes.
  public func precision(average: ClassAverage<Label>) -> Double { score(average) { $0.precision } }

  /// Returns the share of the samples of a class that were predicted to be of that class, averaged over the classes.
  ///
  /// A class without samples has a recall of 0.
  ///
  /// - Precondition: The label of `.binary` is one of ``labels``, unless there is only one.
  /// - Complexity: O(k²), where k is the number of classes.
  public func recall(average: ClassAverage<Label>) -> Double { score(average) { $0.recall } }

  /// Returns the harmonic mean of precision and recall, averaged over the classes.
  ///
  /// A class without samples that was never predicted has an F1 of 0.
  ///
  /// - Precondition: The label of `.binary` is one of ``labels``, unless there is only one.
  /// - Complexity: O(k²), where k is the number of classes.
  public func f1(average: ClassAverage<Label>) -> Double { score(average) { $0.f1 } }

  private func score(_ average: ClassAverage<Label>, of value: (Outcome) -> Double) -> Double {
    switch average {
    case .binary(let positive): value(outcome(of: positive))
    case .micro: value(Outcome(sumOf: outcomes()))
    case .macro: mean(outcomes().map(value))
    case .weighted: weightedMean(outcomes().map(value), counts: outcomes().map { $0.actual })
    }
  }

  private func outcomes() -> [Outcome] { labels.indices.map(outcome(at:)) }

  private func outcome(at index: Int) -> Outcome {
    Outcome(
      correct: counts[index][index], predicted: counts.reduce(0) { $0 + $1[index] },
      actual: counts[index].reduce(0, +))
  }

  /// The outcome of a class. As in scikit-learn, it need not be one of the labels if there is only one: the samples may
  /// all be of the other class.
  private func outcome(of label: Label) -> Outcome {
    if let index = labels.firstIndex(of: label) { return outcome(at: index) }
    require(labels.count == 1, "\(label) is not one of the classes \(labels)")
    return Outcome(sumOf: [])
  }
}

/// The samples of a class, and those that were predicted to be of it.
private struct Outcome {
  /// The number of samples of the class that were predicted to be of it.
  var correct: Int
  /// The number of samples that were predicted to be of the class.
  var predicted: Int
  /// The number of samples of the class.
  var actual: Int

  var precision: Double { ratio(correct, predicted) }
  var recall: Double { ratio(correct, actual) }
  /// `2 · precision · recall / (precision + recall)`, of whole numbers.
  var f1: Double { ratio(2 * correct, predicted + actual) }

  /// A share of nothing is 0.
  private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension Outcome {
  init(sumOf outcomes: [Outcome]) {
    self.init(correct: 0, predicted: 0, actual: 0)
    for outcome in outcomes {
      correct += outcome.correct
      predicted += outcome.predicted
      actual += outcome.actual
    }
  }
}
