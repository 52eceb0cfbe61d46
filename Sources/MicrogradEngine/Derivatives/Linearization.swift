import CMicrogradNode

/// A function's local derivatives at a point, as a list: the rules are read once, and then any number of tangents or adjoints
/// are taken through the list, several at a time.
///
/// The derivative of a row with respect to an operand's row is an *edge*. Edges to what does not depend on the inputs are left
/// out, and so are those where an operation lets nothing through. `free` gives the memory back.
struct Linearization {
  struct Edge: BitwiseCopyable {
    let row: Int32
    let partial: Double
  }

  /// Edges in memory of their own: `Array` looks at every append whether somebody shares it.
  struct EdgeList {
    private var memory = UnsafeMutablePointer<Edge>.allocate(capacity: 256)
    private var capacity = 256
    private(set) var count = 0

    @inline(__always) subscript(index: Int) -> Edge { memory[index] }

    @inline(__always) mutating func append(_ edge: Edge) {
      if _slowPath(count == capacity) { grow() }
      (memory + count).initialize(to: edge)
      count &+= 1
    }

    mutating func removeLast(_ count: Int) { self.count &-= count }

    @inline(never) private mutating func grow() {
      let larger = UnsafeMutablePointer<Edge>.allocate(capacity: 2 * capacity)
      larger.update(from: memory, count: count)
      memory.deallocate()
      memory = larger
      capacity *= 2
    }

    func free() { memory.deallocate() }
  }

  /// The number of rows of computed cells, and of all.
  let computedCount: Int, count: Int
  private(set) var edges = EdgeList()
  /// The edges of row i are `edges[starts[i]..<starts[i + 1]]`.
  let starts: UnsafeMutablePointer<Int32>

  init(_ tape: borrowing FunctionTape) {
    computedCount = tape.computedCount
    count = tape.count
    starts = .allocate(capacity: computedCount + 1)
    starts[0] = 0
    withUnsafeMutablePointer(to: &edges) { edges in
      var reader = PartialsReader(
        rows: tape.rows, inputs: computedCount..<(tape.inputRows.last ?? computedCount - 1) + 1, starts: starts,
        edges: edges)
      tape.forEach { row, cell in
        // Dead cells, and the payload of a dot product, which has no count either, hold no operands.
        if cell.pointee.count != 0 { reader.read(cell) }
        starts[row + 1] = Int32(edges.pointee.count)
      }
    }
  }

  func free() {
    starts.deallocate()
    edges.free()
  }
}

/// Appends the edges of cells, which are the parts of an adjoint of 1.
private struct PartialsReader {
  let rows: FunctionTape.Rows
  /// The rows from the first to the last input; behind them are other leaves.
  let inputs: Range<Int>
  let starts: UnsafeMutablePointer<Int32>
  let edges: UnsafeMutablePointer<Linearization.EdgeList>

  mutating func read(_ cell: Cell) {
    let start = edges.pointee.count
    var parts = PartList()
    withUnsafeMutablePointer(to: &parts) { parts in
      let receiver = EdgeReceiver(reader: self, parts: parts)
      Step(cell, 1, receiver).take()
      // A part of 0 is a product with a derivative of 0, or a gradient that is stopped: only the latter is 0 for NaN too.
      guard parts.pointee.hasZero, cell.operation != .dot else { return }
      edges.pointee.removeLast(edges.pointee.count - start)
      parts.pointee.count = 0
      Step(cell, .nan, StopReceiver(parts: parts)).take()
      parts.pointee.count = 0
      Step(cell, 1, receiver).take()
    }
  }

  @inline(__always) func dependsOnInputs(_ row: Int) -> Bool {
    row < inputs.lowerBound ? starts[row + 1] != starts[row] : row < inputs.upperBound
  }
}

/// The parts that a cell has handed on so far.
private struct PartList {
  var count = 0
  var hasZero = false
  /// A bit for each part that is stopped.
  var stopped: UInt = 0
}

private struct EdgeReceiver: Receiver {
  let reader: PartialsReader
  let parts: UnsafeMutablePointer<PartList>

  @inline(__always) func add(_ part: Double, to operand: Cell) {
    let isStopped = parts.pointee.stopped >> UInt(parts.pointee.count) & 1 != 0
    parts.pointee.count &+= 1
    guard !isStopped, let row = reader.rows[operand], reader.dependsOnInputs(row) else { return }
    if part == 0 { parts.pointee.hasZero = true }
    reader.edges.pointee.append(.init(row: Int32(row), partial: part))
  }
}

private struct StopReceiver: Receiver {
  let parts: UnsafeMutablePointer<PartList>

  @inline(__always) func add(_ part: Double, to operand: Cell) {
    if part == 0 { parts.pointee.stopped |= 1 << UInt(parts.pointee.count) }
    parts.pointee.count &+= 1
  }
}

// MARK: - Products with the Jacobian

extension Linearization {
  /// Forward mode: the tangents of all rows, given those of the inputs.
  @inline(__always)
  func push<Lanes: SIMD<Double>>(_ tangents: UnsafeMutablePointer<Lanes>) {
    for row in 0..<computedCount {
      var sum = Lanes()
      for index in Int(starts[row])..<Int(starts[row + 1]) {
        let edge = edges[index]
        sum += tangents[Int(edge.row)] * edge.partial
      }
      tangents[row] = sum
    }
  }

  /// Reverse mode: adds to the adjoints of all rows, given those of the outputs, the newest of which is `newest`.
  ///
  /// Lane by lane, it computes what a single pass does: an adjoint of 0 hands nothing on.
  @inline(__always)
  func pull<Lanes: SIMD<Double>>(_ adjoints: UnsafeMutablePointer<Lanes>, from newest: Int) {
    var row = newest
    while row >= 0 {
      if !Linearization.isZero(adjoints + row) {
        let adjoint = adjoints[row]
        for index in Int(starts[row])..<Int(starts[row + 1]) {
          let edge = edges[index], operand = adjoints + Int(edge.row)
          if _fastPath(edge.partial.isFinite) {
            operand.pointee += adjoint * edge.partial
          } else {
            Linearization.add(adjoint, timesInfinite: edge.partial, to: operand)
          }
        }
      }
      row &-= 1
    }
  }

  /// Whether all lanes are 0. By their bits, which takes a few instructions; a comparison of vectors takes a call for each lane.
  @inline(__always) private static func isZero<Lanes: SIMD<Double>>(_ lanes: UnsafeMutablePointer<Lanes>) -> Bool {
    let numbers = UnsafeRawPointer(lanes).assumingMemoryBound(to: Double.self)
    var bits: UInt64 = 0
    for lane in 0..<Lanes.scalarCount { bits |= numbers[lane].bitPattern }
    return bits &<< 1 == 0
  }

  /// Leaves lanes of 0 out.
  @inline(never) private static func add<Lanes: SIMD<Double>>(
    _ adjoint: Lanes, timesInfinite partial: Double, to sum: UnsafeMutablePointer<Lanes>
  ) {
    for lane in adjoint.indices where adjoint[lane] != 0 { sum.pointee[lane] += adjoint[lane] * partial }
  }
}
