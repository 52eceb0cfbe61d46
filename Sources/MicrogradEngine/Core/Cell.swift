import CMicrogradNode

// A cell is the memory of one node; CMicrogradNode.h has its fields. Cells lie in slabs of 64 KiB. The slabs of one thread
// are its arena, `Arena.mine`, and each cell holds the number of that arena. The thread's `MGTape` says where it writes the
// next cell. A slab is touched if a gradient of a computed cell in it may differ from 0, and crossed if a cell in it has a
// computed operand that another thread recorded. Slabs and arenas are in the folder Memory.

/// A pointer to a cell, which is what the algorithms work on: copying it counts no reference.
@usableFromInline typealias Cell = UnsafeMutablePointer<MGCell>

/// The bits of `MGCell.flags`.
@usableFromInline enum CellFlag {
  /// `grad` is a sum that the current sweep adds to, not the remains of an earlier one. The flag is always set on leaves,
  /// whose gradients accumulate over sweeps; on computed cells only during a sweep (see Backward.swift).
  @inlinable static var accumulates: UInt8 { 1 }
  /// The cell has an entry in `Labels`.
  static var labelled: UInt8 { 2 }
  /// The cell is a dot product, which holds two lists.
  static var holdsArrays: UInt8 { 4 }
  /// The number of a computed cell was set by hand. A compiled program, which would compute it again, refuses it.
  @inlinable static var assigned: UInt8 { 8 }
  /// The cell is dead, but still owns its operands (see Release.swift). Only the thread that recorded it sets the flag.
  static var doomed: UInt8 { 16 }
  /// The second operand is a number and not a value; it lies in the cell, in place of `right`.
  @inlinable static var holdsNumber: UInt8 { 32 }
  /// The number is the first operand, and the value in `left` the second.
  @inlinable static var numberIsFirst: UInt8 { 64 }
  /// The value is a derivative that an operation chose by the numbers at hand, such as that of ReLU. A compiled program,
  /// which would choose the same for other numbers, refuses it.
  static var chosen: UInt8 { 128 }
  /// The flags of cells that own more than their operands, which freeing them must give up too.
  static var needsCare: UInt8 { labelled | holdsArrays }
}

extension UnsafeMutablePointer<MGCell> {
  /// The operation that computed the cell. The raw values are consecutive from 0, so the byte is the case itself;
  /// `Operation(rawValue:)` would check that for every cell of a sweep.
  @inline(__always) var operation: Operation {
    unsafeBitCast(pointee.operation & FusedSum.operationBits, to: Operation.self)
  }

  @inline(__always) var isLeaf: Bool { pointee.operation == Operation.leaf.rawValue }

  /// Fills a cell that is not a value, or not yet: sweeps pass over it, and nothing refers to it.
  func initializeUnused() {
    initialize(
      to: MGCell(
        data: 0, grad: 0, left: self, addend: self, count: 0, operation: Operation.leaf.rawValue, flags: 0, arena: 0,
        right: self))
  }
}

extension MGCell {
  /// The next cell in a chain of dead ones. It is stored in `data` and not in `grad`, since a sweep that passes over a
  /// dead cell reads its gradient.
  var link: Cell? {
    get { Cell(bitPattern: UInt(truncatingIfNeeded: data.bitPattern)) }
    set { data = Double(bitPattern: UInt64(truncatingIfNeeded: UInt(bitPattern: newValue))) }
  }
}
