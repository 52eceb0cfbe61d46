import ArgumentParser
import Micrograd

/// The options of a GPT's training.
struct TextTraining: ParsableArguments {
  /// The ways in which steps are computed.
  enum Execution: String, ExpressibleByArgument, CaseIterable {
    case automatic, eager, compiled
  }

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

  @Option(
    name: .customLong("execution"),
    help: """
      How to compute: eager records each document anew, compiled makes programs of them first, which takes a moment and \
      is faster then; the losses agree up to rounding. (default: automatic)
      """)
  var givenExecution: Execution?

  @Flag(name: .long, help: "Compile for numbers of 32 bits; large models and batches are faster.")
  var float = false

  @Flag(name: .shortAndLong, help: "Report no progress.")
  var quiet = false

  /// The names of the options of steps that are there.
  var given: [String] {
    [
      ("--batch-size", batchSize != nil), ("--learning-rate", learningRate != nil),
      ("--execution", givenExecution != nil), ("--float", float),
    ].filter(\.1).map(\.0)
  }

  func validate() throws {
    if float, let execution = givenExecution, execution != .compiled {
      throw ValidationError("--float needs --execution compiled: only programs compute with 32 bits.")
    }
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

  private var execution: TextTrainer.Execution {
    switch givenExecution {
    case .eager: .eager
    case .compiled: .compiled(float ? .float : .double)
    case .automatic, nil: float ? .compiled(.float) : .automatic
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
    trainer.execution = execution
    return trainer.steps == 0 ? nil : trainer
  }
}
