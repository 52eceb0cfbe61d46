import ArgumentParser
import Micrograd

/// The options of a training.
struct TrainingSettings: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The neurons of each hidden layer; 0: none, a linear model.", valueName: "a,b,…"))
  var hidden = TabularTrainer.usual.hidden.map(String.init).joined(separator: ",")

  @Option(name: .long, help: ArgumentHelp("The activation of hidden neurons.", valueName: "name"))
  var activation = TabularTrainer.usual.activation.identifier ?? ""

  @Option(name: .long, help: "The loss. (default: cross-entropy for classes, squared-error for numbers)")
  var loss: LossName?

  @Option(name: .long, parsing: .unconditional, help: "The largest number of passes over the rows.")
  var epochs = TabularTrainer.usual.epochs

  @Option(name: .long, parsing: .unconditional, help: "The number of rows of a step.")
  var batchSize = TabularTrainer.usual.batchSize

  @Option(name: .long, parsing: .unconditional, help: "The learning rate of the first step of Adam.")
  var learningRate = TabularTrainer.usual.learningRate

  @Option(name: .long, parsing: .unconditional, help: "How strongly weights are drawn to 0.")
  var weightDecay = TabularTrainer.usual.weightDecay

  @OptionGroup var conditions: TrainingConditions

  /// Returns a trainer with these settings.
  ///
  /// - Parameter problem: The kind of prediction that is asked for, if one is.
  func trainer(_ problem: Pipeline.Problem?) throws -> TabularTrainer {
    try loss?.check(problem)
    var trainer = try conditions.trainer(problem ?? loss?.problem)
    trainer.hidden = try TrainingRules.layers(hidden)
    trainer.activation = try TrainingRules.activation(activation)
    trainer.loss = loss?.loss
    trainer.epochs = try TrainingRules.count(epochs, of: "--epochs")
    trainer.batchSize = try TrainingRules.count(batchSize, of: "--batch-size")
    trainer.learningRate = try TrainingRules.rate(learningRate, of: "--learning-rate")
    trainer.weightDecay = try TrainingRules.decay(weightDecay, of: "--weight-decay")
    return trainer
  }
}
