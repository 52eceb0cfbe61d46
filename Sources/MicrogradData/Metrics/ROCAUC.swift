import MicrogradRequirement

/// Returns the area under the receiver operating characteristic curve of two classes: scikit-learn's `roc_auc_score`.
///
///     rocAUCScore(targets: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8])  // 0.75
///
/// It is the share of all pairs of a positive and a negative sample in which the positive one has the higher score. Equal
/// scores count one half. 0.5 is what guessing gives.
///
/// - Parameters:
///   - targets: The true classes. The greater of the two is the positive one.
///   - scores: A number for each sample, such as a probability or a logit: the higher, the more likely it is positive.
/// - Returns: The area, or nan if all samples are of one class or a score is nan.
/// - Precondition: There are as many scores as targets, and at least one. There are no more than two classes.
/// - Complexity: O(n log n), where n is the number of samples.
///
/// Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC)
/// curve" (1982), [doi:10.1148/radiology.143.1.7063747](https://doi.org/10.1148/radiology.143.1.7063747).
public func rocAUCScore<Label: Hashable & Comparable>(targets: [Label], scores: [Double]) -> Double {
  requirePairs(targets: targets.count, predictions: scores.count)
  let classes = Set(targets)
  require(
    classes.count <= 2,
    "one score for each sample tells two classes apart, not \(classes.count); give a probability for each class")
  let positive = classes.max()
  return areaUnderCurve(isPositive: targets.map { $0 == positive }, scores: scores)
}

/// Returns the area under the receiver operating characteristic curve of each class against all others, averaged over the
/// classes: scikit-learn's `roc_auc_score(targets, probabilities, multi_class="ovr", labels=labels, average=average)`.
///
/// - Parameters:
///   - targets: The true classes.
///   - probabilities: The probability of each class, for each sample.
///   - labels: The classes, in the order of the probabilities. (scikit-learn wants them sorted.)
///   - average: The rule that makes one score of those of the classes.
/// - Returns: The average, or nan if it needs the score of a class that has either no samples or all of them, or if a
///   probability is nan. A weighted average does without the classes that have no samples.
/// - Precondition: There are as many rows of probabilities as targets, and at least one, each with a probability for each
///   label. The labels are all different; the targets and the label of `.binary` are among them.
/// - Complexity: O(k n log(kn)), where n is the number of samples and k that of the classes.
public func rocAUCScore<Label: Hashable & Comparable>(
  targets: [Label], probabilities: [[Double]], labels: [Label], average: ClassAverage<Label> = .macro
) -> Double {
  requirePairs(targets: targets.count, predictions: probabilities.count)
  requireRows(probabilities, labels: labels.count)
  let positions = positions(of: labels)
  let classes = positions.positions(of: targets)
  func area(_ label: Int) -> Double {
    areaUnderCurve(isPositive: classes.map { $0 == label }, scores: probabilities.map { $0[label] })
  }
  switch average {
  case .binary(let positive): return area(positions.positions(of: [positive])[0])
  case .micro:
    let isPositive = classes.flatMap { label in labels.indices.map { $0 == label } }
    return areaUnderCurve(isPositive: isPositive, scores: Array(probabilities.joined()))
  case .macro: return mean(labels.indices.map(area))
  case .weighted:
    let counts = labels.indices.map { label in classes.count { $0 == label } }
    return weightedMean(labels.indices.map(area), counts: counts)
  }
}

/// Returns the share of all pairs of a positive and a negative sample in which the positive one has the higher score, where
/// equal scores count one half. It is nan if there is no such pair, or a score is nan.
private func areaUnderCurve(isPositive: [Bool], scores: [Double]) -> Double {
  let positives = isPositive.count { $0 }
  let negatives = isPositive.count - positives
  guard positives > 0, negatives > 0, !scores.contains(where: { $0.isNaN }) else { return .nan }

  let ascending = scores.indices.sorted { scores[$0] < scores[$1] }
  var start = 0
  var negativesBelow = 0
  var halvesOfPairs = 0
  while start < ascending.count {
    let score = scores[ascending[start]]
    let equal = ascending[start...].prefix { scores[$0] == score }
    let positivesHere = equal.count { isPositive[$0] }
    let negativesHere = equal.count - positivesHere
    halvesOfPairs += positivesHere * (2 * negativesBelow + negativesHere)
    negativesBelow += negativesHere
    start = equal.endIndex
  }
  return Double(halvesOfPairs) / (2 * Double(positives) * Double(negatives))
}
