import CMicrogradNode
import Synchronization

/// 64 KiB of cells behind a header, aligned to its own size: a cell finds its slab by masking its address.
struct Slab: Equatable {
  let header: UnsafeMutablePointer<SlabHeader>

  static var size: Int { 1 << 16 }
  static var headerSize: Int { 104 }
  static var capacity: Int { (size - headerSize) / MemoryLayout<MGCell>.stride }

  @inline(__always) init(of cell: Cell) {
    header = .init(bitPattern: UInt(bitPattern: cell) & ~UInt(Slab.size - 1)).unsafelyUnwrapped
  }

  /// Makes a slab out of fresh memory. It is zeroed, so that a walk over all slabs (`Arena.liveNodeCount`)
  /// meets no garbage in cells that were never recorded.
  init(at memory: UnsafeMutableRawPointer, arena: UnsafeMutablePointer<Arena>) {
    assert(MemoryLayout<SlabHeader>.size <= Slab.headerSize)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: Slab.size)
    header = memory.bindMemory(to: SlabHeader.self, capacity: 1)
    header.initialize(to: SlabHeader(arena: arena))
  }

  /// The group of a cell: cells that begin in one KiB of the slab.
  @inline(__always) static func group(of cell: Cell) -> UInt64 {
    UInt64(truncatingIfNeeded: (UInt(bitPattern: cell) & UInt(size - 1)) >> 10)
  }

  /// The cells of a group.
  @inline(__always) func cells(ofGroup group: Int) -> (first: Cell, end: Cell) {
    func firstCell(from offset: Int) -> Cell {
      first + (max(offset - Slab.headerSize, 0) + MemoryLayout<MGCell>.stride - 1) / MemoryLayout<MGCell>.stride
    }
    return (firstCell(from: group << 10), min(firstCell(from: (group + 1) << 10), end))
  }

  @inline(__always) func isNewer(than other: Slab) -> Bool { header.pointee.order > other.header.pointee.order }

  @inline(__always) var first: Cell {
    (UnsafeMutableRawPointer(header) + Slab.headerSize).assumingMemoryBound(to: MGCell.self)
  }
  @inline(__always) var end: Cell { first + Slab.capacity }
}

struct SlabHeader: ~Copyable {
  /// The arena's slabs of computed cells, in recording order; unused in slabs of leaves.
  var older: Slab?, newer: Slab?
  /// The groups with cells that are dead but still own their operands: a bit for each KiB (see Release.swift).
  var doomed: UInt64 = 0
  let arena: UnsafeMutablePointer<Arena>
  /// Dead cells, plus one once the slab is no longer being filled: `capacity + 1` is reached exactly once,
  /// by whichever thread frees the last cell, and that thread gives the slab back.
  let dead = Atomic<Int>(0)
  /// A gradient of a computed cell in here may differ from 0.
  var isTouched = false
  /// A cell in here has a computed operand that another thread recorded.
  var isCrossed = false
  /// The offset in bytes of the first cell that has a row while a function's recording is differentiated, and its row. There is
  /// no cell at the largest offset (see FunctionTape.swift).
  var firstRow: (offset: UInt16, row: Int32) = (.max, 0)
  /// The positions of the slab's cells in a copy of a graph, while it is being made (see FlatGraph.swift).
  var positions: UnsafeMutablePointer<Int32>?
  /// The number of slabs that the arena had begun to fill before this one.
  var order = 0

  init(arena: UnsafeMutablePointer<Arena>) { self.arena = arena }
}
