import CMicrogradNode

/// An operand of an operation.
enum Operand {
  case cell(Cell)
  /// A number that lies in the cell of the result.
  case number(Double)
  /// The product of a fused sum, in whose cell it lies too.
  case product(Cell)

  var data: Double {
    switch self {
    case .cell(let cell): cell.pointee.data
    case .number(let number): number
    case .product(let sum): sum.product
    }
  }
}

extension Cell {
  /// The operands in order: numbers included, the bias of a dot product first.
  var operands: [Operand] {
    if let addend {
      return addend.isFirst ? [.cell(addend.cell), .product(self)] : [.product(self), .cell(addend.cell)]
    }
    var operands: [Operand] = []
    forEachOperand { operands.append(.cell($0)) }
    if let number { operands.insert(.number(number.value), at: number.isFirst ? 0 : 1) }
    return operands
  }

  /// The operands of the product of a fused sum.
  var factors: [Operand] {
    guard let number else { return [.cell(pointee.left), .cell(pointee.right)] }
    return number.isFirst
      ? [.number(number.value), .cell(pointee.left)] : [.cell(pointee.left), .number(number.value)]
  }

  /// Calls `body` with each operand that is a value: the bias of a dot product first; in place of the product of a fused
  /// sum, its factors.
  @usableFromInline func forEachOperand(_ body: (Cell) -> Void) {
    let addend = addend
    if let addend, addend.isFirst { body(addend.cell) }
    defer { if let addend, !addend.isFirst { body(addend.cell) } }
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

extension Cell {
  /// An operand of this cell as a value with its gradient.
  func value(of operand: Operand) -> Value {
    switch operand {
    case .cell(let cell): return Value(sharing: cell)
    case .number(let number):
      let leaf = Value(number)
      leaf.grad = hiddenGradients.number
      return leaf
    case .product:
      let factors = factors.map { value(of: $0) }
      let product = Value.record(.multiply, factors[0], factors[1])
      if hiddenGradients.product != 0 { product.grad = hiddenGradients.product }
      return product
    }
  }
}
