import CMicrogradNode

// How an operation becomes a cell. The fast paths are inlined into the user's code, where the operation is a
// constant: a node costs about 2 ns, most of it the stores. The slow paths run once per slab of 1,636 cells, and
// for every cell while a diagnosis is under way, which for that purpose keeps `end` at `next`.

extension Value {
  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ left: consuming Value, _ right: consuming Value) -> Value {
    let a = mg_borrow(left.node), b = mg_borrow(right.node)
    let data = operation.value(a.pointee.data, b.pointee.data)
    let new = nextCell(operation, a, b, data), id = mg_tape().pointee.id
    new.fill(data, operation, id)
    // One branch for both operands.
    if _slowPath((a.pointee.arena ^ id) | (b.pointee.arena ^ id) != 0) { didRecordCrossing(new, a, b) }
    // The cell becomes an owner of its operands: the references of temporary values move into it. Written by Swift, since
    // its optimizer does not understand an increment in C: each operand was counted up twice and down once, a fifth of
    // the time of recording. And written last, since it does not move a reference across the calls of the slow paths.
    mg_left(new).initialize(to: left.node)
    mg_right(new).initialize(to: right.node)
    return Value(adopting: new)
  }

  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ operand: consuming Value) -> Value {
    let a = mg_borrow(operand.node)
    let data = operation.value(a.pointee.data, 0)
    let new = nextCell(operation, a, nil, data), id = mg_tape().pointee.id
    new.fill(data, operation, id)
    new.pointee.right = new
    if _slowPath(a.pointee.arena != id) { didRecordCrossing(new, a, nil) }
    mg_left(new).initialize(to: operand.node)
    return Value(adopting: new)
  }

  @inlinable @inline(__always)
  static func recordLeaf(_ data: Double) -> Value {
    let tape = mg_tape()
    let cell: UnsafeMutablePointer<MGCell>
    if _slowPath(mg_is_full_of_leaves(tape)) {
      cell = nextLeafSlowly(data)
    } else {
      cell = tape.pointee.nextLeaf.unsafelyUnwrapped
      tape.pointee.nextLeaf = cell + 1
    }
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
    if _slowPath(mg_is_full(tape)) { return nextCellSlowly(operation, left, right, data) }
    let cell = tape.pointee.next.unsafelyUnwrapped
    tape.pointee.next = cell + 1
    return cell
  }
}

extension UnsafeMutablePointer<MGCell> {
  /// Writes all but the operands of a new cell.
  @inlinable @inline(__always)
  func fill(_ data: Double, _ operation: Operation, _ arena: UInt16) {
    pointee.data = data
    pointee.grad = 0
    mg_fill_header(self, operation.rawValue, arena)
  }
}

/// The next computed cell, of a new slab if need be. The arguments are what is going to be recorded.
@usableFromInline @inline(never) func nextCellSlowly(
  _ operation: Operation, _ left: UnsafeMutablePointer<MGCell>, _ right: UnsafeMutablePointer<MGCell>?, _ data: Double
) -> UnsafeMutablePointer<MGCell> {
  let arena = Arena.mine
  let cell = arena.pointee.reserveCells(1)
  // A report may record, and even sweep, before the caller fills the cell.
  cell.initializeUnused()
  arena.pointee.diagnosis?.didRecord(cell, operation, right.map { [left, $0] } ?? [left], data)
  return cell
}

/// The next leaf, of a new slab if need be.
@usableFromInline @inline(never) func nextLeafSlowly(_ data: Double) -> UnsafeMutablePointer<MGCell> {
  let arena = Arena.mine
  let cell = arena.pointee.reserveLeaf()
  cell.initializeUnused()
  arena.pointee.diagnosis?.didRecord(cell, .leaf, [], data)
  return cell
}

/// A new cell has an operand of another thread: its task was moved at an `await`, or values were handed over.
@usableFromInline @inline(never) func didRecordCrossing(
  _ cell: UnsafeMutablePointer<MGCell>, _ left: UnsafeMutablePointer<MGCell>, _ right: UnsafeMutablePointer<MGCell>?
) {
  takeOver([left] + (right.map { [$0] } ?? []), for: cell)
}

/// A leaf of another thread changes hands for good; a computed operand makes `backward()` take the slow path.
func takeOver(_ operands: [Cell], for cell: Cell) {
  checkHandover()
  let id = cell.pointee.arena
  for leaf in operands where leaf.isLeaf { leaf.pointee.arena = id }
  if operands.contains(where: { $0.pointee.arena != id }) { Arena.mine.pointee.cross(Slab(of: cell)) }
}
