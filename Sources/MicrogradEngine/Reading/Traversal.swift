import CMicrogradNode

/// What an operation is applied to.
enum Operand {
  case cell(Cell)
  /// A number that lies in the cell of the result.
  case number(Double)

  var data: Double {
    switch self {
    case .cell(let cell): cell.pointee.data
    case .number(let number): number
    }
  }
}

extension Cell {
  /// The number that is an operand, and its place; nil if the operands are values.
  @inline(__always) var number: (value: Double, isFirst: Bool)? {
    pointee.flags & CellFlag.holdsNumber == 0
      ? nil : (mg_number(self), pointee.flags & CellFlag.numberIsFirst != 0)
  }

  /// The operands in order: numbers included, the bias of a dot product first.
  var operands: [Operand] {
    var operands: [Operand] = []
    forEachOperand { operands.append(.cell($0)) }
    if let number { operands.insert(.number(number.value), at: number.isFirst ? 0 : 1) }
    return operands
  }

  /// Calls `body` with each operand that is a value, the bias of a dot product first.
  @usableFromInline func forEachOperand(_ body: (Cell) -> Void) {
    if pointee.left != self { body(pointee.left) }
    if operation == .dot {
      let (weights, inputs) = DotProduct.operands(of: self)
      for (weight, input) in zip(weights, inputs) {
        body(weight.cell)
        body(input.cell)
      }
    } else if pointee.flags & CellFlag.holdsNumber == 0, pointee.right != self {
      body(pointee.right)
    }
  }

  /// The operands that are values, in order.
  var valueOperands: [Cell] {
    var operands: [Cell] = []
    forEachOperand { operands.append($0) }
    return operands
  }

  /// The computed cells that this one depends on, itself last, each after its operands.
  func computedCellsInOrder() -> [Cell] { Dependencies(of: self).cells.filter { !$0.isLeaf } }
}
