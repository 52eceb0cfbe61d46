import MicrogradRequirement

#if MICROGRAD_INVARIANTS
  import CMicrogradNode
  import Synchronization

  /// Conditions that hold for a thread's memory whenever no algorithm is under way. Compiled in by
  /// `-Xswiftc -DMICROGRAD_INVARIANTS`, for tests; the walk over all memory makes everything slow.
  extension Arena {
    /// Traps with the first violation. Looks at one call in 101, since it walks over all memory of the thread.
    static func checkInvariants(of arena: UnsafeMutablePointer<Arena>) {
      arena.pointee.checks += 1
      guard arena.pointee.checks % 101 == 0 else { return }
      freeDoomed(of: arena)
      arena.pointee.checkSlabs()
    }

    private func checkSlabs() {
      let slabs = slabsInUse
      var references: [Cell: UInt32] = [:]
      for slab in slabs { checkDeaths(in: slab) }
      for slab in slabs {
        for cell in liveCells(of: slab) {
          checkFlags(of: cell, in: slab)
          let operands = cell.operation == .dot ? DotProduct.values(of: cell) : cell.valueOperands
          for operand in operands { references[operand, default: 0] += 1 }
        }
      }
      for (cell, count) in references where cell.pointee.arena == id {
        // A dot product holds its arrays, and they hold the operands: one reference for several products.
        require(cell.pointee.count > 0, "a live cell has a dead operand, to which \(count) cells refer")
      }
      require(slabs.count { $0.header.pointee.isTouched } == touched, "the number of touched slabs is not \(touched)")
      require(slabs.count { $0.header.pointee.isCrossed } == crossed, "the number of crossed slabs is not \(crossed)")
    }

    private var slabsInUse: [Slab] {
      var slabs: [Slab] = [], next = newest
      while let slab = next {
        require(
          slab.header.pointee.older?.header.pointee.newer ?? slab == slab, "the links of the slabs do not match")
        slabs.append(slab)
        next = slab.header.pointee.older
      }
      return slabs
    }

    /// The end of the filled part of a slab.
    private func end(of slab: Slab) -> Cell { slab == current ? mg_tape().pointee.next ?? slab.first : slab.end }

    private func cells(of slab: Slab) -> [Cell] { (0..<(end(of: slab) - slab.first)).map { slab.first + $0 } }

    private func liveCells(of slab: Slab) -> [Cell] { cells(of: slab).filter { $0.pointee.count != 0 } }

    private func checkDeaths(in slab: Slab) {
      let payloads = Set(liveCells(of: slab).filter { $0.operation == .dot }.map { $0.pointee.right })
      let dead = cells(of: slab).count { $0.pointee.count == 0 } - payloads.count
      let counted = slab.header.pointee.dead.load(ordering: .relaxed) - (slab == current ? 0 : 1)
      require(counted == dead, "a slab counts \(counted) dead cells, and has \(dead)")
    }

    private func checkFlags(of cell: Cell, in slab: Slab) {
      require(!cell.isLeaf, "a leaf lies among computed cells")
      require(cell.pointee.flags & CellFlag.accumulates == 0, "a computed cell is flagged between sweeps")
      let isGradientKnown = slab.header.pointee.isTouched || cell.pointee.grad == 0
      require(isGradientKnown, "a slab that is not touched has a gradient of \(cell.pointee.grad)")
    }
  }
#endif
