public import MicrogradNetworks
public import MicrogradTraining

/// The objective of sweeps that fit networks to samples.
public struct TrainerObjective: Sendable {
  private let inputs: [[Double]]
  private let targets: Targets
  private let model: @Sendable (Trial) throws -> MLP
  private let trainer: @Sendable (Trial) throws -> Trainer

  /// Creates an objective.
  public init(
    _ inputs: [[Double]], _ targets: Targets, model: @escaping @Sendable (Trial) throws -> MLP,
    trainer: @escaping @Sendable (Trial) throws -> Trainer
  ) {
    self.inputs = inputs
    self.targets = targets
    self.model = model
    self.trainer = trainer
  }

  /// Trains a model.
  public func callAsFunction(_ trial: Trial) throws -> TrialScore { throw SweepError("not yet") }
}
