import MicrogradEngine
import MicrogradRequirement

/// An update rule with the numbers that it keeps from step to step.
package struct OptimizerState: Sendable {
  package let rule: UpdateRule
  private var states: [UpdateStep.State]
  private var stepCount = 0

  /// - Precondition: The rule's numbers make sense.
  package init(_ rule: UpdateRule, parameters: Int) {
    if let complaint = rule.complaint { stop(complaint) }
    self.rule = rule
    states = Array(repeating: UpdateStep.State(), count: parameters)
  }

  /// Moves values by their gradients.
  package mutating func move(_ parameters: [Value], learningRate: Double) {
    let step = nextStep(learningRate)
    for (index, parameter) in parameters.enumerated() {
      step.move(&parameter.data, gradient: parameter.grad, &states[index])
    }
  }

  /// Moves numbers by the gradients beside them.
  package mutating func move(_ parameters: inout [Double], gradients: [Double], learningRate: Double) {
    let step = nextStep(learningRate)
    for index in parameters.indices {
      step.move(&parameters[index], gradient: gradients[index], &states[index])
    }
  }

  private mutating func nextStep(_ learningRate: Double) -> UpdateStep {
    stepCount += 1
    return UpdateStep(rule, learningRate: learningRate, number: stepCount)
  }
}
