public import MicrogradEngine
import MicrogradRequirement

/// The squared error of one prediction, `(prediction - target)²`.
public func squaredError(_ prediction: Value, _ target: Double) -> Value { pow(prediction - target, 2) }

/// The mean of the squared errors.
///
/// - Precondition: There are as many targets as predictions, and at least one.
public func meanSquaredError(_ predictions: [Value], _ targets: [Double]) -> Value {
  require(
    predictions.count == targets.count, "\(predictions.count) predictions with \(targets.count) targets")
  return zip(predictions, targets).map { squaredError($0, $1) }.mean()
}

/// The cross-entropy of a binary decision, from the score before the sigmoid (the logit).
///
/// `-target · log σ(logit) - (1 - target) · log(1 - σ(logit))`, computed with `softplus`, so that it neither overflows
/// nor cancels. Its derivative by the logit is `σ(logit) - target`.
///
/// - Parameter target: 0 or 1, or a probability between.
/// - Precondition: `target` is in 0 ... 1. Elsewhere the loss would have no lower bound.
public func binaryCrossEntropy(logit: Value, target: Double) -> Value {
  require(
    (0...1).contains(target), "the target of a binary cross-entropy is a probability from 0 to 1, not \(target)")
  return switch target {
  case 0: logit.softplus()
  case 1: (-logit).softplus()
  default: target * (-logit).softplus() + (1 - target) * logit.softplus()
  }
}

/// The cross-entropy of a decision between several classes, from one score (logit) for each:
/// `log Σ exp(logitᵢ) - logit[label]`. Its derivative by the logits is `softmax(logits)`, less 1 at the label.
///
/// - Precondition: `label` is the index of a logit.
public func softmaxCrossEntropy(logits: [Value], label: Int) -> Value {
  require(logits.indices.contains(label), "label \(label) with \(logits.count) logits")
  return logSumExp(logits) - logits[label]
}

/// The hinge loss `max(0, 1 - label · score)`.
///
/// - Parameter label: The class, -1 or 1.
/// - Precondition: `label` is -1 or 1. With 0 the loss would be 1 whatever the score, and nothing would be learned.
public func hingeLoss(_ score: Value, label: Double) -> Value {
  require(label == 1 || label == -1, "the label of a hinge loss is -1 or 1, not \(label)")
  return (1 - label * score).relu()
}

/// `log Σ exp(xᵢ)`, without overflow: the largest element is subtracted first, as a constant.
///
/// - Precondition: There is at least one value.
public func logSumExp(_ values: [Value]) -> Value {
  let largest = largest(values)
  return values.map { ($0 - largest).exp() }.sum().log() + largest
}

/// The probabilities `exp(xᵢ) / Σ exp(xⱼ)`.
///
/// - Precondition: There is at least one value.
public func softmax(_ values: [Value]) -> [Value] {
  let largest = largest(values)
  let powers = values.map { ($0 - largest).exp() }
  let total = powers.sum()
  return powers.map { $0 / total }
}

/// What is subtracted from exponents: finite, since the differences would not be numbers otherwise, and without a
/// gradient, since it cancels. Recorded, so that a program computes it anew for other numbers.
private func largest(_ values: [Value]) -> Value {
  guard let first = values.first else { stop("softmax or logSumExp of no values") }
  let largest = values.dropFirst().reduce(first) { max($0, $1) }
  return max(min(largest, Value(.greatestFiniteMagnitude)), Value(-.greatestFiniteMagnitude)).detached()
}
