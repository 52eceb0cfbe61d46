public import MicrogradNetworks
public import MicrogradTraining

/// The objective of sweeps that fit networks to samples.
///
/// ```swift
/// let objective = TrainerObjective(moons.inputs, .labels(moons.labels)) { trial in
///   MLP(2, [try trial.configuration.integer("width"), 1], seed: Int(trial.seed))
/// } trainer: { trial in
///   Trainer(
///     loss: .binaryCrossEntropy, schedule: .constant(try trial.configuration.number("rate")), validation: .share(0.2),
///     patience: 20, seed: Int(trial.seed))
/// }
/// let results = try sweep.run { try objective($0) }
/// ```
///
/// The score is the validation loss, or the training loss if there is no validation, of the epoch whose parameters the
/// model keeps: the best one if the trainer has patience, and otherwise the last.
public struct TrainerObjective: Sendable {
  private let inputs: [[Double]]
  private let targets: Targets
  private let model: @Sendable (Trial) throws -> MLP
  private let trainer: @Sendable (Trial) throws -> Trainer

  /// Creates an objective.
  ///
  /// - Parameters:
  ///   - inputs: The numbers of each sample.
  ///   - targets: The outputs that networks should learn for each.
  ///   - model: The network of a trial, with weights drawn by the trial's seed.
  ///   - trainer: The settings of a trial's training. The epochs are those of the trial, if it has a budget. It works with
  ///     one thread, and reports no progress.
  public init(
    _ inputs: [[Double]], _ targets: Targets, model: @escaping @Sendable (Trial) throws -> MLP,
    trainer: @escaping @Sendable (Trial) throws -> Trainer
  ) {
    self.inputs = inputs
    self.targets = targets
    self.model = model
    self.trainer = trainer
  }

  /// Trains the network of a trial. Beside the score, the losses and accuracies of the same epoch are given.
  ///
  /// - Throws: The errors of the functions, and of `MLP.fit(_:_:with:)`.
  public func callAsFunction(_ trial: Trial) throws -> TrialScore {
    var trainer = try trainer(trial)
    if let budget = trial.budget { trainer.epochs = budget }
    trainer.threads = 1
    trainer.progress = .none
    let history = try model(trial).fit(inputs, targets, with: trainer)
    let last = history.epochs.count - 1
    let index = trainer.patience == nil ? last : history.best ?? last, epoch = history.epochs[index]
    let figures = [
      ("loss", epoch.loss), ("accuracy", epoch.accuracy), ("validation loss", epoch.validationLoss),
      ("validation accuracy", epoch.validationAccuracy), ("epoch", Double(index + 1)),
    ]
    return TrialScore(
      epoch.validationLoss ?? epoch.loss,
      figures: figures.compactMap { name, value in value.map { TrialScore.Figure(name, $0) } })
  }
}
