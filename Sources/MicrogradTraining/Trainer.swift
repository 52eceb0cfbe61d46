public import MicrogradCompiler
public import MicrogradEngine
public import MicrogradNetworks
import MicrogradRandom
import MicrogradRequirement

/// The settings of a training: the loss, the rule that parameters move by, and when to stop.
///
/// ```swift
/// let model = MLP(2, [16, 1], seed: 1)
/// let trainer = Trainer(loss: .hingeLoss, epochs: 200, validation: .share(0.2), patience: 20)
/// let history = try model.fit(moons.inputs, .labels(moons.labels), with: trainer)
/// print(history)  // epoch 97/200  loss 0.0131  accuracy 100.0 %  validation loss 0.0147, accuracy 100.0 %
/// ```
///
/// The loss of one sample is recorded once and compiled (`Program`); an epoch goes through all samples in batches, in
/// a new random order.
public struct Trainer {
  /// The samples that show whether the model generalizes.
  public enum Validation: Sendable {
    /// No samples.
    case none
    /// A share of the samples, chosen at random, on which the model is not trained.
    case share(Double)
    /// Other samples.
    case samples([[Double]], Targets)
  }

  /// The loss of a sample.
  public var loss: Loss
  /// The number of passes over all samples.
  public var epochs: Int
  /// The number of samples of a step; the last step of an epoch takes those that remain.
  public var batchSize: Int
  /// The rule that a step moves parameters by.
  public var optimizer: UpdateRule
  /// The learning rate of each step (not epoch), counted from 0.
  public var schedule: Schedule
  /// The samples that show whether the model generalizes.
  public var validation: Validation
  /// The number of epochs in a row without a new lowest loss after which training stops; nil: it never does. The loss
  /// is that of the validation samples if there are any. The parameters are then those after the best epoch.
  public var patience: Int?
  /// The seed of random numbers: the same seed makes the same order of samples.
  public var seed: Int
  /// The type of number to compute with.
  public var precision: Precision
  /// The number of threads that work on a step; nil: as many as the processor has, where steps are long enough to
  /// pay.
  public var threads: Int?
  /// The receiver of progress reports.
  public var progress: TrainingProgress

  /// Creates a trainer. The numbers are checked when it is used.
  public init(
    loss: Loss, epochs: Int = 100, batchSize: Int = 32, optimizer: UpdateRule = .adam(),
    schedule: Schedule = .constant(0.01), validation: Validation = .none, patience: Int? = nil, seed: Int = 0,
    precision: Precision = .double, threads: Int? = 1, progress: TrainingProgress = .none
  ) {
    self.loss = loss
    self.epochs = epochs
    self.batchSize = batchSize
    self.optimizer = optimizer
    self.schedule = schedule
    self.validation = validation
    self.patience = patience
    self.seed = seed
    self.precision = precision
    self.threads = threads
    self.progress = progress
  }
}

extension MLP {
  /// Trains the network.
  ///
  /// - Parameters:
  ///   - inputs: The numbers of each sample.
  ///   - targets: The outputs that it should learn for each.
  ///   - trainer: The settings of the training.
  /// - Returns: Losses, accuracies and rates of each epoch.
  /// - Throws: `ProgramError` if data and network do not fit together, a number is not finite, a setting of the
  ///   trainer makes no sense, or the loss stops being finite.
  @discardableResult public func fit(
    _ inputs: [[Double]], _ targets: Targets, with trainer: Trainer
  ) throws(ProgramError) -> History {
    try trainer.fit(parameters, inputCount: inputCount(), inputs, targets) { self($0) }
  }
}

extension MLP {
  /// Makes the program that `fit(_:_:with:)` takes its steps with, bound to the samples.
  ///
  /// - Parameter outputs: The number of the network's outputs.
  package func program(
    _ inputs: [[Double]], _ targets: Targets, outputs: Int, for trainer: Trainer
  ) throws(ProgramError) -> Program {
    let samples = try LabelledSamples(
      "training", inputs, targets, inputs: inputCount(), outputs: outputs, loss: trainer.loss)
    return try trainer.program(samples, parameters) { self($0) }
  }
}

extension Module {
  /// Trains a model that is not a plain MLP.
  ///
  /// - Parameters:
  ///   - inputs: The numbers of each sample.
  ///   - targets: The outputs that it should learn for each.
  ///   - trainer: The settings of the training.
  ///   - model: The outputs, given values that stand for a sample's numbers. They are 1 when it is called, so it must
  ///     not decide anything by them.
  /// - Returns: Losses, accuracies and rates of each epoch.
  /// - Throws: `ProgramError` if data and model do not fit together, a number is not finite, a setting of the trainer
  ///   makes no sense, or the loss stops being finite.
  @discardableResult public func fit(
    _ inputs: [[Double]], _ targets: Targets, with trainer: Trainer, model: ([Value]) -> [Value]
  ) throws(ProgramError) -> History {
    try trainer.fit(parameters, inputCount: inputs.first?.count ?? 0, inputs, targets, model)
  }
}

