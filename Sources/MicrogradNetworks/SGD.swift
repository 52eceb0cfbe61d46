public import MicrogradEngine
import MicrogradRequirement

/// Gradient descent, with momentum and weight decay if asked for, as PyTorch's `SGD` does it:
///
///     d = gradient + weightDecay · p
///     v = momentum · v + d               (v = d in the first step)
///     p = p - learningRate · v           (with Nesterov: d + momentum · v in place of v)
public struct SGD: Optimizer {
  /// What is moved.
  public let parameters: [Value]
  /// How far a step goes.
  public var learningRate: Double
  /// How much of the last step's velocity is kept.
  public let momentum: Double
  /// How strongly parameters are pulled to 0.
  public let weightDecay: Double
  /// Whether the gradient is taken as if the momentum had been applied (Sutskever et al., 2013).
  public let isNesterov: Bool
  private var velocities: [Double] = []

  /// Creates an optimizer of these parameters.
  ///
  /// - Precondition: Momentum and weight decay are not negative, and Nesterov's variant has momentum.
  public init(
    _ parameters: [Value], learningRate: Double, momentum: Double = 0, weightDecay: Double = 0,
    isNesterov: Bool = false
  ) {
    require(momentum >= 0 && weightDecay >= 0, "momentum and weight decay are not negative")
    require(!isNesterov || momentum > 0, "Nesterov's variant needs momentum")
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
  }

  /// Moves each parameter once, by its present gradient.
  public mutating func step() {
    let directions = parameters.map { $0.grad + weightDecay * $0.data }
    velocities =
      velocities.isEmpty || momentum == 0 ? directions : zip(velocities, directions).map { momentum * $0 + $1 }
    for (i, parameter) in parameters.enumerated() {
      parameter.data -= learningRate * (isNesterov ? directions[i] + momentum * velocities[i] : velocities[i])
    }
  }
}
