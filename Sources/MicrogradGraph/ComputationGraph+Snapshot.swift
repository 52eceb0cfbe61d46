import MicrogradEngine

extension Value {
  /// The graph that this value was computed by, with the numbers and gradients of this moment.
  ///
  /// - Complexity: Linear in the number of nodes.
  public func graph(_ detail: ComputationGraph.Detail = .composed) -> ComputationGraph {
    let recorded = recordedNodes
    var snapshot = Snapshot(of: recorded, detail)
    for index in recorded.indices where recorded[index].operation != .leaf { snapshot.append(index) }
    if operation == .leaf { _ = snapshot.position(of: 0) }
    return ComputationGraph(nodes: snapshot.nodes)
  }
}

/// Collects the nodes of a graph, operands first.
private struct Snapshot {
  private let recorded: [RecordedNode]
  private let detail: ComputationGraph.Detail
  private(set) var nodes: [ComputationGraph.Node] = []
  /// The scope of the recorded node whose nodes are appended.
  private var scope: NamedScope?
  /// The positions of the recorded nodes among `nodes`.
  private var positions: [Int?]

  init(of recorded: [RecordedNode], _ detail: ComputationGraph.Detail) {
    self.recorded = recorded
    self.detail = detail
    positions = Array(repeating: nil, count: recorded.count)
  }

  /// The position of a recorded node. Leaves get theirs here, where they are first used.
  mutating func position(of index: Int) -> Int {
    if let known = positions[index] { return known }
    let position = appendResult(of: recorded[index], .leaf, [])
    positions[index] = position
    return position
  }

  mutating func append(_ index: Int) {
    scope = recorded[index].scope
    positions[index] = detail == .composed ? appendComposed(recorded[index]) : appendRecorded(recorded[index])
  }

  private mutating func append(
    _ operation: Operation, _ operands: [Int], constant: Double? = nil, data: Double, grad: Double,
    label: String? = nil
  ) -> Int {
    nodes.append(
      .init(
        id: nodes.count, operation: operation, operands: operands, constant: constant, data: data, grad: grad,
        label: label, scope: operation == .leaf ? nil : scope))
    return nodes.count - 1
  }

  private mutating func appendRecorded(_ node: RecordedNode) -> Int {
    guard node.operation.hasConstant else {
      return appendResult(of: node, node.operation, node.operands.map { position(of: $0) })
    }
    return appendResult(
      of: node, node.operation, [position(of: node.operands[0])], constant: recorded[node.operands[1]].data)
  }

  private mutating func appendResult(
    of node: RecordedNode, _ operation: Operation, _ operands: [Int], constant: Double? = nil
  ) -> Int {
    append(operation, operands, constant: constant, data: node.data, grad: node.grad, label: node.label)
  }

  // MARK: As micrograd composes it

  private mutating func appendComposed(_ node: RecordedNode) -> Int {
    switch node.operation {
    case .subtract:
      let a = position(of: node.operands[0]), b = position(of: node.operands[1])
      return appendResult(of: node, .add, [a, appendNegative(b, grad: node.grad)])
    case .negate:
      let a = position(of: node.operands[0])
      let minusOne = append(.leaf, [], data: -1, grad: node.grad * nodes[a].data)
      return appendResult(of: node, .multiply, [a, minusOne])
    case .divide:
      let a = position(of: node.operands[0]), b = position(of: node.operands[1])
      let inverse = append(
        .constantPower, [b], constant: -1, data: 1 / nodes[b].data, grad: node.grad * nodes[a].data)
      return appendResult(of: node, .multiply, [a, inverse])
    case .dot:
      return appendDotProduct(node)
    default:
      return appendRecorded(node)
    }
  }

  /// The operand times -1, which is a constant of its own.
  private mutating func appendNegative(_ operand: Int, grad: Double) -> Int {
    let minusOne = append(.leaf, [], data: -1, grad: grad * nodes[operand].data)
    return append(.multiply, [operand, minusOne], data: -nodes[operand].data, grad: grad)
  }

  /// The products and sums, bias first. All partial sums and all products have the gradient of the whole.
  private mutating func appendDotProduct(_ node: RecordedNode) -> Int {
    let biases = node.operands.count % 2
    var terms = node.operands.prefix(biases).map { position(of: $0) }
    for pair in stride(from: biases, to: node.operands.count, by: 2) {
      let w = position(of: node.operands[pair]), x = position(of: node.operands[pair + 1])
      terms.append(append(.multiply, [w, x], data: nodes[w].data * nodes[x].data, grad: node.grad))
    }
    guard let first = terms.first, let last = terms.last else { return appendResult(of: node, .leaf, []) }
    guard node.operands.count > 1 else { return first }
    guard terms.count > 1 else { return replaceByResult(of: node, first) }
    var sum = first
    for term in terms.dropFirst().dropLast() {
      sum = append(.add, [sum, term], data: nodes[sum].data + nodes[term].data, grad: node.grad)
    }
    return appendResult(of: node, .add, [sum, last])
  }

  /// A dot product of one product is that product, the last node; it takes over the label, and data that was set by
  /// hand.
  private mutating func replaceByResult(of node: RecordedNode, _ product: Int) -> Int {
    let operands = nodes[product].operands
    nodes.removeLast()
    return appendResult(of: node, .multiply, operands)
  }
}
