import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The words and the arithmetic of a step.
struct Narration {
  let language: Language
  private let graph: ComputationGraph
  private let result: Int

  init(_ graph: ComputationGraph, in language: Language) {
    self.graph = graph
    self.language = language
    result = graph.nodes.count - 1
  }

  /// Returns the label of a node, or `v` and its position.
  func name(of node: Int) -> String { graph.nodes[node].name }

  /// Returns a sentence that says what happens in a step.
  func sentence(_ step: Explanation.Step) -> String {
    let operation = graph.nodes[step.node].operation
    switch step.direction {
    case .forward:
      return step.isSetByHand ? Phrase.setByHand.filled(language, ["result": step.result.inStep]) : ""
    case .backward:
      let name = name(of: step.node)
      if step.gradient == 0 { return Phrase.nothing.filled(language, ["name": name]) }
      let phrase = step.node == result ? Phrase.seed : .arrives
      let arrival = phrase.filled(language, ["name": name, "gradient": step.gradient.inStep])
      let isClosed = operation == .relu && step.contributions[0].localDerivative == 0
      let closed = isClosed ? " " + Phrase.closed.filled(language, ["name": name]) : ""
      return "\(arrival) \(operation.explanation(in: language))\(closed)"
    }
  }

  /// Returns the arithmetic of a step, one line for each formula.
  func arithmetic(_ step: Explanation.Step) -> [String] {
    switch step.direction {
    case .forward:
      return [Equations(step, in: self).equation(name(of: step.node), step.formula, step.computed)]
    case .backward:
      let equations = Equations(step, in: self)
      return step.contributions.map { line($0, of: step, equations) }
    }
  }

  private func line(
    _ contribution: Explanation.Contribution, of step: Explanation.Step, _ equations: Equations
  ) -> String {
    let derivative = "∂\(name(of: step.node))/∂\(name(of: contribution.operand))"
    let partial = equations.equation(derivative, contribution.formula, contribution.localDerivative)
    let receives = Phrase.receives.filled(
      language,
      [
        "operand": name(of: contribution.operand), "gradient": step.gradient.inStep,
        "partial": contribution.localDerivative.inStep, "product": contribution.product.inStep,
      ])
    guard contribution.sumBefore != 0 else { return "\(receives)   (\(partial))" }
    let addsUp = Phrase.addsUp.filled(
      language,
      [
        "before": contribution.sumBefore.inStep, "product": contribution.product.inStep,
        "sum": contribution.sum.inStep,
      ])
    return "\(receives)   (\(partial)); \(addsUp)"
  }

}

/// The equations of a step. A dot product has one for each operand, with few of its variables in each.
private struct Equations {
  private let variables: Set<String>
  private let names: [String: String]
  private let numbers: [String: String]

  init(_ step: Explanation.Step, in narration: Narration) {
    variables = Set(step.variables.map { $0.name })
    let names = step.variables.map { ($0.name, $0.node.map(narration.name) ?? $0.number.inStep) }
    self.names = Dictionary(uniqueKeysWithValues: names)
    numbers = Dictionary(uniqueKeysWithValues: step.variables.map { ($0.name, $0.number.inStep) })
  }

  /// Returns `name = formula = formula with numbers = result`, without repetitions.
  func equation(_ name: String, _ formula: String, _ result: Double) -> String {
    let formula = FormulaText(formula: formula, variables: variables)
    let parts = [name, formula.filled { names[$0]! }, formula.filled { numbers[$0]! }, result.inStep]
    return parts.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.joined(separator: " = ")
  }
}

extension ComputationGraph.Node {
  /// The label, or `v` and the position.
  package var name: String { label ?? "v\(id)" }
}

extension Double {
  /// The number with six digits, which are enough to follow a calculation.
  var inStep: String { short(digits: 6) }
}
