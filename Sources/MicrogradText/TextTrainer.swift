import MicrogradEngine
public import MicrogradNetworks
import MicrogradRequirement

/// The settings with which a model learns to write texts like some documents.
///
/// ```swift
/// let losses = try TextTrainer(steps: 1000).fit(model, to: names)
/// ```
///
/// Step k takes the next documents in their order, and begins anew after the last one. The learning rate falls on a straight
/// line to 0, rate · (1 - k/steps). With the defaults it is the training of Karpathy's microgpt.
public struct TextTrainer {
  /// The number of steps.
  public var steps: Int
  /// The number of documents of a step.
  public var batchSize: Int
  /// The learning rate of the first step.
  public var learningRate: Double
  /// The rule that a step moves parameters by.
  public var optimizer: UpdateRule
  /// The receiver of progress reports: the number of steps done, from 1, and the loss of the last one.
  public var progress: ((_ step: Int, _ loss: Double) -> Void)?

  /// Creates a trainer. The numbers are checked when it is used.
  public init(
    steps: Int = 1000, batchSize: Int = 1, learningRate: Double = 0.01,
    optimizer: UpdateRule = .adam(betas: (0.85, 0.99)), progress: ((_ step: Int, _ loss: Double) -> Void)? = nil
  ) {
    self.steps = steps
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.optimizer = optimizer
    self.progress = progress
  }
}

extension TextTrainer {
  /// Trains a model.
  ///
  /// - Returns: The loss of each step, before it: the mean over its documents.
  /// - Throws: ``TextError`` if there are no documents, a character is not in the vocabulary, a setting makes no sense, or the
  ///   loss stops being finite.
  @discardableResult public func fit(
    _ model: TextModel, to documents: [String]
  ) throws(TextError) -> [Double] {
    try checkSettings()
    if documents.isEmpty { throw .noDocuments }
    var tokens: [[Int]] = []
    for document in documents { tokens.append(try model.vocabulary.tokens(document)) }
    return try fit(model, tokens)
  }

  private func fit(_ model: TextModel, _ documents: [[Int]]) throws(TextError) -> [Double] {
    let schedule = Schedule.linear(from: learningRate, to: 0, over: steps)
    var state = OptimizerState(optimizer, parameters: model.network.parameters.count), losses: [Double] = []
    let parameters = model.network.parameters
    for step in 0..<steps {
      for parameter in parameters { parameter.grad = 0 }
      let batch = (0..<batchSize).map { documents[(step * batchSize + $0) % documents.count] }
      let loss = batch.map { model.loss(tokens: $0) }.mean()
      loss.backward()
      guard loss.data.isFinite else { throw .diverged(step: step + 1) }
      state.move(parameters, learningRate: schedule(step))
      losses.append(loss.data)
      progress?(step + 1, loss.data)
    }
    return losses
  }

  private func checkSettings() throws(TextError) {
    for (name, number) in [("steps", steps), ("documents in a batch", batchSize)]
    where !(1...1_000_000_000).contains(number) {
      throw .setting("\(number) \(name): from one to a thousand million are possible")
    }
    guard learningRate > 0, learningRate.isFinite else {
      throw .setting("the learning rate is \(learningRate); it must be a positive number, such as 0.01")
    }
    if let complaint = optimizer.complaint { throw .setting(complaint) }
  }
}
