import CMicrogradNode

/// One recorded scalar, as the algorithms see it: a plain pointer, no reference counted.
@usableFromInline typealias Cell = UnsafeMutablePointer<MGCell>

/// The bits of `MGCell.flags`.
@usableFromInline enum CellFlag {
  /// `grad` holds a sum that this sweep adds to. Always set on leaves, whose gradients accumulate over sweeps;
  /// on computed cells set only while a sweep is under way (see Backward.swift).
  @inlinable static var accumulates: UInt8 { 1 }
  /// The cell has an entry in `Labels`.
  static var labelled: UInt8 { 2 }
  /// The cell is a dot product, which holds two arrays.
  static var holdsArrays: UInt8 { 4 }
  /// The number of a computed cell was set by hand.
  @inlinable static var assigned: UInt8 { 8 }
  /// What a release must look at before it takes the ordinary way.
  static var needsCare: UInt8 { labelled | holdsArrays }
}

extension UnsafeMutablePointer<MGCell> {
  /// What the cell was computed by. The raw values are consecutive from 0, so the byte is the case;
  /// `Operation(rawValue:)` would check that for every cell of a sweep.
  @inline(__always) var operation: Operation { unsafeBitCast(pointee.operation, to: Operation.self) }

  @inline(__always) var isLeaf: Bool { pointee.operation == Operation.leaf.rawValue }

  /// Makes the cell one that never was a value: sweeps pass over it, releases do not meet it.
  func initializeUnused() {
    initialize(
      to: MGCell(
        data: 0, grad: 0, left: self, right: self, count: 0, operation: Operation.leaf.rawValue, flags: 0,
        arena: 0))
  }
}

extension MGCell {
  /// Chains dead cells. It lies in `data`, not in `grad`: a sweep that passes over a dead cell reads its gradient.
  var link: Cell? {
    get { Cell(bitPattern: UInt(truncatingIfNeeded: data.bitPattern)) }
    set { data = Double(bitPattern: UInt64(truncatingIfNeeded: UInt(bitPattern: newValue))) }
  }
}
