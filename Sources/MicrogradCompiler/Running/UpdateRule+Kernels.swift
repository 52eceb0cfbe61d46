import CMicrogradKernels
import MicrogradNetworks

extension UpdateRule {
  /// The goal of lowering a program that trains by this rule.
  var goal: Lowering.Goal {
    if case .sgd(0, let decay, _) = self { return .training(states: 0, plainDecay: decay) }
    return .training(states: stateCount, plainDecay: nil)
  }
}

extension MGOptimizer {
  /// A step as the kernels are told of it.
  init(_ step: UpdateStep) {
    self.init()
    rate = step.learningRate
    switch step.rule {
    case .sgd(let momentum, let decay, let isNesterov):
      rule = momentum == 0 ? .sgd : .momentum
      self.momentum = momentum
      self.decay = decay
      nesterov = isNesterov
    case .adam(let betas, let epsilon, let weightDecay):
      rule = .adam
      (beta1, beta2) = betas
      self.epsilon = epsilon
      (meanCorrection, squareCorrection) = step.corrections
      decay = weightDecay.rate
      if case .decoupled = weightDecay { decoupled = true }
    }
  }
}
