import MicrogradEngine
import MicrogradGraph
import MicrogradRequirement

/// The state after some steps of an explanation: the values that have been computed, and the sums of the gradients so far.
struct Moment {
  /// The number of steps that have been taken.
  let count: Int
  let explanation: Explanation
  private(set) var hasNumber: [Bool]
  private(set) var gradients: [Double?]

  /// - Precondition: `count` is from 0 to the number of steps.
  init(_ explanation: Explanation, after count: Int) {
    require(
      (0...explanation.steps.count).contains(count),
      "there is no step \(count); the explanation has \(explanation.steps.count) steps")
    self.explanation = explanation
    self.count = count
    hasNumber = explanation.graph.nodes.map(\.isLeaf)
    gradients = explanation.graph.nodes.map { _ in nil }
    for step in explanation.steps.prefix(count) {
      hasNumber[step.node] = true
      if step.direction == .backward { gradients[step.node] = step.gradient }
      for contribution in step.contributions { gradients[contribution.operand] = contribution.sum }
    }
  }

  /// The step that was just taken.
  var step: Explanation.Step? { count == 0 ? nil : explanation.steps[count - 1] }

  /// The operands of the step that was just taken.
  var operands: [Int] { step.map { explanation.graph.nodes[$0.node].operands } ?? [] }
}
