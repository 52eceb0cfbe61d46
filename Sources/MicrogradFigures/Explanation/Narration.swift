import MicrogradEngine

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

  /// What is called how: by its label, or by its position.
  func name(of node: Int) -> String { graph.nodes[node].name }

  /// What happens, in a sentence.
  func sentence(_ step: Explanation.Step) -> String {
    let definition = graph.nodes[step.node].operation.definition
    switch step.direction {
    case .forward:
      return step.isSetByHand ? Phrase.setByHand.filled(language, ["result": step.result.inStep]) : ""
    case .backward:
      let name = name(of: step.node)
      if step.gradient == 0 { return Phrase.nothing.filled(language, ["name": name]) }
      let phrase = step.node == result ? Phrase.seed : .arrives
      let arrival = phrase.filled(language, ["name": name, "gradient": step.gradient.inStep])
      return "\(arrival) \(definition.explanation(in: language))"
    }
  }

  /// The arithmetic, a line for each formula.
  func arithmetic(_ step: Explanation.Step) -> [String] {
    switch step.direction {
    case .forward:
      return [equation(name(of: step.node), step.formula, step.variables, step.computed)]
    case .backward:
      return step.contributions.map { line($0, of: step) }
    }
  }

  private func line(_ contribution: Explanation.Contribution, of step: Explanation.Step) -> String {
    let slope = "∂\(name(of: step.node))/∂\(name(of: contribution.operand))"
    let partial = equation(slope, contribution.formula, step.variables, contribution.localDerivative)
    let receives = Phrase.receives.filled(
      language,
      [
        "operand": name(of: contribution.operand), "gradient": step.gradient.inStep.inProduct,
        "partial": contribution.localDerivative.inStep.inProduct, "product": contribution.product.inStep,
      ])
    guard contribution.sumBefore != 0 else { return "\(receives)   (\(partial))" }
    let addsUp = Phrase.addsUp.filled(
      language,
      [
        "before": contribution.sumBefore.inStep, "product": contribution.product.inStep.inProduct,
        "sum": contribution.sum.inStep,
      ])
    return "\(receives)   (\(partial)); \(addsUp)"
  }

  /// `name = formula = with numbers = result`, without repetitions.
  private func equation(
    _ name: String, _ formula: String, _ variables: [Explanation.Variable], _ result: Double
  ) -> String {
    let formula = FormulaText(formula)
    let names = variables.map { ($0.name, $0.node.map(self.name) ?? $0.number.inStep) }
    let numbers = variables.map { ($0.name, $0.number.inStep) }
    let parts = [
      name, formula.filled(Dictionary(uniqueKeysWithValues: names)),
      formula.filled(Dictionary(uniqueKeysWithValues: numbers)), result.inStep,
    ]
    return parts.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.joined(separator: " = ")
  }
}

extension ComputationGraph.Node {
  /// The label, or `v` and the position.
  package var name: String { label ?? "v\(id)" }
}

extension Double {
  /// Six digits, which is enough to follow a calculation.
  var inStep: String { short(digits: 6) }
}

extension String {
  /// A negative number as a factor or a second term.
  var inProduct: String { hasPrefix("-") ? "(\(self))" : self }
}
