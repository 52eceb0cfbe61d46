import CMicrogradNode

// How an operation becomes a cell. The fast paths are inlined into the user's code, where the operation is a
// constant: a node costs about 2 ns, most of it the stores. The slow paths run once per slab of 1,636 cells, and
// for every cell while a diagnosis is under way, which for that purpose keeps `end` at `next`.

extension Value {
  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ left: Value, _ right: Value) -> Value {
    let data = operation.value(left.data, right.data)
    let new = nextCell(operation, mg_borrow(left.node), mg_borrow(right.node), data), id = mg_tape().pointee.id
    // Kept only now, after the new cell exists: the optimizer can cancel the retain against a release
    // of `left` or `right` that follows.
    let a = mg_keep(left.node), b = mg_keep(right.node)
    new.initialize(
      to: MGCell(
        data: data, grad: 0, left: a, right: b, count: 1, operation: operation.rawValue, flags: 0, arena: id))
    // One branch for both operands.
    if _slowPath((a.pointee.arena ^ id) | (b.pointee.arena ^ id) != 0) { didRecordCrossing(new) }
    return Value(adopting: new)
  }

  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ operand: Value) -> Value {
    let data = operation.value(operand.data, 0)
    let new = nextCell(operation, mg_borrow(operand.node), nil, data), id = mg_tape().pointee.id
    let a = mg_keep(operand.node)
    new.initialize(
      to: MGCell(
        data: data, grad: 0, left: a, right: new, count: 1, operation: operation.rawValue, flags: 0, arena: id))
    if _slowPath(a.pointee.arena != id) { didRecordCrossing(new) }
    return Value(adopting: new)
  }

  @inlinable @inline(__always)
  static func recordLeaf(_ data: Double) -> Value {
    let tape = mg_tape()
    var new = tape.pointee.nextLeaf
    if _slowPath(new == tape.pointee.endLeaf) { new = nextLeafSlowly(data) }
    let cell = new.unsafelyUnwrapped
    tape.pointee.nextLeaf = cell + 1
    cell.initialize(
      to: MGCell(
        data: data, grad: 0, left: cell, right: cell, count: 1, operation: Operation.leaf.rawValue,
        flags: CellFlag.accumulates, arena: tape.pointee.id))
    return Value(adopting: cell)
  }

  @inlinable @inline(__always)
  static func nextCell(
    _ operation: Operation, _ left: UnsafeMutablePointer<MGCell>, _ right: UnsafeMutablePointer<MGCell>?,
    _ data: Double
  ) -> UnsafeMutablePointer<MGCell> {
    let tape = mg_tape()
    var new = tape.pointee.next
    if _slowPath(new == tape.pointee.end) { new = nextCellSlowly(operation, left, right, data) }
    let cell = new.unsafelyUnwrapped
    tape.pointee.next = cell + 1
    return cell
  }
}

/// The next computed cell, of a new slab if need be. The arguments are what is going to be recorded.
@usableFromInline @inline(never) func nextCellSlowly(
  _ operation: Operation, _ left: UnsafeMutablePointer<MGCell>, _ right: UnsafeMutablePointer<MGCell>?, _ data: Double
) -> UnsafeMutablePointer<MGCell> {
  let arena = Arena.mine
  let cell = arena.pointee.reserveCells(1)
  arena.pointee.diagnosis?.didRecord(cell, operation, right.map { [left, $0] } ?? [left], data)
  return cell
}

/// The next leaf, of a new slab if need be.
@usableFromInline @inline(never) func nextLeafSlowly(_ data: Double) -> UnsafeMutablePointer<MGCell> {
  let arena = Arena.mine
  let cell = arena.pointee.reserveLeaf()
  arena.pointee.diagnosis?.didRecord(cell, .leaf, [], data)
  return cell
}

/// `cell` has an operand of another thread: its task was moved at an `await`, or values were handed over.
/// A leaf changes hands for good; a computed operand makes `backward()` take the slow path.
@usableFromInline @inline(never) func didRecordCrossing(_ cell: UnsafeMutablePointer<MGCell>) {
  checkHandover()
  let id = cell.pointee.arena
  var crosses = false
  cell.forEachOperand { operand in
    if operand.isLeaf { operand.pointee.arena = id } else if operand.pointee.arena != id { crosses = true }
  }
  if crosses { Arena.mine.pointee.cross(Slab(of: cell)) }
}
