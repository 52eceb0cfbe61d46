public import MicrogradEngine
import MicrogradNetworks
import MicrogradRequirement

/// The loss of a sample, given its outputs and its targets, for `Trainer`.
///
/// The losses named here are the functions of the same names. Any other function will do as well:
/// `Loss("absolute error") { outputs, targets in (outputs[0] - targets[0]).abs() }`.
public struct Loss: Sendable {
  /// The name in messages.
  public let name: String
  private let function: @Sendable (_ outputs: [Value], _ targets: [Value]) -> Value
  /// Whether there is one target for each output.
  let matchesOutputs: Bool
  /// The encoding of labels as targets; nil if the loss has no classes.
  let labels: Labels?

  /// Creates a loss from a function of a sample's outputs and targets.
  ///
  /// The function is called once, with targets that stand for those of all samples: it must not decide anything by
  /// their numbers.
  public init(_ name: String, _ function: @escaping @Sendable (_ outputs: [Value], _ targets: [Value]) -> Value) {
    self.init(name, matchesOutputs: false, labels: nil, function)
  }

  private init(
    _ name: String, matchesOutputs: Bool = true, labels: Labels?,
    _ function: @escaping @Sendable ([Value], [Value]) -> Value
  ) {
    self.name = name
    self.function = function
    self.matchesOutputs = matchesOutputs
    self.labels = labels
  }

  /// The loss of a sample.
  public func callAsFunction(_ outputs: [Value], _ targets: [Value]) -> Value { function(outputs, targets) }

  /// The mean over the outputs of their squared errors, `meanSquaredError(_:_:)`.
  public static let meanSquaredError = Loss("mean squared error", labels: nil) {
    MicrogradNetworks.meanSquaredError($0, $1)
  }

  /// The mean over the outputs of their absolute errors, `absoluteError(_:_:)`.
  public static let meanAbsoluteError = Loss("mean absolute error", labels: nil) {
    zip($0, $1).map { MicrogradNetworks.absoluteError($0, $1) }.mean()
  }

  /// The mean over the outputs of `huberLoss(_:_:threshold:)`.
  ///
  /// - Precondition: `threshold` is positive.
  public static func huber(threshold: Double = 1) -> Loss {
    require(threshold > 0, "the threshold of a Huber loss is positive, not \(threshold)")
    return Loss("Huber loss", labels: nil) { outputs, targets in
      zip(outputs, targets).map { MicrogradNetworks.huberLoss($0, $1, threshold: threshold) }.mean()
    }
  }

  /// The mean over the outputs of `binaryCrossEntropy(logit:target:)`, from scores before the sigmoid (logits).
  /// Labels are 0 or 1; a positive score means 1.
  public static let binaryCrossEntropy = Loss("binary cross-entropy", labels: .binary(negative: 0)) {
    zip($0, $1).map { MicrogradNetworks.binaryCrossEntropy(logit: $0, target: $1) }.mean()
  }

  /// `softmaxCrossEntropy(logits:targets:)`, from one score (logit) for each class. Labels are 0, 1, …; the largest
  /// score wins.
  public static let softmaxCrossEntropy = Loss("softmax cross-entropy", labels: .oneHot) {
    MicrogradNetworks.softmaxCrossEntropy(logits: $0, targets: $1)
  }

  /// The mean over the outputs of `hingeLoss(_:label:)`, with targets -1 and 1. Labels are 0 (or -1) and 1; a
  /// positive score means 1.
  public static let hingeLoss = Loss("hinge loss", labels: .binary(negative: -1)) {
    zip($0, $1).map { MicrogradNetworks.hingeLoss($0, label: $1) }.mean()
  }
}

extension Loss {
  /// Whether the loss tells classes apart.
  public var hasClasses: Bool { labels != nil }

  /// Returns the loss with a factor for each class, so that rare classes can count as much as frequent ones.
  ///
  /// - Parameter weights: The factors, in the order of the labels.
  /// - Precondition: The loss has classes: one output tells two apart, and several tell as many.
  public func weighted(byClass weights: [Double]) -> Loss {
    guard let labels else { stop("\(name) has no classes that could have weights") }
    return Loss("\(name), weighted", matchesOutputs: matchesOutputs, labels: labels) { outputs, targets in
      self(outputs, targets) * labels.weight(of: targets, weights)
    }
  }
}

extension Loss {
  /// The encoding of classes as targets.
  enum Labels {
    /// One output; the targets of the two classes are `negative` and 1.
    case binary(negative: Double)
    /// An output for each class.
    case oneHot

    /// Returns the targets of a label; nil if there is no such class.
    func targets(_ label: Int, outputs: Int) -> [Double]? {
      switch self {
      case .binary(let negative):
        guard outputs == 1, label == 0 || label == 1 || Double(label) == negative else { return nil }
        return [label == 1 ? 1 : negative]
      case .oneHot:
        guard (0..<outputs).contains(label) else { return nil }
        return (0..<outputs).map { $0 == label ? 1 : 0 }
      }
    }

    /// Returns the weight of a sample's class.
    fileprivate func weight(of targets: [Value], _ weights: [Double]) -> Value {
      switch self {
      case .binary(let negative):
        require(weights.count == 2, "\(weights.count) weights for two classes")
        let share = (targets[0] - negative) / (1 - negative)
        return weights[0] + (weights[1] - weights[0]) * share
      case .oneHot:
        require(weights.count == targets.count, "\(weights.count) weights for \(targets.count) classes")
        return dot(targets, weights.map { Value($0) })
      }
    }

    /// The rule that a sample's targets break, in words that follow "must"; nil if they break none.
    func complaint(about targets: [Double]) -> String? {
      switch self {
      case .binary(0): targets.allSatisfy((0...1).contains) ? nil : "lie between 0 and 1"
      case .binary(let negative): targets.allSatisfy { $0 == negative || $0 == 1 } ? nil : "be \(Int(negative)) or 1"
      case .oneHot:
        targets.allSatisfy { $0 >= 0 } && abs(targets.reduce(0, +) - 1) <= 1e-6
          ? nil : "be probabilities that add up to 1, such as 1 for the sample's class and 0 for the others"
      }
    }

    /// The labels, for messages.
    func names(outputs: Int) -> String {
      switch self {
      case .binary(0): "0 and 1"
      case .binary: "0 (or -1) and 1"
      case .oneHot: "0 to \(outputs - 1), one for each output"
      }
    }

    /// Whether the outputs decide for the class of the targets.
    func agree(_ outputs: [Double], _ targets: [Double]) -> Bool {
      switch self {
      case .binary(let negative):
        return zip(outputs, targets).allSatisfy { ($0 > 0) == ($1 > (1 + negative) / 2) }
      case .oneHot:
        return outputs.indices.max { outputs[$0] < outputs[$1] } == targets.indices.max { targets[$0] < targets[$1] }
      }
    }
  }
}
