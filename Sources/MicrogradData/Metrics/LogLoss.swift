import MicrogradRequirement
import RealModule

/// Returns the mean negative logarithm of the probability that was given to the true class: scikit-learn's
/// `log_loss(targets, probabilities, labels=labels)`, also called cross-entropy.
///
///     -mean(log p(true class))
///
/// Probabilities are clipped to [ε, 1 - ε], where ε = 2⁻⁵², so that one certain mistake does not make it infinite.
///
/// - Parameters:
///   - targets: The true classes.
///   - probabilities: The probability of each class, for each sample.
///   - labels: The classes, in the order of the probabilities. (scikit-learn wants them sorted.)
/// - Returns: The loss, or nan if the probability of a true class is nan.
/// - Precondition: There are as many rows of probabilities as targets, and at least one, each with a probability for each
///   label. The labels are all different, at least two, and the targets are among them. No probability is less than 0 or
///   greater than 1.
/// - Complexity: O(nk), where n is the number of samples and k that of the classes.
public func logLoss<Label: Hashable & Comparable>(
  targets: [Label], probabilities: [[Double]], labels: [Label]
) -> Double {
  requirePairs(targets: targets.count, predictions: probabilities.count)
  require(labels.count >= 2, "the log loss needs at least two labels, not \(labels)")
  requireRows(probabilities, labels: labels.count)
  let losses = zip(positions(of: labels).positions(of: targets), probabilities).map { label, row in
    for probability in row {
      require(!(probability < 0 || probability > 1), "a probability must be in 0...1, not \(probability)")
    }
    // A nan that is the first argument of max and of min is their result.
    let probability = min(max(row[label], .ulpOfOne), 1 - .ulpOfOne)
    return -Double.log(probability)
  }
  return mean(losses)
}
