import MicrogradEngine

/// A backward pass that has come part of the way: the gradients so far.
///
/// It starts at 1 and at sums of 0, whatever gradients the values had.
package struct BackwardPass {
  private let graph: ComputationGraph
  /// The sums so far.
  package private(set) var gradients: [Double]
  /// Whether anything has arrived at a node.
  package private(set) var isReached: [Bool]

  /// Creates a pass that has not visited any node.
  package init(_ graph: ComputationGraph) {
    self.graph = graph
    gradients = Array(repeating: 0, count: graph.nodes.count)
    isReached = Array(repeating: false, count: graph.nodes.count)
    guard !gradients.isEmpty else { return }
    gradients[gradients.count - 1] = 1
    isReached[isReached.count - 1] = true
  }

  /// Visits the nodes of a range, the last one first.
  ///
  /// - Complexity: Linear in the nodes and edges.
  package mutating func visit(_ range: Range<Int>) {
    for id in range.reversed() { visit(id) }
  }

  private mutating func visit(_ id: Int) {
    let node = graph.nodes[id]
    guard node.operation != .leaf else { return }
    isReached[id] = true
    node.handOn(gradients[id], in: graph.nodes) { place, part in
      gradients[node.operands[place]] += part
      isReached[node.operands[place]] = true
    }
  }

  /// Visits one computed node, and returns this step.
  package mutating func step(_ id: Int) -> Explanation.Step {
    let node = graph.nodes[id], rule = LocalRule(of: node, in: graph), gradient = gradients[id]
    isReached[id] = true
    var contributions: [Explanation.Contribution] = []
    node.handOn(gradient, in: graph.nodes) { place, product in
      let operand = node.operands[place], before = gradients[operand], partial = rule.partials[place]
      gradients[operand] += product
      isReached[operand] = true
      contributions.append(
        .init(
          operand: operand, formula: partial.formula, localDerivative: partial.number, product: product,
          sumBefore: before, sum: gradients[operand]))
    }
    return Explanation.Step(
      direction: .backward, node: id, formula: rule.formula, variables: rule.variables, computed: rule.computed,
      result: node.data, gradient: gradient, contributions: contributions)
  }
}
