import RealModule

/// An update rule with its state, in plain Swift: what replays are trained by.
struct Descent {
  let rule: UpdateRule
  private var states: [[Double]]
  private var step = 0

  init(_ rule: UpdateRule, parameters: Int) {
    self.rule = rule
    states = Array(repeating: Array(repeating: 0, count: parameters), count: rule.stateCount)
  }

  mutating func move(_ parameters: inout [Double], by gradients: [Double], rate: Double) {
    step += 1
    let by = rule.optimizer(rate: rate, step: step)
    for index in parameters.indices {
      switch by.rule {
      case .descent: parameters[index] -= rate * (gradients[index] + by.decay * parameters[index])
      case .momentum:
        let gradient = gradients[index] + by.decay * parameters[index]
        states[0][index] = by.momentum * states[0][index] + gradient
        parameters[index] -= rate * (by.nesterov ? gradient + by.momentum * states[0][index] : states[0][index])
      case .adam:
        if by.decoupled { parameters[index] *= 1 - rate * by.decay }
        let gradient = gradients[index] + (by.decoupled ? 0 : by.decay * parameters[index])
        states[0][index] = by.beta1 * states[0][index] + (1 - by.beta1) * gradient
        states[1][index] = by.beta2 * states[1][index] + (1 - by.beta2) * gradient * gradient
        parameters[index] -=
          rate * (states[0][index] / by.meanCorrection)
          / ((states[1][index] / by.squareCorrection).squareRoot() + by.epsilon)
      }
    }
  }
}
