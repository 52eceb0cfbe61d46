public import MicrogradData

/// The quality of a model on rows whose targets are known.
public struct Evaluation: Sendable, Equatable {
  /// A figure of quality.
  public struct Score: Sendable, Equatable {
    /// The name, such as `accuracy`.
    public let name: String
    /// The figure.
    public let value: Double
    /// The figure of a model that always says the most frequent class, or the mean, of the training rows; nil if that would
    /// say nothing.
    public let baseline: Double?

    package init(_ name: String, _ value: Double, baseline: Double? = nil) {
      self.name = name
      self.value = value
      self.baseline = baseline
    }
  }

  /// The count of rows.
  public let rowCount: Int
  /// The figures: accuracy, precision, recall, F1, ROC AUC and log loss, or R² and mean errors.
  public let scores: [Score]
  /// The rows of each class by their predicted class; nil if numbers are predicted.
  public let confusion: ConfusionMatrix<String>?

  package init(rowCount: Int, scores: [Score], confusion: ConfusionMatrix<String>?) {
    self.rowCount = rowCount
    self.scores = scores
    self.confusion = confusion
  }

  /// The figure of a name; nil if there is none.
  public subscript(name: String) -> Double? { scores.first { $0.name == name }?.value }
}
