import CMicrogradNode

/// What this thread recorded while a function was evaluated: the function's inputs, which are leaves, and the computed cells
/// since a mark, in order. All that the function's results owe to its inputs is there, so derivatives need not look farther.
///
/// Each cell of it has a *row*, its index in arrays that algorithms keep beside the cells: computed cells in the order of recording,
/// so that each comes after its operands, then the inputs. Nothing is written to cells; what the function captured, older cells and
/// leaves, has no row.
struct FunctionTape {
  private let arena = Arena.mine
  private let oldest: Slab
  private let inputs: [Value]
  /// The number of rows of computed cells.
  private(set) var computedCount = 0
  /// The number of all rows.
  private(set) var count = 0

  /// A moment. As long as it is kept, what is recorded later lies behind it in memory.
  struct Mark {
    /// A computed value, whose slab can neither be filled anew nor recycled while it is alive.
    fileprivate let value: Value

    /// - Parameter inputs: What was recorded just now.
    init(after inputs: [Value]) { value = Value.record(.negate, inputs.first ?? 0) }
  }

  /// Gives rows to the cells that were recorded since `mark`, until `close()`. Nothing must be recorded meanwhile.
  ///
  /// Returns nil if some of them have operands that another thread computed: an `await` moved the task in the middle of the
  /// graph, or the function let another thread compute.
  init?(since mark: Mark, inputs: [Value]) {
    let cell = mark.value.withCell { $0 }
    oldest = Slab(of: cell)
    self.inputs = inputs
    var next: Slab? = oldest, first = cell + 1
    while let slab = next {
      if slab.header.pointee.isCrossed {
        close()
        return nil
      }
      giveRows(to: slab, from: first)
      count += end(of: slab) - first
      next = slab.header.pointee.newer
      if let next { first = next.first }
    }
    computedCount = count
    var last: Slab?
    for input in inputs { input.withCell { giveRow(toInput: $0, &last) } }
  }

  private func giveRows(to slab: Slab, from first: Cell) {
    slab.header.pointee.firstRow = first
    slab.header.pointee.row = Int32(count)
  }

  /// Inputs were recorded one after the other, so most lie in the slab of the one before.
  private mutating func giveRow(toInput cell: Cell, _ last: inout Slab?) {
    let slab = Slab(of: cell)
    if last != slab {
      // Other leaves behind the last input of a slab have rows of their own, before those of the next slab.
      if let last {
        count = Int(last.header.pointee.row) + (last.end - last.header.pointee.firstRow.unsafelyUnwrapped)
      }
      giveRows(to: slab, from: cell)
      last = slab
    }
    count = Int(slab.header.pointee.row) + (cell - slab.header.pointee.firstRow.unsafelyUnwrapped) + 1
  }

  /// Takes the rows away.
  func close() {
    var next: Slab? = oldest
    while let slab = next {
      slab.header.pointee.firstRow = slab.end
      next = slab.header.pointee.newer
    }
    for input in inputs {
      let slab = input.withCell { Slab(of: $0) }
      slab.header.pointee.firstRow = slab.end
    }
  }

  /// The rows of cells.
  struct Rows {
    fileprivate let arena: UnsafeMutablePointer<Arena>
    let count: Int

    /// The row of a cell; nil if it has none.
    @inline(__always) subscript(cell: Cell) -> Int? {
      let header = Slab(of: cell).header
      // Headers of other threads' slabs may change at any time, except for the arena.
      guard header.pointee.arena == arena, cell >= header.pointee.firstRow.unsafelyUnwrapped else { return nil }
      let row = Int(header.pointee.row) &+ (cell - header.pointee.firstRow.unsafelyUnwrapped)
      return row < count ? row : nil
    }
  }

  var rows: Rows { Rows(arena: arena, count: count) }

  /// The end of what was recorded into a slab.
  private func end(of slab: Slab) -> Cell {
    slab == arena.pointee.current ? mg_tape().pointee.next.unsafelyUnwrapped : slab.end
  }

  /// Calls `body` with all computed cells that have a row, each after its operands.
  @inline(__always) func forEach(_ body: (_ row: Int, _ cell: Cell) -> Void) {
    var row = 0, next: Slab? = oldest
    while let slab = next {
      var cell = slab.header.pointee.firstRow.unsafelyUnwrapped
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
      let first = slab.header.pointee.firstRow.unsafelyUnwrapped
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

/// Adds the parts of adjoints up in an array of rows.
private struct RowSum: Receiver {
  let rows: FunctionTape.Rows
  let sums: UnsafeMutablePointer<Double>

  @inline(__always) func add(_ part: Double, to operand: Cell) {
    if let row = rows[operand] { sums[row] += part }
  }
}

extension FunctionTape {
  /// Derivatives with respect to the inputs, by one sweep.
  ///
  /// - Parameter seed: Calls its argument with each result of the function and the adjoint that it begins with.
  func derivatives(_ seed: ((Value, Double) -> Void) -> Void) -> [Double] {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { memory in
      memory.initialize(repeating: 0)
      let receiver = RowSum(rows: rows, sums: memory.baseAddress.unsafelyUnwrapped)
      seed { output, adjoint in output.withCell { receiver.add(adjoint, to: $0) } }
      forEachReversed { row, cell in
        let adjoint = receiver.sums[row]
        if adjoint != 0 { Step(cell, adjoint, receiver).take() }
      }
      return inputs.map { $0.withCell { memory[receiver.rows[$0].unsafelyUnwrapped] } }
    }
  }
}
