import MicrogradEngine
import MicrogradGraph
import MicrogradTestSupport
import Testing

@Suite struct ComputationGraphTests {
  /// Node by node: the numbers and gradients of the composed graph must satisfy the operations and the chain rule.
  private func expectConsistent(_ graph: ComputationGraph) {
    var gradients = [Double](repeating: 0, count: graph.nodes.count)
    gradients[graph.nodes.count - 1] = 1
    for node in graph.nodes.reversed() {
      #expect(node.operands.allSatisfy { $0 < node.id }, "operands come before node \(node.id)")
      let operands = node.operands.map { graph.nodes[$0].data }, gradient = gradients[node.id]
      switch node.operation {
      case .add:
        expectClose(node.data, operands[0] + operands[1], "sum")
        for operand in node.operands { gradients[operand] += gradient }
      case .multiply:
        expectClose(node.data, operands[0] * operands[1], "product")
        gradients[node.operands[0]] += gradient * operands[1]
        gradients[node.operands[1]] += gradient * operands[0]
      case .constantPower:
        #expect(node.constant == -1 && node.operands.count == 1)
        expectClose(node.data, 1 / operands[0], "inverse")
        gradients[node.operands[0]] += -gradient / (operands[0] * operands[0])
      default: #expect(node.operation == .leaf, "\(node.operation) is composed of others")
      }
    }
    for node in graph.nodes { expectClose(node.grad, gradients[node.id], "gradient of node \(node.id)") }
  }

  @Test func composedOperationsObeyTheChainRule() {
    let w: [Value] = [2, -3, 0.5], x: [Value] = [4, 5, -7], bias = Value(6)
    let a = dot(w, x, bias: bias), b = dot(w, x), c = dot([w[0]], [x[0]])
    let result = (a - b) / c + (-a) * b - dot([], [], bias: bias) / w[1]
    result.backward()
    let graph = result.graph()
    expectConsistent(graph)
    #expect(graph.nodes.last?.data == result.data)
  }

  /// Numbers are leaves like any others, with gradients, and slices are their elements.
  @Test func dotProductsOfNumbersAndSlicesObeyTheChainRule() {
    let w: [Value] = [2, -3, 0.5], numbers = [4.0, 5, -7], bias = Value(6)
    let a = dot(numbers, w, bias: bias), b = dot(w[1...], w[..<2]), c = dot(w[2...], numbers[1..<2])
    let result = (a - b) / c
    result.backward()
    let graph = result.graph()
    expectConsistent(graph)
    #expect(graph.nodes.count { $0.operation == .leaf && numbers.contains($0.data) } == 4)
    let recorded = result.graph(.recorded)
    #expect(recorded.nodes.filter { $0.operation == .dot }.map(\.operands.count) == [7, 4, 2])
  }

  @Test func recordedOperationsStayWhole() {
    let a = Value(2, label: "a"), b = Value(3)
    let graph = (pow(a - b, 3) + dot([a], [b], bias: 1)).graph(.recorded)
    #expect(graph.nodes.map(\.operation) == [.leaf, .leaf, .subtract, .constantPower, .leaf, .dot, .add])
    #expect(graph.nodes[3].symbol == "^3" && graph.nodes[3].operands == [2])
    #expect(graph.nodes[0].label == "a" && graph.nodes[5].operands == [4, 0, 1])
  }

  /// A dot product of nothing is its bias, even where that is a product itself.
  @Test func emptyDotProductsAreTheirBias() {
    let a = Value(2), b = Value(3)
    let p = a * b, q = a + b, s = p + q, d = dot([], [], bias: p)
    let result = s + d
    result.backward()
    let graph = result.graph()
    #expect(graph.nodes.map(\.operation) == [.leaf, .leaf, .multiply, .add, .add, .add])
    #expect(graph.nodes.last?.operands == [4, 2] && graph.nodes.last?.data == 17)
  }

  @Test func aLeafIsAGraph() {
    let graph = Value(2).graph()
    #expect(graph.nodes.count == 1 && graph.nodes[0].operation == .leaf)
  }

  @Test func aValueUsedTwiceIsListedTwice() {
    let a = Value(2)
    #expect((a + a).graph().nodes[1].operands == [0, 0])
  }

  @Test func deepGraphsDoNotOverflowTheStack() {
    var y = Value(1)
    for _ in 0..<300_000 { y = y + y }
    #expect(y.graph().nodes.count == 300_001)
  }
}
