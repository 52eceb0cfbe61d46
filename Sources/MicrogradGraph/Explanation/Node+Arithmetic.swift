import MicrogradEngine

// What a node computes, and what it hands on of a gradient, in numbers alone: the two passes through a large graph need no
// words. Explanations read their numbers from here too.
extension ComputationGraph.Node {
  /// The number that the operation gives for its operands' data.
  func value(in nodes: [ComputationGraph.Node]) -> Double {
    guard operation == .dot else {
      let (a, b) = letters(in: nodes)
      return operation.value(a, b)
    }
    var next = operands.count % 2, sum = next == 0 ? 0 : nodes[operands[0]].data
    while next < operands.count {
      sum += nodes[operands[next]].data * nodes[operands[next + 1]].data
      next += 2
    }
    return sum
  }

  /// The numbers of the letters `a` and `b` of the operation's formulas.
  func letters(in nodes: [ComputationGraph.Node]) -> (a: Double, b: Double) {
    let a = operands.isEmpty ? data : nodes[operands[0]].data
    return (a, constant ?? (operands.count > 1 ? nodes[operands[1]].data : 0))
  }

  /// Calls `add` with each operand, by its place among the operands, and the part of a gradient that it receives. A gradient
  /// of 0 hands on zeros, as in `backward()`.
  func handOn(_ gradient: Double, in nodes: [ComputationGraph.Node], _ add: (_ place: Int, _ part: Double) -> Void) {
    guard operation != .dot else { return handOnDotProduct(gradient, in: nodes, add) }
    let (a, b) = letters(in: nodes)
    let parts = operation.parts(of: gradient, a, b, data)
    if !operands.isEmpty { add(0, gradient == 0 ? 0 : parts.toA) }
    if operands.count > 1, let toB = parts.toB { add(1, gradient == 0 ? 0 : toB) }
  }

  /// The operands are the bias, if their number is odd, and then pairs of a weight and an input.
  private func handOnDotProduct(
    _ gradient: Double, in nodes: [ComputationGraph.Node], _ add: (_ place: Int, _ part: Double) -> Void
  ) {
    var next = operands.count % 2
    if next == 1 { add(0, gradient) }
    while next < operands.count {
      let weight = nodes[operands[next]].data, input = nodes[operands[next + 1]].data
      add(next, gradient == 0 ? 0 : gradient * input)
      add(next + 1, gradient == 0 ? 0 : gradient * weight)
      next += 2
    }
  }
}
