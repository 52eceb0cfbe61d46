import MicrogradEngine

/// The rule of one node's operation: its formula, its local derivatives, and their numbers.
struct LocalRule {
  let formula: String
  let variables: [Explanation.Variable]
  let computed: Double
  let partials: [(formula: String, number: Double)]
  /// The parts of a gradient that go to each operand.
  let parts: (_ gradient: Double) -> [Double]

  init(of node: ComputationGraph.Node, in graph: ComputationGraph) {
    let numbers = node.operands.map { graph.nodes[$0].data }
    if node.operation == .dot {
      self.init(dotProductOf: node.operands, numbers)
      return
    }
    let a = numbers.first ?? node.data, b = node.constant ?? numbers.dropFirst().first ?? 0
    self.init(
      formula: node.operation.formula,
      variables: [
        .init(name: "a", number: a, node: node.operands.first),
        .init(name: "b", number: b, node: node.operands.dropFirst().first),
        .init(name: "y", number: node.data, node: node.id),
      ],
      computed: node.operation.value(a, b),
      partials: zip(node.operation.partialFormulas, node.operation.partials(a, b, node.data)).map {
        (formula: $0, number: $1)
      },
      parts: { gradient in
        let parts = node.operation.parts(of: gradient, a, b, node.data)
        return [parts.toA] + (parts.toB.map { [$0] } ?? [])
      })
  }

  /// The operands are the bias, if their number is odd, and then pairs of a weight and an input.
  private init(dotProductOf operands: [Int], _ numbers: [Double]) {
    let biases = numbers.count % 2
    var terms = biases == 0 ? [] : ["b"], sum = biases == 0 ? 0 : numbers[0]
    var variables = biases == 0 ? [] : [Explanation.Variable(name: "b", number: numbers[0], node: operands[0])]
    var partials = biases == 0 ? [] : [(formula: "1", number: 1.0)]
    for (index, place) in stride(from: biases, to: numbers.count, by: 2).enumerated() {
      let w = "w\(index + 1)", x = "x\(index + 1)", weight = numbers[place], input = numbers[place + 1]
      terms.append("\(w) × \(x)")
      sum += weight * input
      variables += [
        .init(name: w, number: weight, node: operands[place]),
        .init(name: x, number: input, node: operands[place + 1]),
      ]
      partials += [(x, input), (w, weight)]
    }
    self.init(
      formula: terms.isEmpty ? "0" : terms.joined(separator: " + "), variables: variables, computed: sum,
      partials: partials, parts: { [partials] gradient in partials.map { gradient * $0.number } })
  }

  private init(
    formula: String, variables: [Explanation.Variable], computed: Double,
    partials: [(formula: String, number: Double)], parts: @escaping (Double) -> [Double]
  ) {
    self.formula = formula
    self.variables = variables
    self.computed = computed
    self.partials = partials
    self.parts = parts
  }
}
