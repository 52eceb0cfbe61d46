import CMicrogradNode
import MicrogradRequirement

/// The product of a matrix with a vector: dot products that lie one behind the other and share what they hold of the vector, whose
/// numbers are read once for all of them. Unless a weight is there twice, all results are those of dot products one by one, to the
/// last bit, wherever in memory they lie: sums are added up in the same order.
@usableFromInline enum MatrixProduct {
  /// Records the dot product of each row with the vector.
  @usableFromInline @inline(never)
  static func record(_ rows: [[Value]], _ vector: [Value]) -> [Value] {
    let arena = Arena.mine
    guard arena.pointee.diagnosis == nil, !vector.isEmpty, let x = DotSide<DotProduct.Operand>(vector),
      UnsafeBufferPointer(start: x.elements, count: vector.count).allSatisfy({
        $0.foreignness(to: arena.pointee.id) == 0
      }), let range = increasingRange(of: x, vector.count)
    else { return rows.map { DotProduct.record($0, vector, bias: nil) } }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: vector.count) { numbers in
      for index in 0..<vector.count { numbers[index] = x.elements[index].number }
      return record(rows, vector, x, UnsafeBufferPointer(numbers), range)
    }
  }

  /// The cells from the first of a vector to the last, if each lies behind the one before, so that none is there twice.
  private static func increasingRange(
    of vector: DotSide<DotProduct.Operand>, _ count: Int
  ) -> ClosedRange<Cell>? {
    for index in 1..<count where vector.elements[index].cell <= vector.elements[index - 1].cell { return nil }
    return vector.elements[0].cell...vector.elements[count - 1].cell
  }

  /// Whether a row has an element that may be one of the vector's: the sweep keeps the gradients of these aside.
  @inline(__always) private static func overlaps(
    _ row: DotSide<DotProduct.Operand>, _ count: Int, _ range: ClosedRange<Cell>
  ) -> Bool {
    var isInside = false
    for index in 0..<count { isInside = isInside || range.contains(row.elements[index].cell) }
    return isInside
  }

  private static func record(
    _ rows: [[Value]], _ vector: [Value], _ inputs: DotSide<DotProduct.Operand>,
    _ numbers: UnsafeBufferPointer<Double>,
    _ range: ClosedRange<Cell>
  ) -> [Value] {
    var payload: Cell?
    return rows.map { row in
      DotProduct.requireOneLength(row.count, numbers.count)
      guard let weights = DotSide<DotProduct.Operand>(row), let first = numbers.baseAddress else {
        stop("an array is laid out as no other was")
      }
      if overlaps(weights, numbers.count, range) {
        payload = nil
        return DotProduct.record(row, vector, bias: nil)
      }
      let cell = nextCell(sharing: &payload, weights, inputs, numbers.count)
      return DotProduct.record(weights, first, numbers.count, nil, in: cell.dot, cell.payload)
    }
  }

  /// The cell for the next product, and the payload that it shares with those before in the same slab.
  @inline(__always) private static func nextCell(
    sharing payload: inout Cell?, _ weights: DotSide<DotProduct.Operand>, _ inputs: DotSide<DotProduct.Operand>,
    _ count: Int
  ) -> (dot: Cell, payload: Cell) {
    if let payload, mg_tape().pointee.next != mg_tape().pointee.end { return (DotProduct.nextCells(1), payload) }
    let new = DotProduct.nextCells(2)
    DotPayload.fill(new, weights, inputs, count, isOfMatrix: true, arena: mg_tape().pointee.id)
    payload = new
    return (new + 1, new)
  }

  // MARK: Sweeping

  /// Hands on the gradients of a dot product, and of those that were recorded together with it before. Returns the first of them.
  @inline(__always) static func handOnRows(upTo last: Cell) -> Cell {
    if _fastPath(DotPayload(of: last).isAfterRowOfSameMatrix) { return handOnMatrix(upTo: last) }
    DotProduct.handOn(last.pointee.grad, of: last) { $0.pointee.grad += $1 }
    return last
  }

  /// The vector's gradients are added up aside, and then written back.
  private static func handOnMatrix(upTo last: Cell) -> Cell {
    let vector = DotPayload(of: last).inputs.values
    return withUnsafeTemporaryAllocation(of: Column.self, capacity: vector.count) { columns in
      for index in 0..<vector.count {
        columns[index] = Column(number: vector[index].number, sum: vector[index].cell.pointee.grad)
      }
      let first = handOnRows(upTo: last, columns)
      for index in 0..<vector.count { vector[index].cell.pointee.grad = columns[index].sum }
      return first
    }
  }

  /// A number of the vector, and its gradient so far.
  private struct Column {
    let number: Double
    var sum: Double
  }

  /// Goes through rows whose gradient is not 0 two by two, so that a column is read half as often.
  private static func handOnRows(upTo last: Cell, _ columns: UnsafeMutableBufferPointer<Column>) -> Cell {
    var row = last, waiting: Cell?
    while true {
      if row.pointee.grad != 0 {
        if let other = waiting {
          handOn(other, row, columns)
          waiting = nil
        } else {
          waiting = row
        }
      }
      if !DotPayload(of: row).isAfterRowOfSameMatrix { break }
      row -= 1
    }
    if let waiting { handOn(waiting, columns) }
    return row
  }

  @inline(__always) private static func handOn(
    _ first: Cell, _ second: Cell, _ columns: UnsafeMutableBufferPointer<Column>
  ) {
    let d = first.pointee.grad, e = second.pointee.grad
    let v = DotPayload(of: first).weights.values, w = DotPayload(of: second).weights.values
    for index in 0..<columns.count {
      let column = columns[index], a = v[index].cell, b = w[index].cell
      let sum = column.sum + d * a.pointee.data + e * b.pointee.data
      a.pointee.grad += d * column.number
      b.pointee.grad += e * column.number
      columns[index].sum = sum
    }
  }

  @inline(__always) private static func handOn(_ row: Cell, _ columns: UnsafeMutableBufferPointer<Column>) {
    let d = row.pointee.grad, w = DotPayload(of: row).weights.values
    for index in 0..<columns.count {
      columns[index].sum += d * w[index].number
      w[index].cell.pointee.grad += d * columns[index].number
    }
  }
}
