import CMicrogradNode
import Synchronization

// A cell whose last reference is gone is dead, and gives up its own references, by which others may die. This must not
// recurse, since graphs are deep, and should go through memory in order: a cell that is not in the cache costs a hundred
// times as much. So dead cells wait in a chain of their slab (through `link`), and slabs are freed from the newest to the
// oldest. Values that were recorded row by row and die column by column, such as the states of a recurrence, are freed
// row by row.
//
// In the slab being filled, cells are freed at once: a loop that only evaluates stays in the cache. Those of older slabs may
// wait until the next slab is needed, which is then the one just freed. But while they wait, they own their operands, and a
// count that another thread uses must not be changed later. So they wait only as long as the process has one thread.

// swift-format-ignore: AlwaysUseLowerCamelCase
/// Frees `cell`, whose last reference is gone, and all that only it kept alive.
@_documentation(visibility: internal)
@c @implementation
public func mg_free(_ cell: UnsafeMutablePointer<MGCell>) {
  let arena = mg_tape().pointee.arena.map { $0.assumingMemoryBound(to: Arena.self) } ?? Arena.mine
  let release = Release(arena: arena)
  // Freeing a dot product releases its arrays, they release values, and those come back here.
  if arena.pointee.isFreeing { return release.doom(cell) }
  let mayDefer = arena.pointee.mayDefer
  if !mayDefer { arena.pointee.forgetDoomed() }
  release.run {
    release.doom(cell)
    if mayDefer { release.freeUrgent() } else { release.freeAll() }
  }
  arena.pointee.rewind()
  #if MICROGRAD_INVARIANTS
    Arena.checkInvariants(of: arena)
  #endif
}

extension Arena {
  /// Frees all cells of this thread that are dead: for those who are about to start the first thread beside this one.
  package static func freeDoomed() { freeDoomed(of: mine) }

  /// Frees all cells that are dead.
  static func freeDoomed(of arena: UnsafeMutablePointer<Arena>) {
    guard !arena.pointee.doomed.isEmpty, !arena.pointee.isFreeing else { return }
    if !arena.pointee.mayDefer { return arena.pointee.forgetDoomed() }
    let release = Release(arena: arena)
    release.run { release.freeAll() }
    arena.pointee.rewind()
  }

  /// Frees the dead cells of slabs, the newest first, until a slab is empty. It is the next one to be filled, since it is in
  /// the cache.
  static func freeOneSlab(of arena: UnsafeMutablePointer<Arena>) {
    guard !arena.pointee.doomed.isEmpty, !arena.pointee.isFreeing else { return }
    if !arena.pointee.mayDefer { return arena.pointee.forgetDoomed() }
    let release = Release(arena: arena)
    let pool = arena.pointee.pool
    release.run { while arena.pointee.pool == pool, release.freeNewest() {} }
    arena.pointee.rewind()
  }

  /// Whether dead cells may keep their operands for a while.
  var mayDefer: Bool { mg_has_one_thread() || defersForTests }

  /// Leaves the dead cells as they are, for ever, without the flag by which others of their group would find them: since they died, the process has got a second thread, and it may be
  /// using their operands. This happens once in a process, and loses a graph at most.
  mutating func forgetDoomed() {
    for slab in doomed.removeAll() {
      var groups = slab.header.takeDoomed()
      while groups != 0 {
        var (cell, end) = slab.cells(ofGroup: groups.trailingZeroBitCount)
        while cell < end {
          if cell.pointee.flags & CellFlag.doomed != 0 { cell.pointee.flags &= ~CellFlag.doomed }
          cell += 1
        }
        groups &= groups - 1
      }
    }
  }
}

/// A release under way.
private struct Release {
  let arena: UnsafeMutablePointer<Arena>

  @inline(__always) func run(_ body: () -> Void) {
    arena.pointee.isFreeing = true
    body()
    reportLeaves()
    arena.pointee.isFreeing = false
  }

  // MARK: Dead cells

  /// Takes a reference from the cell; true if it was the last one.
  @inline(__always) private func lose(_ cell: Cell) -> Bool {
    cell.pointee.count &-= 1
    return cell.pointee.count == 0
  }

  /// Puts a dead cell to those that wait. A leaf has nothing to give up, and is done.
  @inline(__always) func doom(_ cell: Cell) {
    let slab = Slab(of: cell)
    if cell.isLeaf { return countLeaf(cell, slab) }
    if _slowPath(slab.header.pointee.arena != arena) {
      cell.pointee.link = arena.pointee.foreign
      arena.pointee.foreign = cell
      return
    }
    if slab.header.pointee.doomed == 0, slab != arena.pointee.current, slab != arena.pointee.slabBeingFreed {
      arena.pointee.doomed.insert(slab)
    }
    cell.pointee.flags |= CellFlag.doomed
    slab.header.pointee.doomed |= 1 << Slab.group(of: cell)
  }

  /// Not inlined, which keeps the loop over a slab's cells short.
  @inline(never) private func doomElsewhere(_ cell: Cell) { doom(cell) }

  @inline(__always) private func countLeaf(_ leaf: Cell, _ slab: Slab) {
    if _slowPath(leaf.pointee.flags & CellFlag.labelled != 0) { Labels.remove(leaf) }
    if _slowPath(slab != arena.pointee.leafDeaths.slab) {
      reportLeaves()
      arena.pointee.leafDeaths.slab = slab
    }
    arena.pointee.leafDeaths.count &+= 1
  }

  // MARK: Slabs

  func freeAll() { while freeNewest() {} }

