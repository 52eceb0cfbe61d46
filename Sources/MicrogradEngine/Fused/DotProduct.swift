import CMicrogradNode
import MicrogradRequirement

/// `bias + Σ wᵢ·xᵢ` as two cells: the result, whose left operand is the bias, and beside it a payload with the
/// buffers of the two arrays and their length. It holds the buffers instead of 2n operands, which makes a neuron
/// two cells instead of 2n, and its backward sweep a loop over consecutive memory.
@usableFromInline enum DotProduct {
  /// An array's element as the sweeps read it, without counting references. Laid out like `Value`.
  struct Operand {
    let cell: Cell
    let padding: UInt8
  }

  /// An array's elements start this far into its buffer object. `buffer(of:)` checks it.
  private static var headerSize: Int { 32 }

  /// Records the dot product, or its products and sums if arrays are not laid out as expected.
  @usableFromInline @inline(never)
  static func record(_ weights: [Value], _ inputs: [Value], bias: Value?) -> Value {
    require(
      weights.count == inputs.count,
      "a dot product of \(weights.count) and \(inputs.count) values: both lists must be of one length")
    guard let w = buffer(of: weights), let x = buffer(of: inputs) else {
      return zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }
    let cell = nextTwoCells(), payload = cell + 1
    let id = mg_tape().pointee.id
    let left = bias.map { mg_keep($0.node) } ?? cell
    let (sum, foreign) = sum(elements(w, weights.count), elements(x, inputs.count), id)
    cell.initialize(
      to: MGCell(
        data: (bias?.data ?? 0) + sum, grad: 0, left: left, right: payload, count: 1,
        operation: Operation.dot.rawValue, flags: CellFlag.holdsArrays, arena: id))
    payload.initialize(
      to: MGCell(
        data: Double(bitPattern: UInt64(weights.count)), grad: 0, left: retain(w), right: retain(x), count: 0,
        operation: Operation.leaf.rawValue, flags: 0, arena: id))
    if _slowPath(foreign | (left.pointee.arena ^ id) != 0) { takeOver(cell.valueOperands, for: cell) }
    // True of every dot product that is recorded while a diagnosis is under way, and of one per slab otherwise.
    if _slowPath(mg_tape().pointee.next == mg_tape().pointee.end) { didRecord(cell) }
    return Value(adopting: cell)
  }

  @inline(never) private static func didRecord(_ cell: Cell) {
    Arena.mine.pointee.diagnosis?.didRecord(cell, .dot, cell.operands, cell.pointee.data)
  }

  /// Two cells that lie beside each other in one slab.
  @inline(__always) private static func nextTwoCells() -> Cell {
    let tape = mg_tape()
    if let next = tape.pointee.next, let end = tape.pointee.end, end - next >= 2 {
      tape.pointee.next = next + 2
      return next
    }
    return Arena.reserveCells(2, of: Arena.mine)
  }

  /// Σ wᵢ·xᵢ in two sums, for two chains of additions at a time, and bits that are not 0 if any operand is not of
  /// thread `id`: one walk over the cells for both.
  @inline(__always) private static func sum(
    _ weights: UnsafeBufferPointer<Operand>, _ inputs: UnsafeBufferPointer<Operand>, _ id: UInt16
  ) -> (sum: Double, foreign: UInt16) {
    var sums = (even: 0.0, odd: 0.0), foreign: UInt16 = 0, i = 0
    func product(_ i: Int) -> Double {
      let w = weights[i].cell, x = inputs[i].cell
      foreign |= (w.pointee.arena ^ id) | (x.pointee.arena ^ id)
      return w.pointee.data * x.pointee.data
    }
    while i &+ 1 < weights.count {
      sums.even += product(i)
      sums.odd += product(i &+ 1)
      i &+= 2
    }
    if i < weights.count { sums.even += product(i) }
    return (sums.even + sums.odd, foreign)
  }

  /// Calls `add` with the part of the gradient that goes to the bias, to each weight and to each input.
  @inline(__always)
  static func handOn(_ gradient: Double, of cell: Cell, _ add: (Cell, Double) -> Void) {
    if cell.pointee.left != cell { add(cell.pointee.left, gradient) }
    let (weights, inputs) = operands(of: cell)
    var i = 0
    while i < weights.count {
      let weight = weights[i].cell, input = inputs[i].cell
      let weightData = weight.pointee.data, inputData = input.pointee.data
      add(weight, gradient * inputData)
      add(input, gradient * weightData)
      i &+= 1
    }
  }

  // MARK: The arrays

  static func operands(
    of cell: Cell
  ) -> (weights: UnsafeBufferPointer<Operand>, inputs: UnsafeBufferPointer<Operand>) {
    let payload = (cell + 1).pointee, count = Int(truncatingIfNeeded: payload.data.bitPattern)
    return (elements(payload.left, count), elements(payload.right, count))
  }

  static func releaseOperands(of cell: Cell) {
    let payload = (cell + 1).pointee
    Unmanaged<AnyObject>.fromOpaque(payload.left).release()
    Unmanaged<AnyObject>.fromOpaque(payload.right).release()
  }

  private static func retain(_ buffer: UnsafeMutableRawPointer) -> Cell {
    _ = Unmanaged<AnyObject>.fromOpaque(buffer).retain()
    return buffer.assumingMemoryBound(to: MGCell.self)
  }

  private static func elements(_ buffer: UnsafeMutableRawPointer, _ count: Int) -> UnsafeBufferPointer<Operand> {
    UnsafeBufferPointer(
      start: UnsafePointer((buffer + headerSize).assumingMemoryBound(to: Operand.self)), count: count)
  }

  /// The buffer object of an array. While somebody holds a reference to it, the array copies before it changes.
  /// Returns nil if the elements do not lie where this file expects them.
  private static func buffer(of array: [Value]) -> UnsafeMutableRawPointer? {
    guard MemoryLayout<[Value]>.size == MemoryLayout<UnsafeMutableRawPointer>.size else { return nil }
    let buffer = unsafeBitCast(array, to: UnsafeMutableRawPointer.self)
    return array.withUnsafeBufferPointer {
      $0.isEmpty || UnsafeRawPointer($0.baseAddress) == UnsafeRawPointer(buffer + headerSize) ? buffer : nil
    }
  }
}
