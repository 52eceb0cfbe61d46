import Micrograd

extension LabTask {
  static let readingTheGraph = LabTask(4, en: "Reading the graph", fr: "Lire le graphe") { chapter in
    let pass = PerceptronPass(in: chapter.language)
    let explanation = Explanation(pass.error.graph()), graph = explanation.graph
    let backward = explanation.steps.filter { $0.direction == .backward }
    chapter.say(
      en: """
        Backward begins at the prediction error, whose derivative with respect to itself is 1, and goes through the operations \
        from the last to the first. Each operand receives the gradient that arrives times the local derivative.
        """,
      fr: """
        La rétropropagation commence à l'erreur de prédiction, dont la dérivée par rapport à elle-même vaut 1, et \
        parcourt les opérations de la dernière à la première. Chaque opérande reçoit le gradient qui arrive multiplié \
        par la dérivée locale.
        """)
    chapter.show(
      "steps",
      en: ["result", "operation", "arrives", "operand", "local derivative", "hands on", "sum so far"],
      fr: ["résultat", "opération", "arrive", "opérande", "dérivée locale", "transmet", "somme"],
      rows: backward.flatMap { handedOn(by: $0, in: graph) })
    chapter.draw(
      GraphFigure(
        explanation, after: explanation.steps.count - 2,
        title: chapter.words(en: "Near the end of backward", fr: "Vers la fin de la rétropropagation"),
        language: chapter.language),
      as: "task-04-step",
      en: "A step in the middle: what has arrived so far, what is handed on, and the arithmetic.",
      fr: "Une étape en cours : ce qui est déjà arrivé, ce qui est transmis, et le calcul.")
    chapter.say(
      en: "Each kind of operation has a rule of its own:",
      fr: "Chaque sorte d'opération a sa règle :")
    for operation in Operation.allCases where graph.nodes.contains(where: { $0.operation == operation }) {
      let rule = operation.definition.explanation(in: chapter.language)
      chapter.say(en: "• \(rule)", fr: "• \(rule)")
    }
    chapter.say(
      en: "So the weights' gradients are the output's gradient times their inputs, and the bias has it unchanged:",
      fr: "Ainsi les gradients des poids sont celui de la sortie fois leurs entrées, et le biais le reçoit tel quel :"
    )
    for parameter in pass.model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
  }

  /// A row for each operand: what arrives, times the local derivative, is what it is handed.
  private static func handedOn(by step: Explanation.Step, in graph: ComputationGraph) -> [[String]] {
    let node = graph.nodes[step.node]
    return step.contributions.map { part in
      [
        name(of: node), node.symbol, step.gradient.fixed(4), name(of: graph.nodes[part.operand]),
        part.localDerivative.fixed(4), part.product.fixed(4), part.sum.fixed(4),
      ]
    }
  }

  private static func name(of node: ComputationGraph.Node) -> String {
    "\(node.name) (\(node.data.fixed(4)))"
  }
}
