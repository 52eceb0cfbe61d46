public import MicrogradEngine
import MicrogradRequirement

// The definitions of the losses. Targets are numbers, which are checked; or values that stand for the numbers of
// samples to come, as in the loss of a `Program` or a `Trainer`, which cannot be.

/// The squared error of one prediction, `(prediction - target)²`.
public func squaredError(_ prediction: Value, _ target: Double) -> Value { squaredError(prediction, Value(target)) }

/// The squared error, from a target that is a value.
@_disfavoredOverload
public func squaredError(_ prediction: Value, _ target: Value) -> Value { pow(prediction - target, 2) }

/// The mean of the squared errors.
///
/// - Precondition: There are as many targets as predictions, and at least one.
public func meanSquaredError(_ predictions: [Value], _ targets: [Double]) -> Value {
  meanSquaredError(predictions, targets.map { Value($0) })
}

/// The mean of the squared errors, from targets that are values.
///
/// - Precondition: There are as many targets as predictions, and at least one.
@_disfavoredOverload
public func meanSquaredError(_ predictions: [Value], _ targets: [Value]) -> Value {
  require(
    predictions.count == targets.count, "\(predictions.count) predictions with \(targets.count) targets")
  return zip(predictions, targets).map { squaredError($0, $1) }.mean()
}

/// The absolute error of one prediction, `|prediction - target|`.
public func absoluteError(_ prediction: Value, _ target: Double) -> Value { absoluteError(prediction, Value(target)) }

/// The absolute error, from a target that is a value.
@_disfavoredOverload
public func absoluteError(_ prediction: Value, _ target: Value) -> Value { (prediction - target).abs() }

/// The Huber loss of one prediction: half the squared error as long as the error is below a threshold, and beyond it the
/// straight line that continues it, so that outliers pull no harder than that.
///
/// With d = |prediction - target| and m = min(d, threshold) it is m·(d - m/2).
///
/// Source: Huber, *Robust Estimation of a Location Parameter*, 1964,
/// [doi:10.1214/aoms/1177703732](https://doi.org/10.1214/aoms/1177703732).
public func huberLoss(_ prediction: Value, _ target: Double, threshold: Double = 1) -> Value {
  huberLoss(prediction, Value(target), threshold: threshold)
}

/// The Huber loss, from a target that is a value.
@_disfavoredOverload
public func huberLoss(_ prediction: Value, _ target: Value, threshold: Double = 1) -> Value {
  let error = absoluteError(prediction, target), bounded = min(error, Value(threshold))
  return bounded * (error - 0.5 * bounded)
}

/// The cross-entropy of a binary decision, from the score before the sigmoid (the logit).
///
/// `-target · log σ(logit) - (1 - target) · log(1 - σ(logit))`, computed as
/// `target · softplus(-logit) + (1 - target) · softplus(logit)`, which neither overflows nor cancels. Its derivative
/// with respect to the logit is `σ(logit) - target`. A target of 0 or 1 leaves one of the two terms, and only that is
/// recorded.
///
/// - Parameters:
///   - logit: The score of the class 1, before the sigmoid.
///   - target: 0 or 1, or a probability between.
/// - Precondition: `target` is in 0 ... 1. Elsewhere the loss would have no lower bound.
public func binaryCrossEntropy(logit: Value, target: Double) -> Value {
  require(
    (0...1).contains(target), "the target of a binary cross-entropy is a probability from 0 to 1, not \(target)")
  return switch target {
  case 0: logit.softplus()
  case 1: (-logit).softplus()
  default: binaryCrossEntropy(logit, one: Value(target), zero: Value(1 - target))
  }
}

/// The cross-entropy of a binary decision, from a target that is a value.
@_disfavoredOverload
public func binaryCrossEntropy(logit: Value, target: Value) -> Value {
  binaryCrossEntropy(logit, one: target, zero: 1 - target)
}

private func binaryCrossEntropy(_ logit: Value, one: Value, zero: Value) -> Value {
  one * (-logit).softplus() + zero * logit.softplus()
}

/// The cross-entropy of a decision between several classes, from one score (logit) for each:
/// `log Σ exp(logitᵢ) - logit[label]`. Its derivative with respect to the logits is `softmax(logits)`, less 1 at the
/// label.
///
/// - Precondition: `label` is the index of a logit.
public func softmaxCrossEntropy(logits: [Value], label: Int) -> Value {
  require(logits.indices.contains(label), "label \(label) with \(logits.count) logits")
  return softmaxCrossEntropy(logits, expected: logits[label])
}

/// The cross-entropy of a decision between several classes, `log Σ exp(logitᵢ) - Σ targetᵢ · logitᵢ`, from a
/// probability of each class: 1 for the sample's class and 0 elsewhere, or others that add up to 1.
///
/// - Precondition: There is a target for each logit.
public func softmaxCrossEntropy(logits: [Value], targets: [Value]) -> Value {
  require(logits.count == targets.count, "\(logits.count) logits with \(targets.count) targets")
  return softmaxCrossEntropy(logits, expected: dot(targets, logits))
}

private func softmaxCrossEntropy(_ logits: [Value], expected: Value) -> Value { logSumExp(logits) - expected }

/// The hinge loss `max(0, 1 - label · score)`.
///
/// - Parameters:
///   - score: The score of the class 1; below 0 it speaks for the class -1.
///   - label: The class, -1 or 1.
/// - Precondition: `label` is -1 or 1. With 0 the loss would be 1 whatever the score, and nothing would be learned.
///
/// Source: Cortes and Vapnik, *Support-Vector Networks*, 1995,
/// [doi:10.1007/BF00994018](https://doi.org/10.1007/BF00994018).
public func hingeLoss(_ score: Value, label: Double) -> Value {
  require(label == 1 || label == -1, "the label of a hinge loss is -1 or 1, not \(label)")
  return hingeLoss(score, label: Value(label))
}

/// The hinge loss, from a label that is a value.
@_disfavoredOverload
public func hingeLoss(_ score: Value, label: Value) -> Value { (1 - label * score).relu() }

/// `log Σ exp(xᵢ)`, without overflow: the largest element is subtracted first, as a constant.
///
/// - Precondition: There is at least one value.
@inlinable public func logSumExp<S: Scalar>(_ values: [S]) -> S {
  let largest = namedScope("maximum") { maximum(of: values) }
  let powers = namedScope("exponentials") { values.map { exp($0 - largest) } }
  return log(powers.sum()) + largest
}

/// The probabilities `exp(xᵢ) / Σ exp(xⱼ)`.
///
/// - Precondition: There is at least one value.
@inlinable public func softmax<S: Scalar>(_ values: [S]) -> [S] {
  let largest = namedScope("maximum") { maximum(of: values) }
  let powers = namedScope("exponentials") { values.map { exp($0 - largest) } }
  let total = powers.sum()
  return powers.map { $0 / total }
}

/// The number that is subtracted from exponents: finite, since the differences would not be numbers otherwise, and
/// without a gradient, since it cancels. It is recorded, so that a program computes it anew for other numbers.
@inlinable func maximum<S: Scalar>(of values: [S]) -> S {
  guard let first = values.first else { stop("softmax or logSumExp of no values") }
  let largest = values.dropFirst().reduce(first) { max($0, $1) }
  return max(min(largest, S(.greatestFiniteMagnitude)), S(-.greatestFiniteMagnitude)).detached()
}
