import CMicrogradNode
import Synchronization

/// One thread's slabs. An arena lives on the heap and for ever: cells of a thread that has ended may be freed
/// later, by another thread; the next new thread takes the arena over (see Arena+Threads.swift).
package struct Arena: ~Copyable {
  let id: UInt16
  /// The slabs being filled.
  var current: Slab?, currentLeaf: Slab?
  /// The newest slab of computed cells; the others follow by `older`.
  var newest: Slab?
  /// Empty slabs, chained by `older`.
  private(set) var pool: Slab?
  /// Slabs that other threads emptied: the address of a chain through their first cells.
  let returned = Atomic<UInt>(0)
  /// The number of slabs with the flag of that name.
  var touched = 0, crossed = 0
  /// The number of calls of `touch`: while it stays, no gradient of a computed cell changes.
  private(set) var touches = 0
  /// The number of slabs that were begun.
  private var slabsBegun = 0
  /// The dead cells that are not freed yet (see Release.swift): slabs with such cells, and a chain of cells that other threads
  /// recorded.
  var doomed = DoomedSlabs(), foreign: Cell?
  /// State of a release under way: the slab whose cells are being freed, unless it is the one being filled, and dead leaves that
  /// their slab does not count yet.
  var isFreeing = false, slabBeingFreed: Slab?, leafDeaths: (slab: Slab?, count: Int) = (nil, 0)
  /// Whether releases are deferred also where there are other threads. For tests, which are run by many.
  var defersForTests = false
  #if MICROGRAD_INVARIANTS
    var checks = 0
  #endif
  /// The watch over this thread's numbers, if there is one.
  var diagnosis: Diagnosis? { didSet { setLimits() } }
  /// The recorder of this thread's scopes, if somebody asked for their names.
  var scopes: ScopeRecorder?
  /// Memory from the system, cut into slabs from the front.
  private var blocks: [Block] = []
  private var slabsUsedInLastBlock = 0

  private struct Block {
    let memory: UnsafeMutableRawPointer
    let slabs: Int
  }

  init(id: UInt16) { self.id = id }

  // MARK: Cells

  /// Reserves a given number of computed cells side by side, in a new slab if need be. Moves `next` behind them.
  static func reserveCells(_ count: Int, of arena: UnsafeMutablePointer<Arena>) -> Cell {
    let tape = mg_tape()
    if let slab = arena.pointee.current, let next = tape.pointee.next, slab.end - next < count {
      freeOneSlab(of: arena)
    }
    return arena.pointee.reserveCells(count)
  }

  private mutating func reserveCells(_ count: Int) -> Cell {
    let tape = mg_tape()
    var next = tape.pointee.next
    if let slab = current, let first = next, slab.end - first < count {
      // What is left over is born dead.
      for unused in 0..<(slab.end - first) { (first + unused).initializeUnused() }
      slab.header.pointee.dead.add(slab.end - first, ordering: .relaxed)
      next = nil
    }
    let cell = next ?? beginSlab().first
    tape.pointee.next = cell + count
    setLimits()
    return cell
  }

  /// Reserves a leaf, in a new slab if need be. Moves `nextLeaf` behind it.
  static func reserveLeaf(of arena: UnsafeMutablePointer<Arena>) -> Cell {
    if let slab = arena.pointee.currentLeaf, mg_tape().pointee.nextLeaf == slab.end { freeOneSlab(of: arena) }
    return arena.pointee.reserveLeaf()
  }

  private mutating func reserveLeaf() -> Cell {
    let tape = mg_tape()
    var next = tape.pointee.nextLeaf
    if let slab = currentLeaf, next == slab.end { next = nil }
    let cell = next ?? beginLeafSlab().first
    tape.pointee.nextLeaf = cell + 1
    setLimits()
    return cell
  }

  /// Sets the limit of the fast paths of recording: to the end of the slab, or nowhere while a diagnosis is under way.
  private func setLimits() {
    let tape = mg_tape()
    tape.pointee.end = diagnosis == nil ? current?.end : tape.pointee.next
    tape.pointee.endLeaf = diagnosis == nil ? currentLeaf?.end : tape.pointee.nextLeaf
  }

  private mutating func beginSlab() -> Slab {
    let full = current, slab = begin(takeSlab())
    slab.header.pointee.older = newest
    newest?.header.pointee.newer = slab
    newest = slab
    current = slab
    if let full { retire(full) }
    return slab
  }

  private mutating func beginLeafSlab() -> Slab {
    let full = currentLeaf, slab = begin(takeSlab())
    currentLeaf = slab
    if let full { retire(full) }
    return slab
  }

  // MARK: Slabs in

  private mutating func begin(_ slab: Slab) -> Slab {
    slab.header.pointee.order = slabsBegun
    slabsBegun += 1
    return slab
  }

  /// An empty slab: returned by other threads, from the pool, or from the system.
  private mutating func takeSlab() -> Slab {
    if returned.load(ordering: .relaxed) != 0 { collectReturned() }
    if let slab = pool {
      pool = slab.header.pointee.older
      slab.header.pointee.older = nil
      return slab
    }
    if blocks.last.map({ slabsUsedInLastBlock == $0.slabs }) ?? true { addBlock() }
    defer { slabsUsedInLastBlock += 1 }
    return Slab(at: blocks[blocks.count - 1].memory + slabsUsedInLastBlock * Slab.size, arena: Arena.mine)
  }

  /// Blocks double from 1 MiB to 32 MiB: a small program stays small, a large one rarely asks.
  private mutating func addBlock() {
    let slabs = 16 << min(blocks.count, 5), bytes = slabs * Slab.size
    blocks.append(Block(memory: Platform.allocate(bytes, alignment: Slab.size), slabs: slabs))
    slabsUsedInLastBlock = 0
  }

  // MARK: Slabs out

  /// Takes back a slab of this arena, all of whose cells are dead.
  mutating func recycle(_ slab: Slab) {
    let header = slab.header
    forgetFlags(of: slab)
    if newest == slab { newest = header.pointee.older }
    header.pointee.older?.header.pointee.newer = header.pointee.newer
    header.pointee.newer?.header.pointee.older = header.pointee.older
    header.pointee.newer = nil
    header.pointee.dead.store(0, ordering: .relaxed)
    header.pointee.older = pool
    pool = slab
  }

  mutating func touch(_ slab: Slab) {
    touches += 1
    if !slab.header.pointee.isTouched {
      slab.header.pointee.isTouched = true
      touched += 1
    }
  }

  mutating func cross(_ slab: Slab) {
    if !slab.header.pointee.isCrossed {
      slab.header.pointee.isCrossed = true
      crossed += 1
    }
  }

  private mutating func forgetFlags(of slab: Slab) {
    if slab.header.pointee.isTouched { touched -= 1 }
    if slab.header.pointee.isCrossed { crossed -= 1 }
    slab.header.pointee.isTouched = false
    slab.header.pointee.isCrossed = false
  }

  /// Ends the filling of a slab: from now on it is recycled when its last cell dies.
  mutating func retire(_ slab: Slab, unused: Int = 0) {
    if slab.header.pointee.doomed != 0 { doomed.insert(slab) }
    for offset in 0..<unused { (slab.end - 1 - offset).initializeUnused() }
    let dead = slab.header.pointee.dead.add(unused + 1, ordering: .acquiringAndReleasing).newValue
    if dead == Slab.capacity + 1 { recycle(slab) }
  }

  /// If all that was recorded into a slab being filled is dead, fills it again from the start: a loop
  /// that only evaluates keeps to the same cached cells.
  mutating func rewind() {
    let tape = mg_tape()
    if let slab = current, let next = tape.pointee.next, Arena.isAllDead(slab, upTo: next) {
      forgetFlags(of: slab)
      slab.header.pointee.dead.store(0, ordering: .relaxed)
      tape.pointee.next = slab.first
    }
    if let slab = currentLeaf, let next = tape.pointee.nextLeaf, Arena.isAllDead(slab, upTo: next) {
      slab.header.pointee.dead.store(0, ordering: .relaxed)
      tape.pointee.nextLeaf = slab.first
    }
    if diagnosis != nil { setLimits() }
  }

  @inline(__always) private static func isAllDead(_ slab: Slab, upTo next: Cell) -> Bool {
    slab.header.pointee.dead.load(ordering: .acquiring) == next - slab.first
  }

  // MARK: For tests

  /// The number of slabs that this thread's arena has taken from the system. It stops growing once slabs are used again.
  package static var slabCount: Int {
    mine.pointee.blocks.dropLast().reduce(mine.pointee.slabsUsedInLastBlock) { $0 + $1.slabs }
  }

  /// The number of nodes of this thread's arena that are alive, those included that an earlier thread recorded there. Walks all
  /// of its memory.
  package static var liveNodeCount: Int {
    freeDoomed(of: mine)
    return mine.pointee.countLiveNodes()
  }

  /// Runs `body`, which must not use other threads, with releases deferred as they are in a process of one thread.
  package static func withDeferredReleases<R>(_ body: () throws -> R) rethrows -> R {
    mine.pointee.defersForTests = true
    defer {
      freeDoomed(of: mine)
      mine.pointee.defersForTests = false
    }
    return try body()
  }

  private func countLiveNodes() -> Int {
    var live = 0
    for (index, block) in blocks.enumerated() {
      let used = index == blocks.count - 1 ? slabsUsedInLastBlock : block.slabs
      for offset in 0..<used {
        let slab = Slab(of: (block.memory + offset * Slab.size).assumingMemoryBound(to: MGCell.self))
        for index in 0..<Slab.capacity where slab.first[index].count != 0 { live += 1 }
      }
    }
    return live
  }
}
