import MicrogradCompiler
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
  /// The way in which steps are computed. Results agree up to rounding.
  public enum Execution: Sendable, Equatable {
    /// Compiled, if that takes less time: recording and compiling takes as long as some hundred documents.
    case automatic
    /// Each document is recorded anew, and its loss differentiated by `backward()`.
    case eager
    /// By a `SequenceProgram`, with numbers of that type.
    case compiled(Precision)
  }

  /// The number of steps.
  public var steps: Int
  /// The number of documents of a step.
  public var batchSize: Int
  /// The learning rate of the first step.
  public var learningRate: Double
  /// The rule that a step moves parameters by.
  public var optimizer: UpdateRule
  /// The way in which steps are computed.
  public var execution: Execution
  /// The receiver of progress reports: the number of steps done, from 1, and the loss before the last one. The model
  /// has the parameters that it made.
  public var progress: ((_ step: Int, _ loss: Double) -> Void)?

  /// Creates a trainer. The numbers are checked when it is used.
  public init(
    steps: Int = 1000, batchSize: Int = 1, learningRate: Double = 0.01,
    optimizer: UpdateRule = .adam(betas: (0.85, 0.99)), execution: Execution = .automatic,
    progress: ((_ step: Int, _ loss: Double) -> Void)? = nil
  ) {
    self.steps = steps
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.optimizer = optimizer
    self.execution = execution
    self.progress = progress
  }
}

extension TextTrainer {
  /// Trains a model.
  ///
  /// - Returns: The loss of each step, before it: the mean over its documents.
  /// - Throws: ``TextError`` if there are no documents, a character is not in the vocabulary, a setting makes no sense, or the
  ///   loss stops being finite; the model is of no use then.
  @discardableResult public func fit(
    _ model: TextModel, to documents: [String]
  ) throws(TextError) -> [Double] {
    try checkSettings()
    let tokens = try model.vocabulary.tokens(of: documents)
    switch execution {
    case .eager: return try fitEagerly(model, tokens)
    case .compiled(let precision): return try fitCompiled(model, tokens, precision)
    case .automatic:
      return isCompilingWorthwhile
        ? try fitCompiled(model, tokens, .double) : try fitEagerly(model, tokens)
    }
  }

  /// Whether the documents of all steps take longer than making programs of them.
  private var isCompilingWorthwhile: Bool { steps * batchSize > 4000 }

  private var schedule: Schedule { .linear(from: learningRate, to: 0, over: steps) }

  /// The indices of the documents of a step.
  private func batch(_ step: Int, of count: Int) -> [Int] {
    (0..<batchSize).map { (step * batchSize + $0) % count }
  }

  private func fitEagerly(_ model: TextModel, _ documents: [[Int]]) throws(TextError) -> [Double] {
    let parameters = model.network.parameters, schedule = schedule
    var state = OptimizerState(optimizer, parameters: parameters.count), losses: [Double] = []
    for step in 0..<steps {
      model.network.zeroGrad()
      let loss = batch(step, of: documents.count).map { model.loss(tokens: documents[$0]) }.mean()
      loss.backward()
      guard loss.data.isFinite else { throw .diverged(step: step + 1) }
      state.move(parameters, learningRate: schedule(step))
      losses.append(loss.data)
      progress?(step + 1, loss.data)
    }
    return losses
  }

  private func fitCompiled(
    _ model: TextModel, _ documents: [[Int]], _ precision: Precision
  ) throws(TextError) -> [Double] {
    let program = try model.program(of: documents, optimizer: optimizer, precision: precision), schedule = schedule
    var losses: [Double] = []
    do {
      for step in 0..<steps {
        // A step at a time, so that the parameters have their new values when progress is reported.
        let batch = CollectionOfOne(batch(step, of: documents.count))
        let loss = try program.run(batches: batch, schedule: .constant(schedule(step)))[0]
        guard loss.isFinite else { throw TextError.diverged(step: step + 1) }
        losses.append(loss)
        progress?(step + 1, loss)
      }
    } catch let error as TextError {
      throw error
    } catch {
      throw .setting("\(error)")
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
