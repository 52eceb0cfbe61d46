import CMicrogradNode

// How an operation becomes a cell. The fast paths are inlined into the user's code, where the operation is a
// constant: a node costs about 2 ns, most of it the stores. The slow paths run once per slab of 1,636 cells.

extension Value {
  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ left: Value, _ right: Value) -> Value {
    let data = operation.value(left.data, right.data)
    let new = nextCell(), id = mg_tape().pointee.id
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
    let new = nextCell(), id = mg_tape().pointee.id
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
    if _slowPath(new == tape.pointee.endLeaf) { new = refillLeaves() }
    let cell = new.unsafelyUnwrapped
    tape.pointee.nextLeaf = cell + 1
    cell.initialize(
      to: MGCell(
        data: data, grad: 0, left: cell, right: cell, count: 1, operation: Operation.leaf.rawValue,
        flags: CellFlag.accumulates, arena: tape.pointee.id))
    return Value(adopting: cell)
  }

  @inlinable @inline(__always)
  static func nextCell() -> Cell {
    let tape = mg_tape()
    var new = tape.pointee.next
    if _slowPath(new == tape.pointee.end) { new = refill() }
    let cell = new.unsafelyUnwrapped
    tape.pointee.next = cell + 1
    return cell
  }
}

/// Begins a new slab of computed cells; returns its first cell.
@usableFromInline @inline(never) func refill() -> Cell {
  let arena = Arena.mine, tape = mg_tape(), full = arena.pointee.current
  let slab = arena.pointee.takeSlab(for: arena)
  slab.header.pointee.older = arena.pointee.newest
  arena.pointee.newest?.header.pointee.newer = slab
  arena.pointee.newest = slab
  arena.pointee.current = slab
  tape.pointee.next = slab.first
  tape.pointee.end = slab.end
  if let full { arena.pointee.retire(full) }
  return slab.first
}

/// Begins a new slab of leaves; returns its first cell.
@usableFromInline @inline(never) func refillLeaves() -> Cell {
  let arena = Arena.mine, tape = mg_tape(), full = arena.pointee.currentLeaf
  let slab = arena.pointee.takeSlab(for: arena)
  arena.pointee.currentLeaf = slab
  tape.pointee.nextLeaf = slab.first
  tape.pointee.endLeaf = slab.end
  if let full { arena.pointee.retire(full) }
  return slab.first
}

/// `cell` has an operand of another thread: its task was moved at an `await`, or values were handed over.
/// A leaf changes hands for good; a computed operand makes `backward()` take the slow path.
@usableFromInline @inline(never) func didRecordCrossing(_ cell: Cell) {
  let id = cell.pointee.arena
  var crosses = false
  cell.forEachOperand { operand in
    if operand.isLeaf { operand.pointee.arena = id } else if operand.pointee.arena != id { crosses = true }
  }
  if crosses { Arena.mine.pointee.cross(Slab(of: cell)) }
}
