public import MicrogradData
public import MicrogradTabular

/// The objective of sweeps that train a model of a table.
///
/// The parameters are settings of `TabularTrainer`, by name: ``parameterNames``.
public struct TabularObjective: @unchecked Sendable {
  /// The figure of a model's quality.
  public enum Score: String, Sendable, CaseIterable {
    /// The lowest loss of the validation rows.
    case validationLoss = "validation-loss"
    case accuracy, precision, recall, f1
    case rocAUC = "roc-auc"
    case logLoss = "log-loss"
    case r2
    case meanAbsoluteError = "mean-absolute-error"
    case rootMeanSquaredError = "root-mean-squared-error"

    /// The better end of the score.
    public var goal: Sweep.Goal { .minimize }
  }

  /// The names of the parameters that are understood.
  public static let parameterNames = [
    "hidden", "activation", "rate", "decay", "batch", "epochs", "patience", "loss",
  ]

  /// The rows.
  public let table: Table
  /// The name of the column to predict.
  public let target: String
  /// The settings that the parameters do not change. Its seed is that of each trial, and nothing reports progress.
  public let trainer: TabularTrainer
  /// The figure that decides.
  public let score: Score
  /// The number of parts of a cross-validation; nil: the score is that of the validation rows.
  public let folds: Int?

  /// Creates an objective.
  public init(
    _ table: Table, target: String, trainer: TabularTrainer = TabularTrainer(), score: Score? = nil, folds: Int? = nil
  ) throws {
    self.table = table
    self.target = target
    self.trainer = trainer
    self.score = score ?? .validationLoss
    self.folds = folds
  }

  /// What the scores depend on besides the parameters, for ``Sweep/identity``: a checksum of the table, and all settings.
  public var identity: String { "" }

  /// Checks that each parameter of a sweep is understood, and each of its choices.
  public func check(_ sweep: Sweep) throws {}

  /// Trains and judges a model.
  public func callAsFunction(_ trial: Trial) throws -> TrialScore { throw SweepError("not yet") }
}