  /// Frees the dead cells that do not wait: those of the slab being filled, and those that other threads recorded.
  @inline(__always) func freeUrgent() {
    freeForeign()
    while let slab = arena.pointee.current, slab.header.pointee.doomed != 0 {
      freeCurrent(slab)
      freeForeign()
    }
  }

  /// Frees the dead cells of the newest slab that has some; false if there is none.
  func freeNewest() -> Bool {
    freeForeign()
    if let current = arena.pointee.current, current.header.pointee.doomed != 0 {
      freeCurrent(current)
    } else if let slab = arena.pointee.doomed.popNewest() {
      var groups = slab.header.takeDoomed()
      arena.pointee.slabBeingFreed = slab
      let count = free(&groups, of: slab)
      arena.pointee.slabBeingFreed = nil
      report(count, in: slab)
    } else {
      return false
    }
    return true
  }

  /// Frees the dead cells of the slab being filled. The newest ones give their places back.
  func freeCurrent(_ slab: Slab) {
    var groups = slab.header.takeDoomed(), next = mg_tape().pointee.next ?? slab.first, further = 0
    while next > slab.first, (next - 1).pointee.flags & CellFlag.doomed != 0 {
      next -= 1
      further += free(next, of: slab, &groups) - 1
    }
    if next < slab.end {
      mg_tape().pointee.next = next
      groups &= ~0 >> (63 - Slab.group(of: next))
    }
    report(further + free(&groups, of: slab), in: slab)
  }

  /// Frees the doomed cells of groups, and of those that this adds. Returns their number.
  @inline(__always) private func free(_ groups: inout UInt64, of slab: Slab) -> Int {
    var count = 0
    while groups != 0 {
      let group = 63 - groups.leadingZeroBitCount
      let (first, end) = slab.cells(ofGroup: group)
      var cell = end
      while cell > first {
        cell -= 1
        if cell.pointee.flags & CellFlag.doomed != 0 { count &+= free(cell, of: slab, &groups) }
      }
      groups &= ~(1 << UInt64(group))  // Not before: its cells have doomed others among them, which came after.
    }
    return count
  }

  /// Frees a cell of the slab in whose groups are those with doomed cells. Returns the number of cells that it had.
  @inline(__always) private func free(_ cell: Cell, of slab: Slab, _ groups: inout UInt64) -> Int {
    let left = cell.pointee.left, flags = cell.pointee.flags
    var count = 1
    cell.pointee.flags = flags & ~CellFlag.doomed
    if flags & (CellFlag.needsCare | CellFlag.holdsNumber) == 0 {
      let right = cell.pointee.right
      if right != cell, lose(right) { doom(right, of: slab, &groups) }
    } else if flags & CellFlag.needsCare != 0 {
      count += giveUpMore(cell)
      groups |= slab.header.takeDoomed()
    }
    if left != cell, lose(left) { doom(left, of: slab, &groups) }
    if cell.isFusedSum, lose(cell.pointee.addend) { doom(cell.pointee.addend, of: slab, &groups) }
    return count
  }

  @inline(__always) private func doom(_ cell: Cell, of slab: Slab, _ groups: inout UInt64) {
    guard Slab(of: cell) == slab else { return doomElsewhere(cell) }
    cell.pointee.flags |= CellFlag.doomed
    groups |= 1 << Slab.group(of: cell)
  }

  /// Gives up the label of a cell, and what it has in place of a right operand: nothing if it is a number, the arrays if it
  /// is a dot product. Returns the number of further cells that it had.
  @inline(never) private func giveUpMore(_ cell: Cell) -> Int {
    let flags = cell.pointee.flags, right = cell.pointee.right
    if flags & CellFlag.labelled != 0 { Labels.remove(cell) }
    if flags & CellFlag.holdsArrays != 0 {
      return DotPayload(of: cell).release() ? 1 : 0  // The payload lies in the same slab.
    }
    if flags & CellFlag.holdsNumber == 0, right != cell, lose(right) { doom(right) }
    return 0
  }

  /// Frees dead cells that another thread recorded. They do not wait, and their chain is this thread's own: the headers of
  /// their slabs are not to be written to.
  @inline(__always) private func freeForeign() {
    if _slowPath(arena.pointee.foreign != nil) { freeForeignSlowly() }
  }

  @inline(never) private func freeForeignSlowly() {
    while let cell = arena.pointee.foreign {
      arena.pointee.foreign = cell.pointee.link
      let left = cell.pointee.left, further = giveUpMore(cell)
      if left != cell, lose(left) { doom(left) }
      if cell.isFusedSum, lose(cell.pointee.addend) { doom(cell.pointee.addend) }
      report(1 + further, in: Slab(of: cell))
    }
  }

  // MARK: Counts

  private func reportLeaves() {
    if let slab = arena.pointee.leafDeaths.slab { report(arena.pointee.leafDeaths.count, in: slab) }
    arena.pointee.leafDeaths = (nil, 0)
  }

  /// Counts dead cells of a slab, and gives it back if all its cells are dead.
  @inline(never) private func report(_ count: Int, in slab: Slab) {
    guard count != 0 else { return }
    let dead = slab.header.pointee.dead.add(count, ordering: .acquiringAndReleasing).newValue
    guard dead == Slab.capacity + 1 else { return }
    if slab.header.pointee.arena == arena { arena.pointee.recycle(slab) } else { Arena.giveBack(slab) }
  }
}

extension UnsafeMutablePointer<SlabHeader> {
  fileprivate func takeDoomed() -> UInt64 {
    defer { pointee.doomed = 0 }
    return pointee.doomed
  }
}
