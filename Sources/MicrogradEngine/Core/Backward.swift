import CMicrogradNode

// Three ways to sweep backwards. All visit cells in the order opposite to recording, which is a topological order
// for free: a cell is recorded after its operands. They differ in how they know which cells belong to the graph.

/// Adds the derivatives of `root` to the gradients of all that it was computed from.
func sweepBackward(from root: Cell) {
  if root.isLeaf {
    root.pointee.grad += 1
    return
  }
  let arena = Arena.mine
  arena.pointee.diagnosis?.willSweep(from: root)
  defer { arena.pointee.diagnosis?.didSweep(from: root) }
  if root.pointee.arena != arena.pointee.id || arena.pointee.crossed != 0 {
    sweepAcrossThreads(from: root)
  } else if arena.pointee.touched == 0 {
    sweepUntouched(from: root, arena)
  } else {
    sweepMarked(from: root, arena)
  }
  #if MICROGRAD_INVARIANTS
    arena.pointee.checkInvariants()
  #endif
}

extension UnsafeMutablePointer<MGCell> {
  /// Calls `add(operand, gradient · ∂cell/∂operand)` for each operand that a gradient flows into.
  @inline(__always)
  func pullBack(_ gradient: Double, _ add: (Cell, Double) -> Void) {
    let left = pointee.left, right = pointee.right
    if operation == .dot { return DotProduct.pullBack(self, gradient, add) }
    operation.pullBack(
      gradient, left.pointee.data, right.pointee.data, pointee.data,
      left: { add(left, $0) }, right: { add(right, $0) })
  }
}

/// Every computed gradient of this thread is 0 at the start. So a cell belongs to the graph of `root`, or does not
/// matter, exactly if its gradient is not 0 when the sweep comes to it.
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
        cell.pullBack(gradient) { operand, part in operand.pointee.grad += part }
      }
      cell -= 1
    }
    if isTouched { arena.pointee.touch(slab) }
    guard let older = slab.header.pointee.older else { return }
    slab = older
    cell = older.end - 1
  }
}

/// Gradients of earlier sweeps lie about. A flag says that a gradient is a sum of this sweep; leaves always have
/// it, and so accumulate over sweeps.
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
          cell.pullBack(cell.pointee.grad) { operand, part in
            let isFirst = operand.pointee.flags & CellFlag.accumulates == 0
            operand.pointee.grad = (isFirst ? 0 : operand.pointee.grad) + part
            operand.pointee.flags |= CellFlag.accumulates
            pending &+= isFirst ? 1 : 0
          }
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

/// The graph was recorded by more than one thread (its task moved at an `await`), or not by this one.
///
/// Other threads may be sweeping the slabs that its cells lie in, so computed cells of theirs are only read here:
/// gradients are kept aside, and leaves and this thread's own cells receive theirs. Slow, and rare.
private func sweepAcrossThreads(from root: Cell) {
  checkHandover()
  let arena = Arena.mine
  for (cell, gradient) in root.adjoints(seed: 1.0, lift: { $0.pointee.data }) {
    if cell.isLeaf {
      cell.pointee.grad += gradient
    } else if cell.pointee.arena == arena.pointee.id {
      arena.pointee.touch(Slab(of: cell))
      cell.pointee.grad = gradient
    }
  }
}
