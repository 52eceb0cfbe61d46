public import MicrogradData
import MicrogradModels
import MicrogradNetworks
import MicrogradRequirement
public import MicrogradTabular
import MicrogradTraining

/// The objective of sweeps that train models of a table.
///
/// ```swift
/// let objective = try TabularObjective(iris, target: "species", score: .accuracy)
/// let sweep = Sweep(
///   [.init("hidden", .choices(["8", "16,16"])), .init("rate", .numbers(from: 0.001, to: 0.1, scale: .logarithmic))],
///   seeds: 3, goal: objective.score.goal, identity: objective.identity)
/// try objective.check(sweep)
/// let results = try sweep.run { try objective($0) }
/// ```
///
/// A trial trains a model by `TabularTrainer` with the trial's seed, and judges it on the rows that were held back for
/// validation. These also stop the training: to judge the best configuration, keep other rows that no trial sees.
///
/// The parameters are settings of the trainer:
///
/// | parameter | settings |
/// | --- | --- |
/// | `hidden` | the neurons of each hidden layer: a text such as `16,16`, or a whole number; 0 for none |
/// | `activation` | a name of `Activation.identifiers` |
/// | `rate` | the learning rate of the first step |
/// | `decay` | how strongly weights are drawn to 0 |
/// | `batch` | the number of rows of a step |
/// | `epochs` | the largest number of passes over the rows; successive halving has its own |
/// | `patience` | the number of epochs without a lower validation loss after which training stops |
/// | `loss` | `cross-entropy`, `squared-error`, `absolute-error` or `huber` |
public struct TabularObjective: Sendable {
  /// The rows.
  public let table: Table
  /// The name of the column to predict.
  public let target: String
  /// The figure that decides.
  public let score: TabularScore
  /// The number of parts of a cross-validation; nil: the score is that of the rows held back for validation.
  public let folds: Int?

  // Not Sendable only because of its receiver of progress reports, which it does not have here.
  private nonisolated(unsafe) let base: TabularTrainer

  /// Creates an objective.
  ///
  /// - Parameters:
  ///   - table: The rows to learn from.
  ///   - target: The name of the column to predict.
  ///   - trainer: The settings that the parameters do not change. The seed is that of each trial, and nothing reports
  ///     progress.
  ///   - score: The figure that decides; nil: the validation loss, or in a cross-validation the log loss of classes, if the
  ///     target has any, or else the root mean squared error.
  ///   - folds: The number of parts of a cross-validation, each of which judges a model that was trained on the others; nil:
  ///     the rows held back for validation judge.
  /// - Throws: ``SweepError`` if there is only one fold, no row judges, or the score is a loss that a cross-validation does
  ///   not have; `CSVError` if there is no such column.
  public init(
    _ table: Table, target: String, trainer: TabularTrainer = TabularTrainer(), score: TabularScore? = nil,
    folds: Int? = nil
  ) throws {
    if let folds, folds < 2 {
      throw SweepError("a cross-validation with \(counted(folds, "fold")): it needs at least two")
    }
    if folds == nil, trainer.validationShare == 0 {
      throw SweepError("no row judges the models: hold a share of the rows back for validation, or give folds")
    }
    if folds != nil, score == .validationLoss {
      throw SweepError(
        "a cross-validation has no validation loss: choose the log loss, the root mean squared error or another score"
      )
    }
    var base = trainer
    base.progress = .none
    self.table = table
    self.target = target
    self.folds = folds
    self.base = base
    if let score {
      self.score = score
    } else if folds == nil {
      self.score = .validationLoss
    } else {
      let pipeline = try Pipeline(
        learning: table, target: target, problem: trainer.problem, excluding: trainer.excludedColumns)
      if case .classes = pipeline.target.encoding {
        self.score = .logLoss
      } else {
        self.score = .rootMeanSquaredError
      }
    }
  }

  /// A trainer with the settings that the parameters do not change.
  public var trainer: TabularTrainer { base }

  /// Trains a model with the settings of a trial, and judges it. Beside the score, all other figures of the model's quality
  /// are given.
  ///
  /// - Throws: ``SweepError`` for a parameter that is not understood, or a score that such models do not have; the errors of
  ///   `TabularTrainer.fit(_:target:)`.
  public func callAsFunction(_ trial: Trial) throws -> TrialScore {
    let trainer = try trainer(for: trial)
    let figures = try folds.map { try crossValidated(trainer, folds: $0) } ?? validated(trainer)
    guard let figure = figures.first(where: { $0.name == score.name }) else {
      let names = figures.map(\.name).joined(separator: ", ")
      throw SweepError("models of “\(target)” have no \(score.name): choose one of \(names)")
    }
    return TrialScore(figure.value, figures: figures)
  }

  private func validated(_ trainer: TabularTrainer) throws -> [TrialScore.Figure] {
    let (model, history) = try trainer.fit(table, target: target)
    guard let validation = try trainer.split(table, target: target).validation, let record = model.record else {
      throw SweepError("no row was held back for validation")
    }
    let figures =
      [("validation loss", record.validationLoss ?? .nan), ("training loss", record.loss)]
      + [("best epoch", Double(record.bestEpoch)), ("trained epochs", Double(history.epochs.count))]
    return figures.map { TrialScore.Figure($0, $1) }
      + (try model.evaluate(validation)).scores.map { TrialScore.Figure($0.name, $0.value) }
  }

  private func crossValidated(_ trainer: TabularTrainer, folds: Int) throws -> [TrialScore.Figure] {
    let validation = try trainer.crossValidate(table, target: target, folds: folds)
    return validation.evaluations[0].scores.map { TrialScore.Figure($0.name, validation.mean($0.name) ?? .nan) }
  }
}
