public import MicrogradCompiler
public import MicrogradData
public import MicrogradEngine
public import MicrogradNetworks
public import MicrogradTraining

extension MLP {
  /// Trains the network to tell the classes of samples.
  ///
  /// - Returns: Losses, accuracies and rates of each epoch.
  /// - Throws: `ProgramError` if data and network do not fit together, a number is not finite, a setting of the
  ///   trainer makes no sense, or the loss stops being finite.
  @discardableResult public func fit(_ data: Dataset, with trainer: Trainer) throws(ProgramError) -> History {
    try fit(data.inputs, .labels(data.labels), with: trainer)
  }
}

extension Module {
  /// Trains a model that is not a plain MLP to tell the classes of samples.
  ///
  /// - Parameters:
  ///   - data: The samples.
  ///   - trainer: The settings of the training.
  ///   - model: The outputs, given values that stand for a sample's numbers. They are 1 when it is called, so it must
  ///     not decide anything by them.
  /// - Returns: Losses, accuracies and rates of each epoch.
  /// - Throws: `ProgramError` if data and model do not fit together, a number is not finite, a setting of the trainer
  ///   makes no sense, or the loss stops being finite.
  @discardableResult public func fit(
    _ data: Dataset, with trainer: Trainer, model: ([Value]) -> [Value]
  ) throws(ProgramError) -> History {
    try fit(data.inputs, .labels(data.labels), with: trainer, model: model)
  }
}

extension Trainer.Validation {
  /// Other samples.
  public static func samples(_ data: Dataset) -> Trainer.Validation { .samples(data.inputs, .labels(data.labels)) }
}
