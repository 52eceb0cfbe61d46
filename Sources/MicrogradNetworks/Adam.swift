public import MicrogradEngine
import RealModule
import MicrogradRequirement

/// Steps scaled by running means of the gradient and of its square, corrected for their start at 0:
///
///     m = β₁ · m + (1 - β₁) · g
///     v = β₂ · v + (1 - β₂) · g²
///     p = p - learningRate · (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015,
/// [arXiv:1412.6980](https://arxiv.org/abs/1412.6980). Conventions are those of PyTorch.
public struct Adam: Optimizer {
  /// Where the decay of the weights takes place.
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

  /// What is moved.
  public let parameters: [Value]
  /// How far a step goes.
  public var learningRate: Double
  /// The shares that the running means keep from step to step.
  public let betas: (Double, Double)
  /// What keeps the division from that by 0.
  public let epsilon: Double
  /// How strongly parameters are pulled to 0, and where.
  public let weightDecay: WeightDecay
  private var steps = 0
  private var means: [Double]
  private var squares: [Double]

  /// Creates an optimizer of these parameters.
  ///
  /// - Precondition: Both betas are at least 0 and less than 1; epsilon and weight decay are not negative.
  public init(
    _ parameters: [Value], learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: WeightDecay = .inGradient(0)
  ) {
    require(
      (0..<1).contains(betas.0) && (0..<1).contains(betas.1), "betas are at least 0 and less than 1")
    require(epsilon >= 0 && weightDecay.rate >= 0, "epsilon and weight decay are not negative")
    self.parameters = parameters
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    means = Array(repeating: 0, count: parameters.count)
    squares = means
  }

  /// Moves each parameter once, by its present gradient.
  public mutating func step() {
    steps += 1
    let meanCorrection = 1 - Double.pow(betas.0, steps), squareCorrection = 1 - Double.pow(betas.1, steps)
    for (i, parameter) in parameters.enumerated() {
      let gradient = parameter.grad + decay(parameter)
      means[i] = betas.0 * means[i] + (1 - betas.0) * gradient
      squares[i] = betas.1 * squares[i] + (1 - betas.1) * gradient * gradient
      parameter.data -=
        learningRate * (means[i] / meanCorrection) / ((squares[i] / squareCorrection).squareRoot() + epsilon)
    }
  }

  /// Applies a decoupled decay; returns what another one adds to the gradient.
  private func decay(_ parameter: Value) -> Double {
    switch weightDecay {
    case .inGradient(let rate):
      return rate * parameter.data
    case .decoupled(let rate):
      parameter.data *= 1 - learningRate * rate
      return 0
    }
  }
}
