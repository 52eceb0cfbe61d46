import CMicrogradNode
import MicrogradRequirement

/// `bias + Σ wᵢ·xᵢ` as one or two cells: the result, whose left operand is the bias, and before it a payload, which products
/// with the same inputs share. They hold the buffers of the two lists and their length (`DotPayload`) instead of 2n operands,
/// which makes a neuron two cells instead of 2n, and its backward sweep a loop over consecutive memory.
@usableFromInline enum DotProduct {
  // MARK: Recording

  /// Records the dot product, or its products and sums if arrays are not laid out as expected. So do the other three.
  @usableFromInline @inline(never)
  static func record(_ weights: [Value], _ inputs: [Value], bias: Value?) -> Value {
    requireOneLength(weights.count, inputs.count)
    guard let w = DotSide<Operand>(weights), let x = DotSide<Operand>(inputs) else {
      return zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }
    return record(w, x, weights.count, bias, multiplying: x.elements)
  }

  @usableFromInline @inline(never)
  static func record(_ weights: ArraySlice<Value>, _ inputs: ArraySlice<Value>, bias: Value?) -> Value {
    requireOneLength(weights.count, inputs.count)
    guard let w = DotSide<Operand>(weights), let x = DotSide<Operand>(inputs) else {
      return zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }
    return record(w, x, weights.count, bias, multiplying: x.elements)
  }

  @usableFromInline @inline(never)
  static func record(_ weights: ArraySlice<Double>, _ inputs: ArraySlice<Value>, bias: Value?) -> Value {
    requireOneLength(weights.count, inputs.count)
    guard let w = DotSide<Double>(weights), let x = DotSide<Operand>(inputs) else {
      return zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }
    return record(w, x, weights.count, bias, multiplying: x.elements)
  }

  @usableFromInline @inline(never)
  static func record(_ weights: ArraySlice<Value>, _ inputs: ArraySlice<Double>, bias: Value?) -> Value {
    requireOneLength(weights.count, inputs.count)
    guard let w = DotSide<Operand>(weights), let x = DotSide<Double>(inputs) else {
      return zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }
    return record(w, x, weights.count, bias, multiplying: x.elements)
  }

