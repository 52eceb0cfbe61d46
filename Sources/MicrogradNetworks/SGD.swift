public import MicrogradEngine

/// Gradient descent, with momentum and weight decay if asked for. `UpdateRule.sgd` has the formulas.
public struct SGD: Optimizer {
  /// The values that a step moves.
  public let parameters: [Value]
  /// The factor of a step's length.
  public var learningRate: Double
  private var state: OptimizerState

  /// Creates an optimizer of these parameters.
  ///
  /// - Parameters:
  ///   - parameters: The values that a step moves.
  ///   - learningRate: The factor of a step's length.
  ///   - momentum: The share of the last step's velocity that is kept.
  ///   - weightDecay: How strongly parameters are drawn to 0: this times the parameter is added to its gradient.
  ///   - isNesterov: Whether the gradient is taken as if the momentum had been applied before.
  /// - Precondition: Momentum and weight decay are not negative, and Nesterov's variant has momentum.
  public init(
    _ parameters: [Value], learningRate: Double, momentum: Double = 0, weightDecay: Double = 0,
    isNesterov: Bool = false
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    state = OptimizerState(
      .sgd(momentum: momentum, weightDecay: weightDecay, isNesterov: isNesterov), parameters: parameters.count)
  }

  /// The rule that parameters move by.
  public var rule: UpdateRule { state.rule }

  /// Moves each parameter once, by its gradient.
  public mutating func step() { state.move(parameters, learningRate: learningRate) }
}
