import CMicrogradNode

// How an operation becomes a cell. The fast paths are inlined into the user's code, where the operation is a
// constant: a node costs about 2 ns, most of it the stores. The slow paths run once per slab of 1,363 cells. While a
// diagnosis is under way they run for every cell: it keeps the tape's `end` equal to its `next`, as in a full slab.

extension Value {
  /// Records an operation with two operands.
  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ left: consuming Value, _ right: consuming Value) -> Value {
    let a = mg_borrow(left.node), b = mg_borrow(right.node)
    let data = operation.value(a.pointee.data, b.pointee.data)
    let new = nextCell(operation, a, b, 0, 0, data), id = mg_tape().pointee.id
    new.fill(data, operation, id)
    // One branch for both operands.
    if _slowPath((a.pointee.arena ^ id) | (b.pointee.arena ^ id) != 0) { didRecordCrossing(new, a, b) }
    // The cell becomes an owner of its operands: the references that `left` and `right` hold move into it. Swift writes
    // them, since its optimizer does not understand an increment in C, and then counts each operand up twice and down
    // once, a fifth of the time of recording. They are written last, since the optimizer does not move a reference across
    // the calls of the slow paths.
    mg_left(new).initialize(to: left.node)
    mg_right(new).initialize(to: right.node)
    return Value(adopting: new)
  }

  /// Records an operation with one operand. The cell's `right` is then its own address.
  @inlinable @inline(__always)
  static func record(_ operation: Operation, _ operand: consuming Value) -> Value {
    let a = mg_borrow(operand.node)
    let data = operation.value(a.pointee.data, 0)
    let new = nextCell(operation, a, nil, 0, 0, data), id = mg_tape().pointee.id
    new.fill(data, operation, id)
    new.pointee.right = new
    if _slowPath(a.pointee.arena != id) { didRecordCrossing(new, a, nil) }
    mg_left(new).initialize(to: operand.node)
    return Value(adopting: new)
  }

  @inlinable @inline(__always)
  static func recordLeaf(_ data: Double) -> Value {
    let tape = mg_tape()
    let cell: Cell
    if _slowPath(mg_is_full_of_leaves(tape)) {
      cell = nextLeafSlowly(data)
    } else {
      cell = tape.pointee.nextLeaf.unsafelyUnwrapped
      tape.pointee.nextLeaf = cell + 1
    }
    cell.initialize(
      to: MGCell(
        data: data, grad: 0, left: cell, addend: cell, count: 1, operation: Operation.leaf.rawValue,
        flags: CellFlag.accumulates, arena: tape.pointee.id, right: cell))
    return Value(adopting: cell)
  }

  /// The next computed cell, whose fields are still to be written.
  @inlinable @inline(__always)
  static func nextCell(
    _ operation: Operation, _ left: Cell, _ right: Cell?, _ number: Double, _ flags: UInt8, _ data: Double
  ) -> Cell {
    let tape = mg_tape()
    if _slowPath(mg_is_full(tape)) { return nextCellSlowly(operation, left, right, number, flags, data) }
    let cell = tape.pointee.next.unsafelyUnwrapped
    tape.pointee.next = cell + 1
    return cell
  }
}

extension Cell {
  /// Writes all but the operands of a new cell.
  @inlinable @inline(__always)
  func fill(_ data: Double, _ operation: Operation, _ arena: UInt16, _ flags: UInt8 = 0) {
    pointee.data = data
    pointee.grad = 0
    mg_fill_header(self, operation.rawValue, flags, arena)
  }
}

/// The next computed cell, in a new slab if the current one is full. The arguments are those of the operation that will
/// be recorded.
@usableFromInline @inline(never) func nextCellSlowly(
  _ operation: Operation, _ left: Cell, _ right: Cell?, _ number: Double, _ flags: UInt8, _ data: Double
) -> Cell {
  let arena = Arena.mine
  let cell = Arena.reserveCells(1, of: arena)
  // A diagnosis may call the user's code, which may record and sweep before the caller fills the cell.
  cell.initializeUnused()
  if let diagnosis = arena.pointee.diagnosis {
    var operands = [Operand.cell(left)] + (right.map { [.cell($0)] } ?? [])
    if flags & CellFlag.holdsNumber != 0 {
      operands.insert(.number(number), at: flags & CellFlag.numberIsFirst != 0 ? 0 : 1)
    }
    diagnosis.didRecord(cell, operation, operands, data)
  }
  return cell
}

/// The next leaf, in a new slab if the current one is full.
@usableFromInline @inline(never) func nextLeafSlowly(_ data: Double) -> Cell {
  let arena = Arena.mine
  let cell = Arena.reserveLeaf(of: arena)
  cell.initializeUnused()
  arena.pointee.diagnosis?.didRecord(cell, .leaf, [], data)
  return cell
}

/// Handles a new cell with an operand of another thread: an `await` moved its task, or values were handed over.
@usableFromInline @inline(never) func didRecordCrossing(
  _ cell: Cell, _ left: Cell, _ right: Cell?
) {
  takeOver([left] + (right.map { [$0] } ?? []), for: cell)
}

/// Makes the leaves among the operands this thread's own. If an operand remains that another thread computed, marks the
/// cell's slab as crossed, so that `backward()` takes the slow path.
func takeOver(_ operands: [Cell], for cell: Cell) {
  checkHandover()
  let id = cell.pointee.arena
  for leaf in operands where leaf.isLeaf { leaf.pointee.arena = id }
  if operands.contains(where: { $0.pointee.arena != id }) { Arena.mine.pointee.cross(Slab(of: cell)) }
}
