import MicrogradRequirement

/// A reason why samples cannot be split as asked.
///
///     print(error)
///     // only one sample has the label "lynx"; a stratified split needs at least two of each: add one, or remove this one
public struct SplitError: Error, Sendable, Equatable {
  /// A kind of reason.
  public enum Reason: Sendable, Equatable {
    /// There are no samples.
    case noSamples
    /// All samples would be in the test part.
    case nothingToTrain(samples: Int)
    /// A cross-validation has more folds than there are samples.
    case fewerSamplesThanFolds(samples: Int, folds: Int)
    /// A stratified cross-validation has more folds than any class has samples.
    case classesSmallerThanFolds(largest: Int, folds: Int)
    /// Only one sample has this label, so that one part of a stratified split would have none.
    case singleMember(label: String)
    /// The training part of a stratified split has fewer samples than there are classes.
    case trainingPartTooSmall(count: Int, classes: Int)
    /// The test part of a stratified split has fewer samples than there are classes.
    case testPartTooSmall(count: Int, classes: Int)
  }

  /// The reason.
  public let reason: Reason

  init(reason: Reason) { self.reason = reason }
}

extension SplitError: CustomStringConvertible {
  /// The reason, and how to mend it.
  public var description: String {
    switch reason {
    case .noSamples: "there are no samples to split; add some"
    case .nothingToTrain(let samples):
      "of \(counted(samples, "sample")), testing would leave none to train with; "
        + "test with a smaller share, or add samples"
    case .fewerSamplesThanFolds(let samples, let folds):
      "\(counted(folds, "fold")) need as many samples, but there are only \(samples); ask for fewer folds, or add samples"
    case .classesSmallerThanFolds(let largest, let folds):
      "\(counted(folds, "fold")) need a class with as many samples, but the largest has only \(largest); "
        + "ask for fewer folds, or add samples"
    case .singleMember(let label):
      "only one sample has the label \(label.debugDescription); "
        + "a stratified split needs at least two of each: add one, or remove this one"
    case .trainingPartTooSmall(let count, let classes):
      tooSmall("training", count, classes) + "test with a smaller share, or add samples"
    case .testPartTooSmall(let count, let classes):
      tooSmall("testing", count, classes) + "test with a larger share, or add samples"
    }
  }

  private func tooSmall(_ purpose: String, _ count: Int, _ classes: Int) -> String {
    "a stratified split needs at least \(counted(classes, "sample")) for \(purpose), one of each class, "
      + "but there would be only \(count); "
  }
}
