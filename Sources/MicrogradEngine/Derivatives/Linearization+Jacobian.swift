extension Linearization {
  /// The Jacobian of the outputs at some rows, nil for constants, with respect to the inputs: a row for each output, one after
  /// the other. Forward mode where there are fewer inputs than outputs, otherwise reverse mode, up to eight lanes at a time.
  ///
  /// Forward mode multiplies tangents of 0 by infinite derivatives. Where one of its results is not finite, those of reverse mode
  /// are given, so that both have the same conventions.
  func jacobian(of outputs: [Int?], by inputs: [Int]) -> [Double] {
    if inputs.count < outputs.count {
      let matrix = forwardJacobian(of: outputs, by: inputs)
      if matrix.allSatisfy({ $0.isFinite }) { return matrix }
    }
    return reverseJacobian(of: outputs, by: inputs)
  }

  func forwardJacobian(of outputs: [Int?], by inputs: [Int]) -> [Double] {
    let columns = inputs.count
    var table = LaneTable(rows: count, lanes: inputs.count)
    return matrix(of: outputs.count, by: columns) { matrix in
      LaneTable.forEachBatch(of: columns) { batch in
        table.begin(batch)
        table.clear(computedCount..<count)
        for column in batch { table[inputs[column]][column - batch.lowerBound] = 1 }
        push(table)
        for (i, row) in outputs.enumerated() {
          guard let row else { continue }
          for column in batch { matrix[i * columns + column] = table[row][column - batch.lowerBound] }
        }
      }
    }
  }

  func reverseJacobian(of outputs: [Int?], by inputs: [Int]) -> [Double] {
    let columns = inputs.count
    var table = LaneTable(rows: count, lanes: outputs.count)
    return matrix(of: outputs.count, by: columns) { matrix in
      LaneTable.forEachBatch(of: outputs.count) { batch in
        table.begin(batch)
        let newest = outputs[batch].lazy.compactMap { $0 }.filter { $0 < computedCount }.max() ?? -1
        table.clear(0..<newest + 1)
        table.clear(computedCount..<count)
        for i in batch { if let row = outputs[i] { table[row][i - batch.lowerBound] = 1 } }
        pull(table, from: newest)
        for (column, row) in inputs.enumerated() {
          for i in batch { matrix[i * columns + column] = table[row][i - batch.lowerBound] }
        }
      }
    }
  }

  /// The derivatives of the outputs in the direction `vector`: a Jacobian-vector product, by one pass of forward mode.
  func forwardProduct(of outputs: [Int?], by inputs: [Int], _ vector: [Double]) -> [Double] {
    var table = LaneTable(rows: count, lanes: 1)
    table.begin(0..<1)
    table.clear(computedCount..<count)
    for (row, number) in zip(inputs, vector) { table[row][0] = number }
    push(table)
    return outputs.map { $0.map { table[$0][0] } ?? 0 }
  }

  private func matrix(
    of rows: Int, by columns: Int, _ fill: (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    var matrix = [Double](repeating: 0, count: rows * columns)
    matrix.withUnsafeMutableBufferPointer { fill($0) }
    return matrix
  }

  // MARK: Passes of the width of a table

  private func push(_ table: borrowing LaneTable) {
    switch table.width {
    case 8: push(table.lanes(SIMD8.self))
    case 4: push(table.lanes(SIMD4.self))
    default: push(table.lanes(SIMD2.self))
    }
  }

  private func pull(_ table: borrowing LaneTable, from newest: Int) {
    switch table.width {
    case 8: pull(table.lanes(SIMD8.self), from: newest)
    case 4: pull(table.lanes(SIMD4.self), from: newest)
    default: pull(table.lanes(SIMD2.self), from: newest)
    }
  }
}

/// Memory for 2, 4 or 8 numbers a row, one for each of several tangents or adjoints.
struct LaneTable: ~Copyable {
  private(set) var width: Int
  private let memory: UnsafeMutableRawPointer

  /// - Parameter lanes: The number of tangents or adjoints in all batches.
  init(rows: Int, lanes: Int) {
    width = LaneTable.width(for: lanes)
    memory = .allocate(byteCount: rows * width * MemoryLayout<Double>.stride, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// Cuts a number of lanes into batches.
  static func forEachBatch(of count: Int, _ body: (Range<Int>) -> Void) {
    var start = 0
    while start < count {
      let end = Swift.min(start + width(for: count - start), count)
      body(start..<end)
      start = end
    }
  }

  private static func width(for count: Int) -> Int { count > 4 ? 8 : count > 2 ? 4 : 2 }

  /// Changes the width to that of a batch; the numbers are lost.
  mutating func begin(_ batch: Range<Int>) { width = LaneTable.width(for: batch.count) }

  func clear(_ rows: Range<Int>) { self[rows.lowerBound].initialize(repeating: 0, count: rows.count * width) }

  func lanes<Lanes: SIMD<Double>>(_: Lanes.Type) -> UnsafeMutablePointer<Lanes> {
    memory.assumingMemoryBound(to: Lanes.self)
  }

  subscript(row: Int) -> UnsafeMutablePointer<Double> { memory.assumingMemoryBound(to: Double.self) + row * width }
}