// MARK: - Training

extension Trainer {
  fileprivate func fit(
    _ parameters: [Value], inputCount: Int, _ inputs: [[Double]], _ targets: Targets, _ model: ([Value]) -> [Value]
  ) throws(ProgramError) -> History {
    try checkNumbers()
    if inputs.isEmpty { throw ProgramError("there are no samples to train on") }
    let predict = try Predictor(inputs: inputCount, parameters: parameters, precision: precision, model: model)
    if case .oneHot = loss.labels, predict.outputCount == 1 {
      throw ProgramError(
        """
        \(loss.name) of one output is always 0: give the model one output for each class, or use binary cross-entropy \
        or the hinge loss
        """)
    }
    var random = PythonRandom(seed: seed)
    let (training, validation) = try split(
      inputs, targets, inputs: inputCount, outputs: predict.outputCount, &random)
    try checkRates(steps: epochs * training.stepCount(batchSize: batchSize))
    let run = TrainingRun(
      trainer: self, predict: predict, training: training, validation: validation,
      program: try program(training, parameters, model),
      validationProgram: try validation.map { samples throws(ProgramError) in
        try program(samples, parameters, model)
      })
    return try run(&random)
  }

  private func checkNumbers() throws(ProgramError) {
    try Self.checkEpochs(epochs)
    guard batchSize >= 1 else { throw ProgramError("batches of \(batchSize) samples: at least one is needed") }
    if let patience, patience < 1 { throw ProgramError("patience for \(patience) epochs: at least one is needed") }
    if case .share(let share) = validation, !(share > 0 && share < 1) {
      throw ProgramError("a share of \(share) of the samples for validation: it must lie between 0 and 1")
    }
  }

  /// Throws an error unless the number of epochs makes sense. It has a limit, so that that of steps can be computed.
  package static func checkEpochs(_ epochs: Int) throws(ProgramError) {
    guard epochs >= 1 else { throw ProgramError("\(epochs) epochs: at least one is needed") }
    guard epochs <= 1_000_000_000 else { throw ProgramError("\(epochs) epochs: a thousand million are the most") }
  }

  /// A schedule may begin or end at 0, but some step must move the parameters, and down the gradient.
  private func checkRates(steps: Int) throws(ProgramError) {
    let rates = (0..<steps).lazy.map { schedule($0) }
    if let step = rates.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw ProgramError(
        "the learning rate of step \(step + 1) is \(rates[step]): it must be a number that is not negative")
    }
    if !rates.contains(where: { $0 > 0 }) {
      throw ProgramError("the learning rate is 0 in every step, so nothing would be learned: give a larger one")
    }
  }

  private func split(
    _ samples: [[Double]], _ targets: Targets, inputs: Int, outputs: Int, _ random: inout PythonRandom
  ) throws(ProgramError) -> (training: LabelledSamples, validation: LabelledSamples?) {
    let all = try LabelledSamples("training", samples, targets, inputs: inputs, outputs: outputs, loss: loss)
    switch validation {
    case .none: return (all, nil)
    case .samples(let samples, let targets):
      let others = try LabelledSamples("validation", samples, targets, inputs: inputs, outputs: outputs, loss: loss)
      guard others.targetCount == all.targetCount else {
        throw ProgramError(
          "validation targets have \(others.targetCount) numbers each, training targets \(all.targetCount)")
      }
      return (all, others)
    case .share(let share):
      let count = Int((share * Double(samples.count)).rounded())
      guard count > 0 && count < samples.count else {
        throw ProgramError("a share of \(share) of \(samples.count) samples leaves none to validate or to train on")
      }
      var order = Array(samples.indices)
      random.shuffle(&order)
      return (all.selecting(order.dropFirst(count)), all.selecting(order.prefix(count)))
    }
  }

  fileprivate func program(
    _ samples: LabelledSamples, _ parameters: [Value], _ model: ([Value]) -> [Value]
  ) throws(ProgramError) -> Program {
    let width = samples.inputs[0].count
    let program = try Program(
      inputs: width + samples.targetCount, parameters: parameters, optimizer: optimizer, precision: precision,
      threads: threads
    ) { numbers in
      loss(model(Array(numbers[..<width])), Array(numbers[width...]))
    }
    try program.bind(samples.rows)
    return program
  }
}
