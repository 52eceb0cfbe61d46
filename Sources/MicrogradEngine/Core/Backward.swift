import CMicrogradNode

// Three ways to sweep backwards. All visit each cell before its operands, in two of them by going through memory in the
// reverse order of recording: a cell is recorded after its operands. They differ in how they know which cells belong to
// the graph: by gradients that are not 0, by flags, or by collecting the cells first.

/// Adds the derivatives of `root` to the gradients of all that it was computed from.
func sweepBackward(from root: Cell) {
  if root.isLeaf {
    root.pointee.grad += 1
    return
  }
  let arena = Arena.mine
  arena.pointee.diagnosis?.willSweep(from: root)
  defer { arena.pointee.diagnosis?.didSweep(from: root) }
  Arena.freeDoomed(of: arena)  // A sweep goes through what is dead, too.
  if root.pointee.arena != arena.pointee.id || arena.pointee.crossed != 0 {
    sweepAcrossThreads(from: root)
  } else if arena.pointee.touched == 0 {
    sweepUntouched(from: root, arena)
  } else {
    sweepMarked(from: root, arena)
  }
  #if MICROGRAD_INVARIANTS
    Arena.checkInvariants(of: arena)
  #endif
}

/// Adds up the parts of a gradient.
protocol Receiver {
  func add(_ part: Double, to operand: Cell)
}

/// One step of a sweep: hands the gradient `d` of a cell on to its operands.
struct Step<R: Receiver>: RuleReader {
  let cell: Cell, d: Double, receiver: R
  // Read once, since the compiler cannot know that adding to a gradient does not change them.
  private let left: Cell, right: Cell

  @inline(__always) init(_ cell: Cell, _ gradient: Double, _ receiver: R) {
    self.cell = cell
    self.receiver = receiver
    d = gradient
    left = cell.pointee.left
    right = cell.pointee.right
  }

  @inline(__always) var a: Double { left.pointee.data }
  @inline(__always) var b: Double { right.pointee.data }
  @inline(__always) var y: Double { cell.pointee.data }

  @inline(__always) func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Double, _ toA: @autoclosure () -> Double,
    _ toB: @autoclosure () -> Double
  ) {
    if form == .none { return }
    receiver.add(toA(), to: left)
    if form.reachesB { receiver.add(toB(), to: right) }
  }

  @inline(__always) func take() {
    if _slowPath(cell.isFusedSum) { return takeSum() }
    if _slowPath(cell.pointee.flags & CellFlag.holdsNumber != 0) {
      NumberStep(cell, d, receiver).read(cell.operation)
    } else if cell.operation == .dot {
      DotProduct.handOn(d, of: cell) { receiver.add($1, to: $0) }
    } else {
      read(cell.operation)
    }
  }
}

private struct Sum: Receiver {
  @inline(__always) func add(_ part: Double, to operand: Cell) { operand.pointee.grad += part }
}

/// Sweeps where every computed gradient of this thread is 0 at the start. If the gradient of a cell is not 0 when the
/// sweep comes to it, the cell belongs to the graph of `root`. Any other cell has nothing to hand on.
private func sweepUntouched(from root: Cell, _ arena: UnsafeMutablePointer<Arena>) {
  root.pointee.grad = 1
  var slab = Slab(of: root), cell = root
  while true {
    let first = slab.first
    var isTouched = false
    while cell >= first {
      let gradient = cell.pointee.grad
      if _fastPath(gradient != 0) {
        isTouched = true
        if cell.operation == .dot {
          cell = MatrixProduct.handOnRows(upTo: cell)
        } else {
          Step(cell, gradient, Sum()).take()
        }
      }
      cell -= 1
    }
    if isTouched { arena.pointee.touch(slab) }
    guard let older = slab.header.pointee.older else { return }
    slab = older
    cell = older.end - 1
  }
}

/// Adds to gradients that this sweep has flagged; flags and sets the others.
private struct MarkedSum: Receiver {
  let pending: UnsafeMutablePointer<Int>

  @inline(__always) func add(_ part: Double, to operand: Cell) {
    let isFirst = operand.pointee.flags & CellFlag.accumulates == 0
    operand.pointee.grad = (isFirst ? 0 : operand.pointee.grad) + part
    operand.pointee.flags |= CellFlag.accumulates
    pending.pointee &+= isFirst ? 1 : 0
  }
}

/// Sweeps where gradients of earlier sweeps remain. A flag says that a gradient is a sum of this sweep. Leaves always have
/// the flag, and so accumulate over sweeps.
private func sweepMarked(from root: Cell, _ arena: UnsafeMutablePointer<Arena>) {
  root.pointee.grad = 1
  root.pointee.flags |= CellFlag.accumulates
  var pending = 1  // Flagged computed cells that the sweep has not come to.
  var slab = Slab(of: root), cell = root
  while true {
    let first = slab.first
    while cell >= first {
      if cell.pointee.flags & CellFlag.accumulates != 0 {
        cell.pointee.flags &= ~CellFlag.accumulates
        pending &-= 1
        if cell.pointee.grad != 0 {
          withUnsafeMutablePointer(to: &pending) { Step(cell, cell.pointee.grad, MarkedSum(pending: $0)).take() }
        }
      }
      cell -= 1
    }
    arena.pointee.touch(slab)
    guard pending != 0, let older = slab.header.pointee.older else { return }
    slab = older
    cell = older.end - 1
  }
}

/// Sweeps a graph that more than one thread recorded (an `await` moved the task), or that another thread recorded.
///
/// Other threads may be sweeping their own slabs at the same time, so their computed cells are only read here. The sweep
/// keeps the gradients aside (`adjoints`), then writes those of leaves and of this thread's own cells. Slow, and rare.
private func sweepAcrossThreads(from root: Cell) {
  checkHandover()
  let arena = Arena.mine
  let dependencies = Dependencies(of: root)
  for (cell, gradient) in zip(dependencies.cells, dependencies.adjoints(seed: 1.0) { $0.pointee.data }) {
    guard let gradient else { continue }
    if cell.isLeaf {
      cell.pointee.grad += gradient
    } else if cell.pointee.arena == arena.pointee.id {
      arena.pointee.touch(Slab(of: cell))
      cell.pointee.grad = gradient
    }
  }
}
