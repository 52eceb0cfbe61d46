import MicrogradEngine

/// A function of several results computed node by node, as the engine computes it: for numbers that are not finite.
///
/// Complexity: linear in the number of nodes, and again for each result's derivatives.
struct FunctionReplay {
  private let graph: FlatGraph
  private let parameters: [Int32]
  private let inputs: [Int32]
  private let results: [Int32]
  private var numbers: [Double]

  /// - Parameters: The nodes of each; -1 for one that is not in the graph.
  init(_ graph: FlatGraph, parameters: [Int32], inputs: [Int32], results: [Int32]) {
    self.graph = graph
    self.parameters = parameters
    self.inputs = inputs
    self.results = results
    numbers = (0..<graph.count).map { graph.numbers[$0] }
  }

  /// Computes the results.
  mutating func run(_ parameterNumbers: [Double], _ inputNumbers: some Sequence<Double>) {
    for (node, number) in zip(parameters, parameterNumbers) where node >= 0 { numbers[Int(node)] = number }
    for (node, number) in zip(inputs, inputNumbers) where node >= 0 { numbers[Int(node)] = number }
    for node in 0..<graph.count {
      let operands = graph.operands(of: Int32(node)), first = operands.startIndex
      switch graph.kinds[node] {
      case .leaf, .list: break
      case .apply:
        numbers[node] = graph.operations[node].value(number(operands[first]), number(operands[operands.endIndex - 1]))
      case .dot:
        let bias = operands.count > 2 ? number(operands[first + 2]) : 0
        numbers[node] = factors(of: node).reduce(bias) { $0 + number($1.0) * number($1.1) }
      }
    }
  }

  private func number(_ node: Int32) -> Double { numbers[Int(node)] }

  private func factors(of dot: Int) -> [(Int32, Int32)] {
    let operands = graph.operands(of: Int32(dot)), first = operands.startIndex
    return Array(zip(graph.operands(of: operands[first]), graph.operands(of: operands[first + 1])))
  }

  /// Writes the results that were computed last.
  func store(to results: UnsafeMutablePointer<Double>) {
    for (index, node) in self.results.enumerated() { results[index] = number(node) }
  }

  /// Writes their derivatives with respect to the inputs, result by result.
  func storeJacobian(to jacobian: UnsafeMutablePointer<Double>) {
    for (index, result) in results.enumerated() {
      let derivatives = derivatives(of: result)
      for (input, node) in inputs.enumerated() {
        jacobian[index * inputs.count + input] = node < 0 ? 0 : derivatives[Int(node)]
      }
    }
  }

  private func derivatives(of result: Int32) -> [Double] {
    var derivatives = [Double](repeating: 0, count: graph.count)
    derivatives[Int(result)] = 1
    for node in (0...Int(result)).reversed() where derivatives[node] != 0 {
      let derivative = derivatives[node]
      let operands = graph.operands(of: Int32(node)), first = operands.startIndex
      switch graph.kinds[node] {
      case .leaf, .list: break
      case .apply:
        let a = operands[first], b = operands[operands.endIndex - 1]
        let parts = graph.operations[node].parts(of: derivative, number(a), number(b), numbers[node])
        derivatives[Int(a)] += parts.toA
        if let part = parts.toB { derivatives[Int(b)] += part }
      case .dot:
        for (weight, input) in factors(of: node) {
          derivatives[Int(weight)] += derivative * number(input)
          derivatives[Int(input)] += derivative * number(weight)
        }
        if operands.count > 2 { derivatives[Int(operands[first + 2])] += derivative }
      }
    }
    return derivatives
  }
}
