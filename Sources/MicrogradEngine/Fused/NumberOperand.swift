import CMicrogradNode

// A number as operand lies in the cell of the result, in place of `right`.

extension Cell {
  /// The number that is an operand, and its place; nil if the operands are values.
  @inline(__always) var number: (value: Double, isFirst: Bool)? {
    pointee.flags & CellFlag.holdsNumber == 0
      ? nil : (mg_number(self), pointee.flags & CellFlag.numberIsFirst != 0)
  }
}

extension Value {
  /// Records an operation with a value and a number, which lies in the cell: it needs no leaf of its own.
  ///
  /// - Parameter isFirst: Whether the number is the first operand.
  @inlinable @inline(__always)
  static func record(
    _ operation: Operation, _ operand: consuming Value, number: Double, isFirst: Bool = false
  ) -> Value {
    let a = mg_borrow(operand.node)
    let data = isFirst ? operation.value(number, a.pointee.data) : operation.value(a.pointee.data, number)
    let flags = CellFlag.holdsNumber | (isFirst ? CellFlag.numberIsFirst : 0)
    let new = nextCell(operation, a, nil, number, flags, data), id = mg_tape().pointee.id
    new.fill(data, operation, id, flags)
    mg_set_number(new, number)
    if _slowPath(a.pointee.arena != id) { didRecordCrossing(new, a, nil) }
    mg_left(new).initialize(to: operand.node)
    return Value(adopting: new)
  }
}

/// The step of a cell that has a number in place of its second operand: only the value receives a part.
struct NumberStep<R: Receiver>: RuleReader {
  private let cell: Cell, operand: Cell, number: Double, isFirst: Bool, receiver: R
  let d: Double

  @inline(__always) init(_ cell: Cell, _ gradient: Double, _ receiver: R) {
    self.cell = cell
    self.receiver = receiver
    d = gradient
    operand = cell.pointee.left
    number = mg_number(cell)
    isFirst = cell.pointee.flags & CellFlag.numberIsFirst != 0
  }

  @inline(__always) var a: Double { isFirst ? number : operand.pointee.data }
  @inline(__always) var b: Double { isFirst ? operand.pointee.data : number }
  @inline(__always) var y: Double { cell.pointee.data }

  @inline(__always) func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Double, _ toA: @autoclosure () -> Double,
    _ toB: @autoclosure () -> Double
  ) {
    if form == .none { return }
    receiver.add(isFirst ? toB() : toA(), to: operand)
  }
}
