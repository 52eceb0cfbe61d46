import CMicrogradNode

/// The recording of a function's evaluation by this thread: the function's inputs, which are leaves, and the computed cells
/// since a mark, in order. All that the function's results owe to its inputs is there, so derivatives need not look farther.
///
/// Each cell of it has a *row*, its index in arrays that algorithms keep beside the cells: computed cells in the order of recording,
/// so that each comes after its operands, then the inputs. What the function captured, older cells and leaves, has no row.
struct FunctionTape: ~Copyable {
  private let arena = Arena.mine
  private let oldest: Slab
  private let inputs: [Value]
  /// The number of rows of computed cells.
  private(set) var computedCount = 0
  /// The number of all rows.
  private(set) var count = 0
  /// Whether all gradients of the tape are 0: the function neither swept nor set any.
  private var isUntouched: Bool

  /// A moment. As long as it is kept, what is recorded later lies behind it in memory.
  struct Mark {
    /// A computed value, whose slab can neither be filled anew nor recycled while it is alive.
    fileprivate let value: Value
    fileprivate let touches: Int

    /// - Parameter inputs: What was recorded just now.
    init(after inputs: [Value]) {
      value = Value.record(.negate, inputs.first ?? 0)
      touches = Arena.mine.pointee.touches
    }
  }

  /// Gives rows to the cells that were recorded since `mark`, as long as the tape lives. Nothing must be recorded meanwhile.
  ///
  /// Returns nil if some of them have operands that another thread computed: an `await` moved the task in the middle of the
  /// graph, or the function let another thread compute.
  init?(since mark: Mark, inputs: [Value]) {
    let cell = mark.value.withCell { $0 }
    if FunctionTape.isCrossed(since: Slab(of: cell)) { return nil }
    oldest = Slab(of: cell)
    self.inputs = inputs
    isUntouched = arena.pointee.touches == mark.touches
    giveRowsToComputedCells(from: cell + 1)
    giveRowsToInputs()
    var isAnyLeafTouched = false
    forEachLeaf { if $0.pointee.grad != 0 { isAnyLeafTouched = true } }
    if isAnyLeafTouched { isUntouched = false }
  }

  private static func isCrossed(since oldest: Slab) -> Bool {
    if Arena.mine.pointee.crossed == 0 { return false }
    var next: Slab? = oldest
    while let slab = next {
      if slab.header.pointee.isCrossed { return true }
      next = slab.header.pointee.newer
    }
    return false
  }

  private mutating func giveRowsToComputedCells(from cell: Cell) {
    var next: Slab? = oldest, first = cell
    while let slab = next {
      giveRows(to: slab, from: first, until: end(of: slab))
      next = slab.header.pointee.newer
      if let next { first = next.first }
    }
    computedCount = count
  }

  /// Inputs were recorded one after the other, so most lie in the slab of the one before. Other leaves that were recorded into
  /// these slabs later have rows too.
  private mutating func giveRowsToInputs() {
    FunctionTape.forEachRangeOfLeaves(from: inputs) { giveRows(to: Slab(of: $0), from: $0, until: $1) }
  }

  /// Calls `body` for each slab that holds inputs, with the first of them and the end of the slab's leaves.
  private static func forEachRangeOfLeaves(from inputs: [Value], _ body: (_ first: Cell, _ end: Cell) -> Void) {
    var last: Slab?
    inputs.forEachCell { cell in
      let slab = Slab(of: cell)
      if slab != last {
        let isFilling = slab == Arena.mine.pointee.currentLeaf
        body(cell, isFilling ? mg_tape().pointee.nextLeaf.unsafelyUnwrapped : slab.end)
        last = slab
      }
    }
  }

  private mutating func giveRows(to slab: Slab, from first: Cell, until end: Cell) {
    slab.header.pointee.firstRow = (FunctionTape.offset(of: first), Int32(count))
    count += end - first
  }

  /// Calls `body` with the leaves that have rows and are alive.
  private func forEachLeaf(_ body: (Cell) -> Void) {
    FunctionTape.forEachRangeOfLeaves(from: inputs) { first, end in
      var cell = first
      while cell < end {
        if cell.pointee.count != 0 { body(cell) }
        cell += 1
      }
    }
  }

  deinit {
    var next: Slab? = oldest
    while let slab = next {
      slab.header.pointee.firstRow = (.max, 0)
      next = slab.header.pointee.newer
    }
    inputs.forEachCell { cell in
      let slab = Slab(of: cell)
      slab.header.pointee.firstRow = (.max, 0)
    }
  }

  @inline(__always) private static func offset(of cell: Cell) -> UInt16 {
    UInt16(truncatingIfNeeded: UInt(bitPattern: cell))
  }

