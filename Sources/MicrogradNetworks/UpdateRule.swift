import RealModule

/// The rule by which a step moves a parameter along its gradient: an optimizer without its parameters and learning
/// rate.
///
/// `SGD` and `Adam` move values by the rules of their names. A `Program` or a `Trainer` is given a rule, such as
/// `optimizer: .sgd(momentum: 0.9)`, and moves its parameters by the same formulas.
public enum UpdateRule: Sendable {
  /// Gradient descent, with momentum and weight decay if asked for, as in PyTorch's `SGD`:
  ///
  ///     d = gradient + weightDecay · p
  ///     v = momentum · v + d               (v = d in the first step)
  ///     p = p - learningRate · v           (with Nesterov: d + momentum · v in place of v)
  ///
  /// Nesterov's variant takes the gradient as if the momentum had been applied before (Sutskever et al., *On the
  /// importance of initialization and momentum in deep learning*, 2013).
  case sgd(momentum: Double = 0, weightDecay: Double = 0, isNesterov: Bool = false)

  /// Steps scaled by running means of the gradient and of its square, corrected for their start at 0:
  ///
  ///     m = β₁ · m + (1 - β₁) · gradient
  ///     s = β₂ · s + (1 - β₂) · gradient²
  ///     p = p - learningRate · (m / (1 - β₁ᵗ)) / (√(s / (1 - β₂ᵗ)) + ε)
  ///
  /// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015,
  /// [arXiv:1412.6980](https://arxiv.org/abs/1412.6980). Conventions are those of PyTorch.
  case adam(
    betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Adam.WeightDecay = .inGradient(0))
}

extension UpdateRule {
  /// The count of numbers that a step leaves to the next one for each parameter.
  package var stateCount: Int {
    switch self {
    case .sgd(let momentum, _, _): momentum == 0 ? 0 : 1
    case .adam: 2
    }
  }

  /// The reason why the rule's numbers make no sense; nil if they do.
  package var complaint: String? {
    switch self {
    case .sgd(let momentum, let decay, let isNesterov):
      if !(momentum >= 0 && decay >= 0) {
        return "momentum is \(momentum) and weight decay \(decay): both must be numbers that are not negative"
      }
      return isNesterov && momentum == 0 ? "Nesterov's variant needs momentum, such as 0.9" : nil
    case .adam(let betas, let epsilon, let decay):
      if !(epsilon >= 0 && decay.rate >= 0) {
        return "epsilon is \(epsilon) and weight decay \(decay.rate): both must be numbers that are not negative"
      }
      return (0..<1).contains(betas.0) && (0..<1).contains(betas.1)
        ? nil : "betas are \(betas): both must be at least 0 and less than 1"
    }
  }
}

/// One step of a rule: all that is the same for every parameter.
///
/// The kernels of compiled programs compute the same in C (Parameters.h); a test compares the two.
package struct UpdateStep {
  package let rule: UpdateRule
  package let learningRate: Double
  /// 1 - βᵗ at step t, for either running mean of Adam; 1 for other rules.
  package let corrections: (mean: Double, square: Double)

  /// The numbers of one parameter that a rule keeps from step to step: its velocity, or its running means.
  package struct State: Sendable {
    package var mean = 0.0
    package var square = 0.0
    package init() {}
  }

  /// - Parameter number: The number of the step, counted from 1.
  package init(_ rule: UpdateRule, learningRate: Double, number: Int) {
    self.rule = rule
    self.learningRate = learningRate
    corrections =
      if case .adam(let betas, _, _) = rule {
        (1 - .pow(betas.0, number), 1 - .pow(betas.1, number))
      } else {
        (1, 1)
      }
  }

  /// Moves a parameter and updates its state.
  package func move(_ p: inout Double, gradient: Double, _ state: inout State) {
    switch rule {
    case .sgd(let momentum, let decay, let isNesterov):
      let direction = gradient + decay * p
      // Without momentum no velocity is kept: 0 times an infinite one would be NaN.
      state.mean = momentum == 0 ? direction : momentum * state.mean + direction
      p -= learningRate * (isNesterov ? direction + momentum * state.mean : state.mean)
    case .adam(let betas, let epsilon, let weightDecay):
      var gradient = gradient
      switch weightDecay {
      case .inGradient(let rate): gradient += rate * p
      case .decoupled(let rate): p *= 1 - learningRate * rate
      }
      state.mean = betas.0 * state.mean + (1 - betas.0) * gradient
      state.square = betas.1 * state.square + (1 - betas.1) * gradient * gradient
      // One division a parameter, since divisions are most of a step's time.
      p -=
        learningRate / corrections.mean * state.mean
        / ((1 / corrections.square * state.square).squareRoot() + epsilon)
    }
  }
}
