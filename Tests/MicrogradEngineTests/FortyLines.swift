import Foundation

/// A number that remembers what it was computed from.
final class Node {
  var data: Double
  var grad = 0.0
  let operands: [(node: Node, derivative: Double)]

  init(_ data: Double, _ operands: [(node: Node, derivative: Double)] = []) {
    self.data = data
    self.operands = operands
  }

  /// The chain rule, from the result back to the leaves.
  func backward() {
    let order = topologicalOrder()
    for node in order where !node.operands.isEmpty { node.grad = 0 }
    grad = 1
    for node in order.reversed() {
      for (operand, derivative) in node.operands { operand.grad += node.grad * derivative }
    }
  }

  /// All that this node was computed from, and itself: each after its operands.
  private func topologicalOrder() -> [Node] {
    var order: [Node] = [], seen: Set<ObjectIdentifier> = []
    func visit(_ node: Node) {
      guard seen.insert(ObjectIdentifier(node)).inserted else { return }
      for operand in node.operands { visit(operand.node) }
      order.append(node)
    }
    visit(self)
    return order
  }

  static func + (a: Node, b: Node) -> Node { Node(a.data + b.data, [(a, 1), (b, 1)]) }
  static func - (a: Node, b: Node) -> Node { Node(a.data - b.data, [(a, 1), (b, -1)]) }
  static func * (a: Node, b: Node) -> Node { Node(a.data * b.data, [(a, b.data), (b, a.data)]) }
  static func / (a: Node, b: Node) -> Node {
    Node(a.data / b.data, [(a, 1 / b.data), (b, -a.data / (b.data * b.data))])
  }
  func relu() -> Node { Node(max(data, 0), [(self, data > 0 ? 1 : 0)]) }
  func sin() -> Node { Node(Foundation.sin(data), [(self, Foundation.cos(data))]) }
  func tanh() -> Node {
    let y = Foundation.tanh(data)
    return Node(y, [(self, 1 - y * y)])
  }
}
