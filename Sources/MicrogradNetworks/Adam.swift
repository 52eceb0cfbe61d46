public import MicrogradEngine

/// Steps scaled by running means of the gradient and of its square. `UpdateRule.adam` has the formulas.
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015,
/// [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
public struct Adam: Optimizer {
  /// The place of weight decay in a step.
  public enum WeightDecay: Sendable {
    /// Added to the gradient, and so scaled by the running means: PyTorch's `Adam`.
    case inGradient(Double)
    /// Applied to the parameter itself: `AdamW`, by Loshchilov and Hutter, 2019,
    /// [arXiv:1711.05101](https://arxiv.org/abs/1711.05101).
    case decoupled(Double)

    package var rate: Double {
      switch self {
      case .inGradient(let rate), .decoupled(let rate): rate
      }
    }
  }

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
  ///   - betas: The shares that the running means keep from step to step, of the gradient and of its square.
  ///   - epsilon: Added to the divisor, so that it is not 0.
  ///   - weightDecay: How strongly parameters are drawn to 0, and where.
  /// - Precondition: Both betas are at least 0 and less than 1; epsilon and weight decay are not negative.
  public init(
    _ parameters: [Value], learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: WeightDecay = .inGradient(0)
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    state = OptimizerState(
      .adam(betas: betas, epsilon: epsilon, weightDecay: weightDecay), parameters: parameters.count)
  }

  /// The rule that parameters move by.
  public var rule: UpdateRule { state.rule }

  /// Moves each parameter once, by its gradient.
  public mutating func step() { state.move(parameters, learningRate: learningRate) }
}
