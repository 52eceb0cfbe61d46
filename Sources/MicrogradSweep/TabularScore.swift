/// A figure of the quality of a model of a table, by which sweeps compare settings.
///
/// The raw value is the name for command lines.
public enum TabularScore: String, Sendable, CaseIterable {
  /// The lowest loss of the validation rows.
  case validationLoss = "validation-loss"
  /// The share of rows whose class is predicted.
  case accuracy
  /// The precision of the second of two classes, or the mean over more.
  case precision
  /// The recall of the second of two classes, or the mean over more.
  case recall
  /// The F1 score of the second of two classes, or the mean over more.
  case f1
  /// The area under the ROC curve.
  case rocAUC = "roc-auc"
  /// The mean negative logarithm of the probability of the class.
  case logLoss = "log-loss"
  /// The coefficient of determination, R².
  case r2
  /// The mean absolute error.
  case meanAbsoluteError = "mean-absolute-error"
  /// The root of the mean squared error.
  case rootMeanSquaredError = "root-mean-squared-error"

  /// The name of the figure, as `Evaluation` has it.
  public var name: String {
    switch self {
    case .f1: "F1"
    case .rocAUC: "ROC AUC"
    case .r2: "R²"
    default: rawValue.split(separator: "-").joined(separator: " ")
    }
  }

  /// The better end of the figure.
  public var goal: Sweep.Goal {
    switch self {
    case .validationLoss, .logLoss, .meanAbsoluteError, .rootMeanSquaredError: .minimize
    case .accuracy, .precision, .recall, .f1, .rocAUC, .r2: .maximize
    }
  }
}
