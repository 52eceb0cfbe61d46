import Micrograd

extension LabTask {
  static let readingTheGraph = LabTask(4, en: "Reading the graph", fr: "Lire le graphe") { chapter in
    let pass = PerceptronPass(in: chapter.language)
    let explanation = Explanation(pass.error.graph()), graph = explanation.graph
    let backward = explanation.steps.filter { $0.direction == .backward }
    chapter.say(
      en: """
        Backward begins at the prediction error, whose derivative with respect to itself is 1, and goes through the operations \
        from the last to the first. Each operand receives the gradient of the result times the local derivative.
        """,
      fr: """
        La rétropropagation commence à l'erreur de prédiction, dont la dérivée par rapport à elle-même vaut 1, et \
        parcourt les opérations de la dernière à la première. Chaque opérande reçoit le gradient du résultat multiplié \
        par la dérivée locale.
        """)
    chapter.show(
      "steps",
      en: ["result", "operation", "gradient", "operand", "local derivative", "contribution", "sum so far"],
      fr: ["résultat", "opération", "gradient", "opérande", "dérivée locale", "contribution", "somme partielle"],
      rows: backward.flatMap { contributions(of: $0, in: graph) })
    chapter.draw(
      GraphFigure(
        explanation, after: explanation.steps.count - 2,
        title: chapter.words(en: "Near the end of backward", fr: "Vers la fin de la rétropropagation"),
        language: chapter.language),
      as: "task-04-step",
      en: "A step near the end: the gradients so far, what each operand receives, and the arithmetic.",
      fr: "Une étape vers la fin : les gradients déjà calculés, ce que reçoit chaque opérande, et le calcul.")
    chapter.say(
      en: "Each kind of operation has its own rule:",
      fr: "Chaque type d'opération a sa propre règle :")
    for operation in Operation.allCases where graph.nodes.contains(where: { $0.operation == operation }) {
      let rule = operation.explanation(in: chapter.language)
      chapter.say(en: "• \(rule)", fr: "• \(rule)")
    }
    chapter.say(
      en: """
        So the gradient of a weight is the gradient of the output times the input, and the gradient of the bias is that \
        of the output:
        """,
      fr: """
        Ainsi le gradient d'un poids est celui de la sortie multiplié par l'entrée, et celui du biais est celui de la \
        sortie :
        """)
    for parameter in pass.model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
  }

  /// Returns a row for each operand: it receives the gradient of the result times the local derivative.
  private static func contributions(of step: Explanation.Step, in graph: ComputationGraph) -> [[String]] {
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
