import ArgumentParser
import Micrograd

/// The options of a GPT's training.
struct TextTraining: ParsableArguments {
  // The defaults are those of the library.
  private static var usual: TextTrainer { TextTrainer() }

  @Option(
    name: .long, parsing: .unconditional,
    help: "The number of steps; 0: none. (default: \(usual.steps), or with --load 0)")
  var steps: Int?

  @Option(
    name: .long, parsing: .unconditional, help: "The number of documents of a step. (default: \(usual.batchSize))")
  var batchSize: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: "The learning rate of the first step of Adam; it falls to 0. (default: \(usual.learningRate))")
  var learningRate: Double?

  @Option(name: .long, parsing: .unconditional, help: "Any whole number; the same seed gives the same names.")
  var seed = 42

  @Flag(name: .shortAndLong, help: "Report no progress.")
  var quiet = false

  /// The names of the options of steps that are there.
  var given: [String] {
    (batchSize == nil ? [] : ["--batch-size"]) + (learningRate == nil ? [] : ["--learning-rate"])
  }

  func validate() throws {
    if let steps, !(0...1_000_000_000).contains(steps) {
      throw ValidationError("--steps is \(steps); it must be a whole number from 0 to 1000000000.")
    }
    if let batchSize, !(1...100_000).contains(batchSize) {
      throw ValidationError("--batch-size is \(batchSize); it must be a whole number from 1 to 100000.")
    }
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate is \(learningRate); it must be a positive number, such as 0.01.")
    }
  }

  /// Returns a trainer with these settings; nil if there are no steps.
  ///
  /// - Parameter isNew: Whether the model was not trained before.
  func trainer(isNew: Bool) -> TextTrainer? {
    var trainer = Self.usual
    trainer.steps = steps ?? (isNew ? trainer.steps : 0)
    trainer.batchSize = batchSize ?? trainer.batchSize
    trainer.learningRate = learningRate ?? trainer.learningRate
    return trainer.steps == 0 ? nil : trainer
  }
}
