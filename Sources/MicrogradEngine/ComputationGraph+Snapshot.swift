import CMicrogradNode

extension Value {
  /// The graph that this value was computed by, with the numbers and gradients of this moment.
  ///
  /// - Complexity: Linear in the number of nodes.
  public func graph(_ detail: ComputationGraph.Detail = .composed) -> ComputationGraph {
    withCell { root in
      var snapshot = Snapshot(detail: detail)
      for cell in root.computedCellsInOrder() { snapshot.append(cell) }
      if root.isLeaf { _ = snapshot.position(of: root) }
      return ComputationGraph(nodes: snapshot.nodes)
    }
  }
}

/// Collects the nodes of a graph, operands first.
private struct Snapshot {
  let detail: ComputationGraph.Detail
  var nodes: [ComputationGraph.Node] = []
  private var positions: [Cell: Int] = [:]

  init(detail: ComputationGraph.Detail) { self.detail = detail }

  /// The position of a cell's node. Leaves get theirs here, where they are first used.
  mutating func position(of cell: Cell) -> Int {
    if let known = positions[cell] { return known }
    let position = append(
      .leaf, [], data: cell.pointee.data, grad: cell.pointee.grad, label: Labels.get(cell))
    positions[cell] = position
    return position
  }

  mutating func append(_ cell: Cell) {
    positions[cell] = detail == .composed ? appendComposed(cell) : appendRecorded(cell)
  }

  private mutating func append(
    _ operation: Operation, _ operands: [Int], constant: Double? = nil, data: Double, grad: Double,
    label: String? = nil
  ) -> Int {
    nodes.append(
      .init(
        id: nodes.count, operation: operation, operands: operands, constant: constant, data: data, grad: grad,
        label: label))
    return nodes.count - 1
  }

  private mutating func appendRecorded(_ cell: Cell) -> Int {
    var operands: [Int] = [], constant: Double?
    if cell.operation.hasConstant {
      operands = [position(of: cell.pointee.left)]
      constant = cell.pointee.right.pointee.data
    } else {
      cell.forEachOperand { operands.append(position(of: $0)) }
    }
    return appendResult(of: cell, cell.operation, operands, constant: constant)
  }

  private mutating func appendResult(
    of cell: Cell, _ operation: Operation, _ operands: [Int], constant: Double? = nil
  ) -> Int {
    append(
      operation, operands, constant: constant, data: cell.pointee.data, grad: cell.pointee.grad,
      label: Labels.get(cell))
  }

  // MARK: As micrograd composes it

  private mutating func appendComposed(_ cell: Cell) -> Int {
    let gradient = cell.pointee.grad, left = cell.pointee.left, right = cell.pointee.right
    switch cell.operation {
    case .subtract:
      let a = position(of: left), b = position(of: right)
      let negative = appendNegative(b, result: -nodes[b].data, grad: gradient)
      return appendResult(of: cell, .add, [a, negative])
    case .negate:
      let a = position(of: left)
      let minusOne = append(.leaf, [], data: -1, grad: gradient * nodes[a].data)
      return appendResult(of: cell, .multiply, [a, minusOne])
    case .divide:
      let a = position(of: left), b = position(of: right)
      let inverse = append(
        .constantPower, [b], constant: -1, data: 1 / nodes[b].data, grad: gradient * nodes[a].data)
      return appendResult(of: cell, .multiply, [a, inverse])
    case .dot:
      return appendDotProduct(cell)
    default:
      return appendRecorded(cell)
    }
  }

  /// The operand times -1, which is a constant of its own.
  private mutating func appendNegative(_ operand: Int, result: Double, grad: Double) -> Int {
    let minusOne = append(.leaf, [], data: -1, grad: grad * nodes[operand].data)
    return append(.multiply, [operand, minusOne], data: result, grad: grad)
  }

  /// The products and sums, bias first. All partial sums and all products have the gradient of the whole.
  private mutating func appendDotProduct(_ cell: Cell) -> Int {
    let gradient = cell.pointee.grad
    let (weights, inputs) = DotProduct.operands(of: cell)
    var terms: [Int] = cell.pointee.left == cell ? [] : [position(of: cell.pointee.left)]
    for (weight, input) in zip(weights, inputs) {
      let w = position(of: weight.cell), x = position(of: input.cell)
      terms.append(append(.multiply, [w, x], data: nodes[w].data * nodes[x].data, grad: gradient))
    }
    guard let first = terms.first, let last = terms.last else { return appendResult(of: cell, .leaf, []) }
    guard !weights.isEmpty else { return first }
    guard terms.count > 1 else { return replaceByResult(of: cell, first) }
    var sum = first
    for term in terms.dropFirst().dropLast() {
      sum = append(.add, [sum, term], data: nodes[sum].data + nodes[term].data, grad: gradient)
    }
    return appendResult(of: cell, .add, [sum, last])
  }

  /// A dot product of one product is that product, the last node; it takes over the label, and data that was set by
  /// hand.
  private mutating func replaceByResult(of cell: Cell, _ product: Int) -> Int {
    let operands = nodes[product].operands
    nodes.removeLast()
    return appendResult(of: cell, .multiply, operands)
  }
}
