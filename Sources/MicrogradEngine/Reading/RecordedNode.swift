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
        let operands = cell.operands.map { operand in
          switch operand {
          case .cell(let operand):
            if positions[operand] == nil { append(operand, []) }
            return positions[operand]!
          case .number(let number):
            nodes.append(
              RecordedNode(operation: .leaf, operands: [], data: number, grad: cell.gradientOfNumber, label: nil))
            return nodes.count - 1
          }
        }
        append(cell, operands)
      }
      if root.isLeaf { append(root, []) }
      return nodes
    }
  }
}

extension Cell {
  /// The part of the cell's gradient that its number would receive if it were a value.
  fileprivate var gradientOfNumber: Double {
    let numbers = operands.map(\.data)
    let parts = operation.parts(of: pointee.grad, numbers[0], numbers[1], pointee.data)
    return number?.isFirst == true ? parts.toA : parts.toB ?? 0
  }
}
