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
        nodes.append(
          RecordedNode(
            operation: cell.operation, operands: operands, data: cell.pointee.data, grad: cell.pointee.grad,
            label: Labels.get(cell)))
      }
      for cell in root.computedCellsInOrder() {
        let operands = cell.operands
        for operand in operands where positions[operand] == nil { append(operand, []) }
        append(cell, operands.map { positions[$0]! })
      }
      if root.isLeaf { append(root, []) }
      return nodes
    }
  }
}
