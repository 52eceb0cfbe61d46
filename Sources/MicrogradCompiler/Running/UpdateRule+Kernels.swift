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
  /// Goes on to a step of the same rule. To make the whole of it anew each time takes longer than small layers do.
  mutating func advance(to number: Int, by rule: UpdateRule, rate: Double) {
    if case .adam = rule {
      self = MGOptimizer(UpdateStep(rule, learningRate: rate, number: number))
    } else {
      self.rate = rate
    }
  }

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
