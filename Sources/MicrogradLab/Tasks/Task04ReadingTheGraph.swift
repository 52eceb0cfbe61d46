import Micrograd

extension LabTask {
  static let readingTheGraph = LabTask(4, en: "Reading the graph", fr: "Lire le graphe") { page in
    let pass = PerceptronPass()
    let graph = pass.error.graph()
    page.say(
      en: """
        Backward begins at the prediction error, whose derivative by itself is 1, and goes through the operations \
        from the last to the first. Each operand receives the gradient that arrives times the local derivative.
        """,
      fr: """
        La rétropropagation commence à l'erreur de prédiction, dont la dérivée par rapport à elle-même vaut 1, et \
        parcourt les opérations de la dernière à la première. Chaque opérande reçoit le gradient qui arrive multiplié \
        par la dérivée locale.
        """)
    page.show(
      "steps",
      headings: page.words(
        en: "result|operation|arrives|operand|local derivative|hands on",
        fr: "résultat|opération|arrive|opérande|dérivée locale|transmet"
      ).split(separator: "|").map(String.init),
      rows: graph.nodes.reversed().flatMap { handedOn(by: $0, in: graph, page) })
    page.say(
      en: "Each kind of operation has a rule of its own:",
      fr: "Chaque sorte d'opération a sa règle :")
    for operation in Operation.allCases where graph.nodes.contains(where: { $0.operation == operation }) {
      let rule = operation.definition.explanation(in: page.language)
      page.say(en: "• \(rule)", fr: "• \(rule)")
    }
    page.say(
      en: "So the weights' gradients are the output's gradient times their inputs, and the bias has it unchanged:",
      fr: "Ainsi les gradients des poids sont celui de la sortie fois leurs entrées, et le biais le reçoit tel quel :"
    )
    for parameter in pass.model.parameters { page.show("\(parameter.label ?? "").grad", parameter.grad) }
  }

  /// A row for each operand of a node: what arrives there, times the local derivative, is what it hands on.
  private static func handedOn(
    by node: ComputationGraph.Node, in graph: ComputationGraph, _ page: Page
  ) -> [[String]] {
    let operands = node.operands.map { graph.nodes[$0] }
    let a = operands.first?.data ?? 0
    let b = node.constant ?? operands.last?.data ?? 0
    return zip(operands, node.operation.partials(a, b, node.data)).map { operand, partial in
      [
        name(of: node), node.symbol, node.grad.fixed(4), name(of: operand), partial.fixed(4),
        (node.grad * partial).fixed(4),
      ]
    }
  }

  private static func name(of node: ComputationGraph.Node) -> String {
    (node.label.map { $0 + " " } ?? "") + "(\(node.data.fixed(4)))"
  }
}
