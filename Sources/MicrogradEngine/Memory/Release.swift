import CMicrogradNode
import Synchronization

// swift-format-ignore: AlwaysUseLowerCamelCase
/// Frees `cell`, whose last reference is gone, and all that only it kept alive.
///
/// Iterative, so that a chain of ten million nodes does not overflow the stack: cells to be freed later are
/// chained through the dead cells themselves.
@_documentation(visibility: internal)
@c @implementation
public func mg_free(_ cell: UnsafeMutablePointer<MGCell>) {
  let arena = mg_tape().pointee.arena.map { $0.assumingMemoryBound(to: Arena.self) } ?? Arena.mine
  // Freeing a dot product releases its arrays, they release values, and those come back here.
  if arena.pointee.isFreeing {
    cell.pointee.link = arena.pointee.pending
    arena.pointee.pending = cell
    return
  }
  arena.pointee.isFreeing = true
  var waiting: Cell?
  var deaths = DeathCount(arena, Slab(of: cell))
  var next: Cell? = cell
  while let dead = next {
    let left = dead.pointee.left
    var right = dead.pointee.right
    deaths.add(Slab(of: dead))
    if _slowPath(dead.pointee.flags & CellFlag.needsCare != 0) {
      if dead.pointee.flags & CellFlag.labelled != 0 { Labels.remove(dead) }
      if dead.pointee.flags & CellFlag.holdsArrays != 0 {
        let payload = DotPayload(of: dead)  // It lies beside the cell.
        for _ in 0..<payload.cellCount { deaths.add(Slab(of: dead)) }
        payload.release()
        right = dead  // The payload is no operand.
      }
    }
    next = nil
    if right != dead, loseReference(right) { next = right }
    if left != dead, loseReference(left) {
      if next == nil {
        next = left
      } else {
        left.pointee.link = waiting
        waiting = left
      }
    }
    if next == nil { next = popLink(&waiting) ?? popLink(&arena.pointee.pending) }
  }
  deaths.report()
  arena.pointee.isFreeing = false
  arena.pointee.rewind()
  #if MICROGRAD_INVARIANTS
    arena.pointee.checkInvariants()
  #endif
}

/// Takes one reference from the cell; true if it was the last one.
@inline(__always) private func loseReference(_ cell: Cell) -> Bool {
  cell.pointee.count &-= 1
  return cell.pointee.count == 0
}

@inline(__always) private func popLink(_ head: inout Cell?) -> Cell? {
  guard let cell = head else { return nil }
  head = cell.pointee.link
  return cell
}

/// Counts the dead cells of two slabs at a time (computed cells and leaves often alternate), so that the
/// slab's counter, which threads share, is touched about once per slab.
private struct DeathCount {
  let arena: UnsafeMutablePointer<Arena>
  var slab: Slab, other: Slab
  var count = 0, otherCount = 0

  init(_ arena: UnsafeMutablePointer<Arena>, _ slab: Slab) {
    self.arena = arena
    self.slab = slab
    other = slab
  }

  @inline(__always) mutating func add(_ dying: Slab) {
    if _slowPath(dying != slab) { change(to: dying) }
    count &+= 1
  }

  @inline(__always) private mutating func change(to dying: Slab) {
    swap(&slab, &other)
    swap(&count, &otherCount)
    if dying != slab {
      DeathCount.report(count, in: slab, by: arena)
      slab = dying
      count = 0
    }
  }

  func report() {
    DeathCount.report(count, in: slab, by: arena)
    DeathCount.report(otherCount, in: other, by: arena)
  }

  @inline(never) private static func report(
    _ count: Int, in slab: Slab, by arena: UnsafeMutablePointer<Arena>
  ) {
    guard count != 0 else { return }
    let dead = slab.header.pointee.dead.add(count, ordering: .acquiringAndReleasing).newValue
    guard dead == Slab.capacity + 1 else { return }
    if slab.header.pointee.arena == arena { arena.pointee.recycle(slab) } else { Arena.giveBack(slab) }
  }
}
