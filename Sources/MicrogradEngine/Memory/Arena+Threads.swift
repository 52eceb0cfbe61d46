import CMicrogradNode
import MicrogradRequirement
import Synchronization

extension Arena {
  /// The calling thread's arena. Not for the hot paths: they go through `mg_tape()`.
  static var mine: UnsafeMutablePointer<Arena> {
    if let known = mg_tape().pointee.arena { return known.assumingMemoryBound(to: Arena.self) }
    let arena = idle.withLock { $0.take() }.pointer
    mg_tape().pointee.arena = UnsafeMutableRawPointer(arena)
    mg_tape().pointee.id = arena.pointee.id
    arena.pointee.diagnosis = Diagnosis.fromEnvironment()
    threadEnd.schedule(with: arena)
    return arena
  }

  private struct Idle {
    var arenas: [Shared] = []
    var made: UInt16 = 0

    mutating func take() -> Shared {
      if let reused = arenas.popLast() { return reused }
      require(made < UInt16.max, "more than 65535 threads record values at the same time")
      made += 1
      let new = UnsafeMutablePointer<Arena>.allocate(capacity: 1)
      new.initialize(to: Arena(id: made))
      return Shared(pointer: new)
    }
  }
  /// An arena on its way from one thread to the next.
  private struct Shared: @unchecked Sendable { let pointer: UnsafeMutablePointer<Arena> }

  private static let idle = Mutex(Idle())

  private static let threadEnd = EndOfThread { argument in
    // Not `Arena.mine`: on some systems the thread-local tape is gone by now. Then the slabs that were being filled stay
    // as they are.
    let memory: UnsafeMutableRawPointer? = argument
    guard let arena = memory.map({ Shared(pointer: $0.assumingMemoryBound(to: Arena.self)) }) else { return }
    Arena.freeDoomed(of: arena.pointer)
    arena.pointer.pointee.stopFilling()
    Arena.idle.withLock { $0.arenas.append(arena) }
  }

  /// The thread ends. Its live cells stay; `newest` still leads to them, so that the thread that takes the
  /// arena over sweeps them like its own. Should a later destructor of this thread record, it starts over with
  /// another arena.
  private mutating func stopFilling() {
    let tape = mg_tape()
    if let slab = current, let next = tape.pointee.next {
      current = nil
      retire(slab, unused: slab.end - next)
    }
    if let slab = currentLeaf, let next = tape.pointee.nextLeaf {
      currentLeaf = nil
      retire(slab, unused: slab.end - next)
    }
    tape.pointee = MGTape()
  }

  // MARK: Slabs that another thread emptied

  /// Called by another thread than the slab's owner, to whom the links in the header belong: the chain
  /// runs through the first cell of each slab, which is dead.
  static func giveBack(_ slab: Slab) {
    let owner = slab.header.pointee.arena
    var head = owner.pointee.returned.load(ordering: .relaxed)
    var isDone = false
    while !isDone {
      slab.first.pointee.link = Cell(bitPattern: head)
      (isDone, head) = owner.pointee.returned.weakCompareExchange(
        expected: head, desired: UInt(bitPattern: slab.first), ordering: .releasing)
    }
  }

  mutating func collectReturned() {
    var next = Cell(bitPattern: returned.exchange(0, ordering: .acquiring))
    while let cell = next {
      next = cell.pointee.link
      recycle(Slab(of: cell))
    }
  }
}
