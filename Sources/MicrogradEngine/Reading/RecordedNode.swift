import CMicrogradNode

/// A value of a graph as it was recorded, for those who show or write graphs.
package struct RecordedNode {
  /// `leaf` if the value was not computed.
  package let operation: Operation
  /// The positions of the operands in the list, which come before the node: a bias first, then the pairs of a dot
  /// product; a number that belongs to the operation, such as an exponent, is among them.
  package let operands: [Int]
  package let data: Double
  package let grad: Double
  package let label: String?
  /// The innermost scope that the value was recorded in, if its name was kept; nil for leaves.
  package let scope: NamedScope?
}

extension Value {
  /// The values that this one was computed from, and itself last, each after its operands.
  ///
  /// - Complexity: Linear in the number of nodes and edges.
  package var recordedNodes: [RecordedNode] {
    withCell { root in
      var nodes: [RecordedNode] = [], positions: [Cell: Int] = [:]
      func append(_ cell: Cell, _ operands: [Int]) {
        positions[cell] = nodes.count
        let entry = Labels.get(cell)
        nodes.append(
          RecordedNode(
            operation: cell.operation, operands: operands, data: cell.pointee.data, grad: cell.pointee.grad,
            label: entry.label, scope: entry.scope))
      }
      for cell in root.computedCellsInOrder() {
        func position(of operand: Operand) -> Int {
          switch operand {
          case .cell(let operand):
            if positions[operand] == nil { append(operand, []) }
            return positions[operand]!
          case .number(let number):
            let gradient = cell.hiddenGradients.number
            nodes.append(
              RecordedNode(operation: .leaf, operands: [], data: number, grad: gradient, label: nil, scope: nil))
          case .product:
            let factors = cell.factors.map { position(of: $0) }
            nodes.append(
              RecordedNode(
                operation: .multiply, operands: factors, data: cell.product, grad: cell.hiddenGradients.product,
                label: nil, scope: Labels.get(cell).scope))
          }
          return nodes.count - 1
        }
        let operands = cell.operands.map { position(of: $0) }
        append(cell, operands)
      }
      if root.isLeaf { append(root, []) }
      return nodes
    }
  }
}

extension Cell {
  /// The parts of the cell's gradient that its number would receive if it were a value, and the product of a fused sum if it had a
  /// cell.
  var hiddenGradients: (number: Double, product: Double) {
    var gradient = pointee.grad, product = 0.0
    if let addend {
      let parts = operation.parts(of: gradient, addend.cell.pointee.data, self.product, pointee.data)
      product = addend.isFirst ? parts.toB ?? 0 : parts.toA
      gradient = product
    }
    guard let number else { return (0, product) }
    let operands = (isFusedSum ? factors : operands).map { $0.data }
    let parts = (isFusedSum ? .multiply : operation).parts(of: gradient, operands[0], operands[1], pointee.data)
    return (number.isFirst ? parts.toA : parts.toB ?? 0, product)
  }
}
