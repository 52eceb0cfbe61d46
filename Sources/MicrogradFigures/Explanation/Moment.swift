import MicrogradEngine
import MicrogradGraph
import MicrogradRequirement

/// What is known at some point of an explanation: the numbers that have been computed, and the gradients as far as they
/// have been added up.
struct Moment {
  /// How many steps have been taken.
  let count: Int
  let explanation: Explanation
  private(set) var hasNumber: [Bool]
  private(set) var gradients: [Double?]

  /// - Precondition: `count` is not negative, and not more than there are steps.
  init(_ explanation: Explanation, after count: Int) {
    require(
      (0...explanation.steps.count).contains(count), "step \(count) of an explanation with \(explanation.steps.count)"
    )
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

  /// The operands that the step is about.
  var operands: [Int] { step.map { explanation.graph.nodes[$0.node].operands } ?? [] }
}