  /// The first cell of a slab that has a row.
  @inline(__always) private static func firstCell(of slab: Slab) -> Cell {
    (UnsafeMutableRawPointer(slab.header) + Int(slab.header.pointee.firstRow.offset)).assumingMemoryBound(
      to: MGCell.self)
  }

  /// The rows of cells.
  struct Rows {
    fileprivate let arena: UnsafeMutablePointer<Arena>

    @inline(__always) func contains(_ cell: Cell) -> Bool {
      let header = Slab(of: cell).header
      // Headers of other threads' slabs may change at any time, except for the arena.
      return header.pointee.arena == arena && FunctionTape.offset(of: cell) >= header.pointee.firstRow.offset
    }

    /// Whether another thread computed the value: what it owes to the inputs is not on this tape.
    func isForeign(_ value: Value) -> Bool {
      value.withCell { !$0.isLeaf && Slab(of: $0).header.pointee.arena != arena }
    }

    /// The row of a cell; nil if it has none.
    @inline(__always) subscript(cell: Cell) -> Int? {
      guard contains(cell) else { return nil }
      return Int(Slab(of: cell).header.pointee.firstRow.row) &+ (cell - FunctionTape.firstCell(of: Slab(of: cell)))
    }
  }

  var rows: Rows { Rows(arena: arena) }

  /// The rows of the inputs.
  var inputRows: [Int] { inputs.map { $0.withCell { rows[$0].unsafelyUnwrapped } } }

  /// The end of what was recorded into a slab of computed cells.
  private func end(of slab: Slab) -> Cell {
    slab == arena.pointee.current ? mg_tape().pointee.next.unsafelyUnwrapped : slab.end
  }

  /// Calls `body` with all computed cells that have a row, each after its operands.
  @inline(__always) func forEach(_ body: (_ row: Int, _ cell: Cell) -> Void) {
    var row = 0, next: Slab? = oldest
    while let slab = next {
      var cell = FunctionTape.firstCell(of: slab)
      let end = end(of: slab)
      while cell < end {
        body(row, cell)
        cell += 1
        row &+= 1
      }
      next = slab.header.pointee.newer
    }
  }

  /// Calls `body` with all computed cells that have a row, each before its operands.
  @inline(__always) func forEachReversed(_ body: (_ row: Int, _ cell: Cell) -> Void) {
    var row = computedCount, next = arena.pointee.newest
    while let slab = next {
      let first = FunctionTape.firstCell(of: slab)
      var cell = end(of: slab)
      while cell > first {
        cell -= 1
        row &-= 1
        body(row, cell)
      }
      next = slab == oldest ? nil : slab.header.pointee.older
    }
  }
}

extension [Value] {
  /// Calls `body` with the cell of each value, without counting references.
  @inline(__always) fileprivate func forEachCell(_ body: (Cell) -> Void) {
    withUnsafeBytes { for operand in $0.assumingMemoryBound(to: DotProduct.Operand.self) { body(operand.cell) } }
  }
}

// MARK: - One sweep

/// Adds to the gradients of the tape's cells, and to no others.
private struct TapeSum: Receiver {
  let rows: FunctionTape.Rows

  @inline(__always) func add(_ part: Double, to operand: Cell) {
    if rows.contains(operand) { operand.pointee.grad += part }
  }
}

extension FunctionTape {
  /// Derivatives with respect to the inputs, by one sweep. Meanwhile the sums are in the cells' `grad`, which is 0 before and
  /// afterwards.
  ///
  /// Returns nil if the function left gradients there, or if another thread computed a result.
  ///
  /// - Parameter seed: Calls its argument with each result of the function and the adjoint that it begins with.
  func derivatives(_ seed: ((Value, Double) -> Void) -> Void) -> [Double]? {
    var isOwn = isUntouched
    seed { output, _ in if rows.isForeign(output) { isOwn = false } }
    if !isOwn { return nil }
    seed { output, adjoint in output.withCell { TapeSum(rows: rows).add(adjoint, to: $0) } }
    sweep(TapeSum(rows: rows))
    return [Double](unsafeUninitializedCapacity: inputs.count) { derivatives, count in
      inputs.forEachCell { cell in
        derivatives.initializeElement(at: count, to: cell.pointee.grad)
        count += 1
      }
      forEachLeaf { $0.pointee.grad = 0 }
    }
  }

  private func sweep(_ receiver: TapeSum) {
    forEachReversed { _, cell in
      let adjoint = cell.pointee.grad
      if adjoint != 0 {
        cell.pointee.grad = 0
        Step(cell, adjoint, receiver).take()
      }
    }
  }
}
