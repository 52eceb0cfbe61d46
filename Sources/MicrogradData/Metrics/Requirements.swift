import MicrogradRequirement

// The checks that the metrics share.

/// Traps unless there are as many predictions as targets, and at least one.
func requirePairs(targets: Int, predictions: Int) {
  require(
    targets == predictions && targets > 0,
    "a score needs a prediction for each target, and at least one: "
      + "it got \(counted(targets, "target")) and \(counted(predictions, "prediction"))")
}

/// Traps unless each sample has a probability for each label.
func requireRows(_ probabilities: [[Double]], labels: Int) {
  for (index, row) in probabilities.enumerated() {
    require(
      row.count == labels,
      "sample \(index) has \(row.count) probabilities for \(counted(labels, "label"))")
  }
}

/// Returns the position of each label.
///
/// - Precondition: All labels are different.
func positions<Label: Hashable>(of labels: [Label]) -> [Label: Int] {
  var positions: [Label: Int] = [:]
  for (position, label) in labels.enumerated() { positions[label] = position }
  require(positions.count == labels.count, "the labels must be all different, but they are \(labels)")
  return positions
}

extension Dictionary where Value == Int {
  /// Returns the positions of labels. Traps if there is one that has none.
  func positions(of labels: [Key]) -> [Int] {
    labels.map { label in
      guard let position = self[label] else { stop("\(label) is not among the given labels") }
      return position
    }
  }
}
