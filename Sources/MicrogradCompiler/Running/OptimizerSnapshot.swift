import MicrogradNetworks
import MicrogradRequirement

/// The numbers that an optimizer keeps from step to step: what is saved beside the parameters in order to resume
/// training later.
public struct OptimizerSnapshot: Sendable, Equatable {
  /// The number of steps taken, by which Adam corrects its running means.
  public var stepCount: Int
  /// One list for each number that the rule keeps of a parameter, in the order of the parameters: the velocity of gradient
  /// descent with momentum; the running mean of the gradient and that of its square of Adam; none of plain gradient descent.
  public var numbers: [[Double]]

  /// Creates a snapshot of these numbers.
  public init(stepCount: Int, numbers: [[Double]]) {
    self.stepCount = stepCount
    self.numbers = numbers
  }
}

extension OptimizerSnapshot {
  /// The numbers before the first step.
  init(startOf rule: UpdateRule, parameters: Int) {
    self.init(
      stepCount: 0, numbers: Array(repeating: Array(repeating: 0, count: parameters), count: rule.stateCount))
  }

  /// Moves numbers by the gradients beside them.
  mutating func move(
    _ parameters: inout [Double], by rule: UpdateRule, gradients: [Double], learningRate: Double
  ) {
    stepCount += 1
    let step = UpdateStep(rule, learningRate: learningRate, number: stepCount)
    for index in parameters.indices {
      var state = UpdateStep.State()
      if !numbers.isEmpty { state.mean = numbers[0][index] }
      if numbers.count > 1 { state.square = numbers[1][index] }
      step.move(&parameters[index], gradient: gradients[index], &state)
      if !numbers.isEmpty { numbers[0][index] = state.mean }
      if numbers.count > 1 { numbers[1][index] = state.square }
    }
  }

  /// Throws an error if these are not numbers of this rule for as many parameters.
  func check(for rule: UpdateRule, parameters: Int) throws(ProgramError) {
    guard numbers.count == rule.stateCount, numbers.allSatisfy({ $0.count == parameters }) else {
      throw ProgramError(
        """
        a snapshot with \(numbers.map(\.count)) numbers; the optimizer keeps \(counted(rule.stateCount, "number")) for each \
        of \(counted(parameters, "parameter"))
        """)
    }
    guard stepCount >= 0, numbers.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw ProgramError("a snapshot after \(stepCount) steps, or with numbers that are not finite")
    }
  }
}
