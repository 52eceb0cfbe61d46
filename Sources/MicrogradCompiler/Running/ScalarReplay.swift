import MicrogradEngine

/// A graph computed node by node, as the engine computes it: for graphs that cannot run over rows, and to check those
/// that can.
///
/// Complexity of a step: linear in the number of nodes, a few nanoseconds each.
struct ScalarReplay {
  private let graph: FlatGraph
  private let parameters: [Int32]
  private var numbers: [Double]
  /// Empty until they are needed: most replays only stand by.
  private var derivatives: [Double] = []

  /// - Parameter parameters: The nodes of the parameters; -1 for one that is not in the graph.
  init(_ graph: FlatGraph, parameters: [Int32]) {
    self.graph = graph
    self.parameters = parameters
    numbers = graph.numbers
  }

  /// The number of a leaf.
  mutating func set(_ node: Int32, to number: Double) {
    if node >= 0 { numbers[Int(node)] = number }
  }

  func number(of node: Int32) -> Double { numbers[Int(node)] }

  mutating func setParameters(_ values: [Double]) {
    for (node, value) in zip(parameters, values) { set(node, to: value) }
  }

  /// Computes the root anew.
  mutating func forward() -> Double {
    for node in 0..<graph.count {
      let start = Int(graph.starts[node]), end = Int(graph.starts[node + 1])
      switch graph.kinds[node] {
      case .leaf, .list: break
      case .apply:
        let a = numbers[Int(graph.operands[start])], b = numbers[Int(graph.operands[end - 1])]
        numbers[node] = graph.operations[node].value(a, b)
      case .dot: numbers[node] = dot(start..<end)
      }
    }
    return numbers[Int(graph.root)]
  }

  private func dot(_ range: Range<Int>) -> Double {
    let weights = graph.operands(of: graph.operands[range.lowerBound])
    let inputs = graph.operands(of: graph.operands[range.lowerBound + 1])
    let bias = range.count > 2 ? numbers[Int(graph.operands[range.lowerBound + 2])] : 0
    return zip(weights, inputs).reduce(bias) { $0 + numbers[Int($1.0)] * numbers[Int($1.1)] }
  }

  /// Adds the derivatives of the root with respect to the parameters, times `seed`, to `gradients`.
  mutating func backward(seed: Double = 1, into gradients: inout [Double]) {
    if derivatives.isEmpty { derivatives = Array(repeating: 0, count: graph.count) }
    for node in derivatives.indices { derivatives[node] = 0 }
    derivatives[Int(graph.root)] = seed
    for node in (0..<graph.count).reversed() where derivatives[node] != 0 {
      let range = Int(graph.starts[node])..<Int(graph.starts[node + 1])
      switch graph.kinds[node] {
      case .leaf, .list: break
      case .apply: addVJP(of: node, range)
      case .dot: addDotVJP(node, range)
      }
    }
    for (index, node) in parameters.enumerated() where node >= 0 { gradients[index] += derivatives[Int(node)] }
  }

  private mutating func addVJP(of node: Int, _ range: Range<Int>) {
    let a = Int(graph.operands[range.lowerBound]), b = Int(graph.operands[range.upperBound - 1])
    let parts = graph.operations[node].parts(of: derivatives[node], numbers[a], numbers[b], numbers[node])
    derivatives[a] += parts.toA
    if let part = parts.toB { derivatives[b] += part }
  }

  private mutating func addDotVJP(_ node: Int, _ range: Range<Int>) {
    let derivative = derivatives[node]
    for (weight, input) in zip(
      graph.operands(of: graph.operands[range.lowerBound]), graph.operands(of: graph.operands[range.lowerBound + 1])
    ) {
      derivatives[Int(weight)] += derivative * numbers[Int(input)]
      derivatives[Int(input)] += derivative * numbers[Int(weight)]
    }
    if range.count > 2 { derivatives[Int(graph.operands[range.lowerBound + 2])] += derivative }
  }
}