  /// Records the products of a matrix's rows with a vector, whose numbers are read once.
  @usableFromInline @inline(never)
  static func record(_ rows: [[Value]], _ vector: [Value]) -> [Value] {
    let arena = Arena.mine
    guard arena.pointee.diagnosis == nil, let x = DotSide<Operand>(vector),
      UnsafeBufferPointer(start: x.elements, count: vector.count).allSatisfy({
        $0.foreignness(to: arena.pointee.id) == 0
      })
    else { return rows.map { record($0, vector, bias: nil) } }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: vector.count) { numbers in
      for index in 0..<vector.count { numbers[index] = x.elements[index].number }
      return rows.map { row in
        requireOneLength(row.count, vector.count)
        guard let w = DotSide<Operand>(row), let numbers = numbers.baseAddress else {
          return record(row, vector, bias: nil)
        }
        return record(w, x, row.count, nil, multiplying: UnsafePointer(numbers))
      }
    }
  }

  @inline(__always) private static func requireOneLength(_ weights: Int, _ inputs: Int) {
    require(
      weights == inputs, "a dot product of \(weights) and \(inputs) values: both lists must be of one length")
  }

  /// - Parameter numbers: The inputs, or their numbers, which are then operands of this thread.
  @inline(__always) private static func record<W, X, N: DotElement>(
    _ weights: DotSide<W>, _ inputs: DotSide<X>, _ count: Int, _ bias: Value?, multiplying numbers: UnsafePointer<N>
  ) -> Value {
    let cell: Cell, payload: Cell
    if let shared = DotPayload.shared(weights, inputs, count) {
      payload = shared
      cell = nextCells(1)
      DotPayload.share(payload)
    } else {
      payload = nextCells(2)
      cell = payload + 1
      DotPayload.fill(payload, weights, inputs, count, arena: mg_tape().pointee.id)
    }
    let id = mg_tape().pointee.id
    let left = bias.map { mg_keep($0.node) } ?? cell
    let (sum, foreign) = sum(weights.elements, numbers, count, id)
    weights.retain()
    cell.initialize(
      to: MGCell(
        data: (bias?.data ?? 0) + sum, grad: 0, left: left, addend: DotPayload.asCell(weights.owner), count: 1,
        operation: Operation.dot.rawValue, flags: CellFlag.holdsArrays, arena: id, right: payload))
    if _slowPath(foreign | (left.pointee.arena ^ id) != 0) { takeOver(values(of: cell), for: cell) }
    // True of every dot product that is recorded while a diagnosis is under way, and of one per slab otherwise.
    if _slowPath(mg_tape().pointee.next == mg_tape().pointee.end) { didRecord(cell) }
    return Value(adopting: cell)
  }

  @inline(never) private static func didRecord(_ cell: Cell) {
    guard let diagnosis = Arena.mine.pointee.diagnosis else { return }
    diagnosis.didRecord(cell, .dot, cell.operands, cell.pointee.data)
  }

  /// Cells that lie beside each other in one slab.
  @inline(__always) private static func nextCells(_ count: Int) -> Cell {
    let tape = mg_tape()
    if let next = tape.pointee.next, let end = tape.pointee.end, end - next >= count {
      tape.pointee.next = next + count
      return next
    }
    return Arena.reserveCells(count, of: Arena.mine)
  }

  /// Σ wᵢ·xᵢ in two sums, for two chains of additions at a time, and bits that are not 0 if any operand is not of
  /// thread `id`: one walk over the cells for both.
  @inline(__always) private static func sum<W: DotElement, X: DotElement>(
    _ weights: UnsafePointer<W>, _ inputs: UnsafePointer<X>, _ count: Int, _ id: UInt16
  ) -> (sum: Double, foreign: UInt16) {
    var sums = (even: 0.0, odd: 0.0), foreign: UInt16 = 0, i = 0
    func product(_ i: Int) -> Double {
      let w = weights[i], x = inputs[i]
      foreign |= w.foreignness(to: id) | x.foreignness(to: id)
      return w.number * x.number
    }
    while i &+ 1 < count {
      sums.even += product(i)
      sums.odd += product(i &+ 1)
      i &+= 2
    }
    if i < count { sums.even += product(i) }
    return (sums.even + sums.odd, foreign)
  }

  // MARK: Sweeping

  /// Calls `add` with the part of the gradient that goes to the bias, to each weight and to each input that is a value.
  @inline(__always)
  static func handOn(_ gradient: Double, of cell: Cell, _ add: (Cell, Double) -> Void) {
    if cell.pointee.left != cell { add(cell.pointee.left, gradient) }
    let payload = DotPayload(of: cell), weights = payload.weights, inputs = payload.inputs
    if _fastPath(!payload.holdsNumbers) {
      handOn(gradient, weights.values, inputs.values, add)
    } else if weights.holdsNumbers {
      handOn(gradient, weights.numbers, inputs.values, add)
    } else {
      handOn(gradient, weights.values, inputs.numbers, add)
    }
  }

  @inline(__always) private static func handOn<W: DotElement, X: DotElement>(
    _ gradient: Double, _ weights: UnsafeBufferPointer<W>, _ inputs: UnsafeBufferPointer<X>,
    _ add: (Cell, Double) -> Void
  ) {
    var i = 0
    while i < weights.count {
      let weight = weights[i], input = inputs[i]
      let weightNumber = weight.number, inputNumber = input.number
      weight.receive(gradient * inputNumber, add)
      input.receive(gradient * weightNumber, add)
      i &+= 1
    }
  }

  // MARK: Looking

  /// The operands in pairs, for those who look at the graph: numbers become leaves now.
  static func operands(
    of cell: Cell
  ) -> (weights: UnsafeBufferPointer<Operand>, inputs: UnsafeBufferPointer<Operand>) {
    if DotPayload(of: cell).holdsNumbers { DotPayload.replaceNumbersByLeaves(in: cell) }
    let payload = DotPayload(of: cell)
    return (payload.weights.values, payload.inputs.values)
  }

  /// The operands that are values, in no particular order. Numbers stay numbers.
  static func values(of cell: Cell) -> [Cell] {
    let payload = DotPayload(of: cell)
    var values = cell.pointee.left != cell ? [cell.pointee.left] : []
    for list in [payload.weights, payload.inputs] where !list.holdsNumbers { values += list.values.map { $0.cell } }
    return values
  }
}
