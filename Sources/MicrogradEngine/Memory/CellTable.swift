import CMicrogradNode

/// A number for each cell, 0 at first: a table for each slab, found through the header of the thread's own slabs. While one is in
/// use, there must be no other: so no code of users may run. `free` gives the memory back.
struct CellTable {
  private let arena = Arena.mine
  private var own: [Slab] = []
  private var foreign: [UInt: UnsafeMutablePointer<Int32>] = [:]

  subscript(cell: Cell) -> Int32 {
    @inline(__always) get { tableIfAny(of: Slab(of: cell)).map { $0[cell - Slab(of: cell).first] } ?? 0 }
    @inline(__always) set { entry(of: cell).pointee = newValue }
  }

  @inline(__always) mutating func entry(of cell: Cell) -> UnsafeMutablePointer<Int32> {
    let slab = Slab(of: cell)
    return (tableIfAny(of: slab) ?? makeTable(of: slab)) + (cell - slab.first)
  }

  /// The table of one of the thread's own slabs; nil if all its numbers are 0.
  @inline(__always) func table(ofOwn slab: Slab) -> UnsafeMutablePointer<Int32>? { slab.header.pointee.positions }

  @inline(__always) private func tableIfAny(of slab: Slab) -> UnsafeMutablePointer<Int32>? {
    slab.header.pointee.arena == arena ? slab.header.pointee.positions : foreign[UInt(bitPattern: slab.header)]
  }

  /// Headers of other threads' slabs are not to be written to.
  @inline(never) private mutating func makeTable(of slab: Slab) -> UnsafeMutablePointer<Int32> {
    let table = UnsafeMutablePointer<Int32>.allocate(capacity: Slab.capacity)
    table.initialize(repeating: 0, count: Slab.capacity)
    if slab.header.pointee.arena == arena {
      slab.header.pointee.positions = table
      own.append(slab)
    } else {
      foreign[UInt(bitPattern: slab.header)] = table
    }
    return table
  }

  mutating func free() {
    for slab in own {
      slab.header.pointee.positions?.deallocate()
      slab.header.pointee.positions = nil
    }
    for table in foreign.values { table.deallocate() }
    own = []
    foreign = [:]
  }
}
