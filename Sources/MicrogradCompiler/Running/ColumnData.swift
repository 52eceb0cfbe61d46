/// The numbers of a program's columns, for all samples.
struct ColumnData {
  private(set) var count: Int
  /// One list for each column of the code.
  private var numbers: [[Double]]
  /// Whether a column is proportional to the lane mask.
  private let isMasked: [Bool]
  /// The code that derived columns are defined in.
  private let definitions: IR
  /// The columns of the hoisted code.
  private let columns: [Column]
  /// The weight of a sample in a batch of n is this divided by n.
  private let weightOfBatch: Double

  /// - Parameters:
  ///   - weightOfBatch: The number of samples if each counts 1 in the loss, and 1 if the loss is their mean.
  init(_ code: HoistedIR, count: Int, weightOfBatch: Double) {
    definitions = code.definitions
    columns = code.ir.columns
    self.weightOfBatch = weightOfBatch
    self.count = count
    isMasked = columns.map { column in
      switch column.source {
      case .slotMask: true
      case .derived(let id): code.definitions.isMasked(id)
      case .input, .recorded: false
      }
    }
    numbers = columns.map(\.numbers)
    derive()
  }

  var isFinite: Bool { numbers.allSatisfy { $0.allSatisfy(\.isFinite) } }

  /// Columns whose numbers cannot be bound.
  var hasRecordedColumns: Bool { columns.contains { $0.source == .recorded || $0.source == .slotMask } }

  /// Makes sample `order[i]` the one with index i.
  mutating func reorder(_ order: [Int]) {
    numbers = numbers.map { column in order.map { column[$0] } }
  }

  /// Replaces the inputs.
  mutating func bind(_ samples: [[Double]]) {
    count = samples.count
    for (index, column) in columns.enumerated() {
      if case .input(let feature) = column.source { numbers[index] = samples.map { $0[feature] } }
    }
    derive()
  }

  private mutating func derive() {
    let derived = columns.indices.compactMap { index -> (Int, IR.ID)? in
      if case .derived(let id) = columns[index].source { (index, id) } else { nil }
    }
    let results = definitions.evaluated(derived.map(\.1), columns: numbers, samples: count)
    for ((index, _), result) in zip(derived, results) { numbers[index] = result }
  }

  /// Writes the rows of a batch, block by block, in the order in which the program wants the columns.
  ///
  /// Lanes beyond the last sample repeat the first one's numbers, with weight 0.
  func write<Number: BinaryFloatingPoint>(
    _ batch: some RandomAccessCollection<Int>, in order: [Int?], shape: Shape, to data: UnsafeMutableRawPointer,
    as: Number.Type
  ) {
    let data = data.assumingMemoryBound(to: Number.self), scale = weightOfBatch / Double(batch.count)
    let laneCount = shape.lanes * shape.blocks
    let samples = Array(batch) + repeatElement(batch.first ?? 0, count: laneCount - batch.count)
    for (row, column) in order.enumerated() {
      let isMasked = column.map { self.isMasked[$0] } ?? true, factor = isMasked ? scale : 1
      for block in 0..<shape.blocks {
        let first = block * shape.lanes, lanes = data + (block * order.count + row) * shape.stride
        if let column {
          numbers[column].withUnsafeBufferPointer { numbers in
            for lane in 0..<shape.lanes { lanes[lane] = Number(numbers[samples[first + lane]] * factor) }
          }
        } else {
          lanes.update(repeating: Number(factor), count: shape.lanes)
        }
        let sampleEnd = min(max(batch.count - first, 0), shape.lanes)
        if isMasked { (lanes + sampleEnd).update(repeating: 0, count: shape.lanes - sampleEnd) }
      }
    }
  }
}
