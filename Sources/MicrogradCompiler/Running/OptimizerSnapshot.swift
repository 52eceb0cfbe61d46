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
