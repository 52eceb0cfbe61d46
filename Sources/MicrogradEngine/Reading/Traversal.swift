import CMicrogradNode

extension Cell {
  /// Calls `body` with each operand: constants such as exponents included, the bias of a dot product first.
  @usableFromInline func forEachOperand(_ body: (Cell) -> Void) {
    if pointee.left != self { body(pointee.left) }
    if operation == .dot {
      let (weights, inputs) = DotProduct.operands(of: self)
      for (weight, input) in zip(weights, inputs) {
        body(weight.cell)
        body(input.cell)
      }
    } else if pointee.right != self {
      body(pointee.right)
    }
  }

  /// The operands, in the order of `forEachOperand`.
  var operands: [Cell] {
    var operands: [Cell] = []
    forEachOperand { operands.append($0) }
    return operands
  }

  /// The computed cells that this one depends on, itself last, each after its operands.
  func computedCellsInOrder() -> [Cell] { Dependencies(of: self).cells.filter { !$0.isLeaf } }
}
