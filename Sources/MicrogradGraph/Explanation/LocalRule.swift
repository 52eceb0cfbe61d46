import MicrogradEngine

/// The rule of one node's operation: its formula, its local derivatives, and their numbers.
struct LocalRule {
  let formula: String
  let variables: [Explanation.Variable]
  let computed: Double
  let partials: [(formula: String, number: Double)]

  init(of node: ComputationGraph.Node, in graph: ComputationGraph) {
    let computed = node.value(in: graph.nodes)
    if node.operation == .dot {
      self.init(dotProductOf: node.operands, node.operands.map { graph.nodes[$0].data }, computed)
      return
    }
    let (a, b) = node.letters(in: graph.nodes)
    self.init(
      formula: node.operation.formula,
      variables: [
        .init(name: "a", number: a, node: node.operands.first),
        .init(name: "b", number: b, node: node.operands.dropFirst().first),
        .init(name: "y", number: node.data, node: node.id),
      ],
      computed: computed,
      partials: zip(node.operation.partialFormulas, node.operation.partials(a, b, node.data)).map {
        (formula: $0, number: $1)
      })
  }

  /// The operands are the bias, if their number is odd, and then pairs of a weight and an input.
  private init(dotProductOf operands: [Int], _ numbers: [Double], _ computed: Double) {
    let biases = numbers.count % 2
    var terms = biases == 0 ? [] : ["b"]
    var variables = biases == 0 ? [] : [Explanation.Variable(name: "b", number: numbers[0], node: operands[0])]
    var partials = biases == 0 ? [] : [(formula: "1", number: 1.0)]
    for (index, place) in stride(from: biases, to: numbers.count, by: 2).enumerated() {
      let w = "w\(index + 1)", x = "x\(index + 1)", weight = numbers[place], input = numbers[place + 1]
      terms.append("\(w) × \(x)")
      variables += [
        .init(name: w, number: weight, node: operands[place]),
        .init(name: x, number: input, node: operands[place + 1]),
      ]
      partials += [(x, input), (w, weight)]
    }
    self.init(
      formula: terms.isEmpty ? "0" : terms.joined(separator: " + "), variables: variables,
      computed: computed, partials: partials)
  }

  private init(
    formula: String, variables: [Explanation.Variable], computed: Double,
    partials: [(formula: String, number: Double)]
  ) {
    self.formula = formula
    self.variables = variables
    self.computed = computed
    self.partials = partials
  }
}
