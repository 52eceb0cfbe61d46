import CMicrogradKernels
public import MicrogradNetworks
import MicrogradEngine

/// How a program moves its parameters, as the optimizers of the same names do (`SGD`, `Adam`).
public enum UpdateRule: Sendable {
  /// p = p - rate · (gradient + weightDecay · p), with momentum if it is not 0, and Nesterov's variant of it.
  case descent(momentum: Double = 0, weightDecay: Double = 0, isNesterov: Bool = false)
  /// Steps scaled by running means of the gradient and of its square.
  case adam(
    betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Adam.WeightDecay = .inGradient(0))

  /// How many numbers are kept for each parameter from step to step.
  var stateCount: Int {
    switch self {
    case .descent(let momentum, _, _): momentum == 0 ? 0 : 1
    case .adam: 2
    }
  }

  var goal: Lowering.Goal {
    if case .descent(0, let decay, _) = self { return .training(states: 0, plainDecay: decay) }
    return .training(states: stateCount, plainDecay: nil)
  }

  /// What is wrong with the numbers, if anything is.
  var complaint: String? {
    switch self {
    case .descent(let momentum, let decay, let isNesterov):
      if !(momentum >= 0 && decay >= 0) { return "momentum and weight decay are not negative" }
      return isNesterov && momentum == 0 ? "Nesterov's variant needs momentum" : nil
    case .adam(let betas, let epsilon, let decay):
      if !(epsilon >= 0 && decay.rate >= 0) { return "epsilon and weight decay are not negative" }
      return (0..<1).contains(betas.0) && (0..<1).contains(betas.1) ? nil : "betas are at least 0 and less than 1"
    }
  }

  /// What the kernels are told at a step, counted from 1.
  func optimizer(rate: Double, step: Int) -> MGOptimizer {
    var optimizer = MGOptimizer()
    optimizer.rate = rate
    switch self {
    case .descent(let momentum, let decay, let isNesterov):
      optimizer.rule = momentum == 0 ? .descent : .momentum
      optimizer.momentum = momentum
      optimizer.decay = decay
      optimizer.nesterov = isNesterov
    case .adam(let betas, let epsilon, let decay):
      optimizer.rule = .adam
      (optimizer.beta1, optimizer.beta2) = betas
      optimizer.epsilon = epsilon
      optimizer.meanCorrection = 1 - powers(betas.0, step)
      optimizer.squareCorrection = 1 - powers(betas.1, step)
      switch decay {
      case .inGradient(let decay): optimizer.decay = decay
      case .decoupled(let decay):
        optimizer.decay = decay
        optimizer.decoupled = true
      }
    }
    return optimizer
  }

  private func powers(_ base: Double, _ exponent: Int) -> Double {
    Operation.constantPower.value(base, Double(exponent))
  }
}
