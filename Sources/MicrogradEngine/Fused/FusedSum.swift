import CMicrogradNode

/// A sum or a difference of which one operand is a product takes one cell instead of two, if nobody else has a reference to the
/// product: `addend + left·right`. The bits of `MGCell.operation` that say so, beside the operation, `add` or `subtract`:
@usableFromInline enum FusedSum {
  @inlinable static var flag: UInt8 { 0x40 }
  /// The product is the first operand, and the addend the second.
  @inlinable static var productIsFirst: UInt8 { 0x80 }
  @inlinable static var operationBits: UInt8 { 0x3F }
}

extension Cell {
  @inline(__always) var isFusedSum: Bool { pointee.operation & FusedSum.flag != 0 }

  /// The operand of a fused sum that is not the product, and its place; nil for other cells.
  @inline(__always) var addend: (cell: Cell, isFirst: Bool)? {
    isFusedSum ? (pointee.addend, pointee.operation & FusedSum.productIsFirst == 0) : nil
  }

  /// The product of a fused sum.
  var product: Double { pointee.left.pointee.data * (number?.value ?? pointee.right.pointee.data) }

  /// Makes a product a sum with an addend, which is still to be written.
  @inlinable @inline(__always) func becomeSum(_ data: Double, _ operation: UInt8) {
    pointee.data = data
    pointee.grad = 0  // Someone may have swept from the product.
    pointee.operation = operation
  }
}

extension Value {
  /// Records a sum or a difference. A product that was recorded just now, and that nobody else has a reference to, becomes
  /// the sum: its cell is the only one.
  ///
  /// The number is the same, since the product is rounded before; so are the gradients.
  @inlinable @inline(__always)
  static func recordSum(_ operation: Operation, _ left: consuming Value, _ right: consuming Value) -> Value {
    let tape = mg_tape()
    if _slowPath(mg_is_full(tape)) { return record(operation, left, right) }
    // The references go into the next cell before their number is looked at: of a value that the caller merely lends, Swift takes
    // a reference only when it is consumed.
    let new = tape.pointee.next.unsafelyUnwrapped
    mg_left(new).initialize(to: (consume left).node)
    mg_right(new).initialize(to: (consume right).node)
    let a = new.pointee.left, b = new.pointee.right, id = tape.pointee.id
    let data = operation.value(a.pointee.data, b.pointee.data)
    let multiply = Operation.multiply.rawValue, flags = CellFlag.holdsNumber | CellFlag.numberIsFirst
    if mg_is_new(b, tape, multiply, flags) {
      b.becomeSum(data, operation.rawValue | FusedSum.flag)
      b.pointee.addend = a
      if _slowPath(a.pointee.arena != id) { didRecordCrossing(b, a, nil) }
      return Value(adopting: b)
    }
    if mg_is_new(a, tape, multiply, flags) {
      a.becomeSum(data, operation.rawValue | FusedSum.flag | FusedSum.productIsFirst)
      a.pointee.addend = b
      if _slowPath(b.pointee.arena != id) { didRecordCrossing(a, b, nil) }
      return Value(adopting: a)
    }
    tape.pointee.next = new + 1
    new.fill(data, operation, id)
    if _slowPath((a.pointee.arena ^ id) | (b.pointee.arena ^ id) != 0) { didRecordCrossing(new, a, b) }
    return Value(adopting: new)
  }
}

extension Step {
  /// The step of the sum, and then that of the product.
  @inline(__always) func takeSum() {
    let productIsFirst = cell.pointee.operation & FusedSum.productIsFirst != 0
    // Two constants, of whose rules the compiler leaves a sign; their numbers do not matter.
    let isSum = cell.operation == .add
    let parts =
      isSum ? Operation.add.parts(of: d, .nan, .nan, .nan) : Operation.subtract.parts(of: d, .nan, .nan, .nan)
    let toB = parts.toB.unsafelyUnwrapped
    let toProduct = productIsFirst ? parts.toA : toB
    receiver.add(productIsFirst ? toB : parts.toA, to: cell.pointee.addend)
    if cell.pointee.flags & CellFlag.holdsNumber != 0 {
      NumberStep(cell, toProduct, receiver).read(.multiply)
    } else {
      Step(cell, toProduct, receiver).read(.multiply)
    }
  }
}
