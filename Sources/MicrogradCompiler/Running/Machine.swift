import CMicrogradKernels
import MicrogradNetworks

/// A lowered program with its memory.
final class Machine {
  let code: MachineCode
  private let kernels: Kernels
  let precision: Precision
  let memory: UnsafeMutableRawPointer
  let data: UnsafeMutableRawPointer
  /// The step, and behind it that of `code.moves`.
  private let step: UnsafeMutablePointer<MGStep>
  /// The step for one thread; nil if it has several blocks.
  private let prepared: OpaquePointer?
  private let instructions: UnsafeMutablePointer<MGInstruction>
  private let terms: UnsafeMutablePointer<MGTerm>

  init(_ code: MachineCode, _ kernels: Kernels, _ precision: Precision) {
    self.code = code
    self.kernels = kernels
    self.precision = precision
    memory = Machine.zeros(code.size, precision)
    data = Machine.zeros(code.columns.count * code.shape.stride * code.shape.blocks, precision)
    let lists = [code.prologue, code.block, code.epilogue, code.moves]
    instructions = .allocate(capacity: lists.reduce(0) { $0 + $1.count } + 1)
    terms = .allocate(capacity: code.terms.count + 1)
    terms.initialize(from: code.terms, count: code.terms.count)
    var starts: [UnsafeMutablePointer<MGInstruction>] = [], next = instructions
    for list in lists {
      starts.append(next)
      next.initialize(from: list, count: list.count)
      next += list.count
    }
    step = .allocate(capacity: 2)
    step.initialize(
      to: MGStep(
        prologue: starts[0], block: starts[1], epilogue: starts[2], prologueCount: Int32(code.prologue.count),
        blockCount: Int32(code.block.count), epilogueCount: Int32(code.epilogue.count), terms: terms,
        blocks: Int32(code.shape.blocks), lanes: Int32(code.shape.lanes), stride: Int32(code.shape.stride),
        blockStride: Int64(code.columns.count * code.shape.stride), memory: memory, data: data,
        optimizer: MGOptimizer(), table: applyTable))
    (step + 1).initialize(to: step.pointee)
    step[1].prologueCount = 0
    step[1].blockCount = 0
    step[1].epilogue = UnsafePointer(starts[3])
    step[1].epilogueCount = Int32(code.moves.count)
    prepared = mg_prepare(kernels.pointer, precision == .double, step)
    for (offset, value) in code.constants { self[offset] = value }
  }

  deinit {
    memory.deallocate()
    data.deallocate()
    instructions.deallocate()
    terms.deallocate()
    step.deallocate()
    mg_prepared_destroy(prepared)
  }

  private static func zeros(_ count: Int, _ precision: Precision) -> UnsafeMutableRawPointer {
    let size = count * precision.size
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    return memory
  }

  /// An element of memory.
  subscript(offset: Int) -> Double {
    get { load(memory, offset) }
    set { store(memory, offset, newValue) }
  }

  private func load(_ base: UnsafeMutableRawPointer, _ offset: Int) -> Double {
    precision == .double
      ? base.load(fromByteOffset: 8 * offset, as: Double.self)
      : Double(base.load(fromByteOffset: 4 * offset, as: Float.self))
  }

  private func store(_ base: UnsafeMutableRawPointer, _ offset: Int, _ value: Double) {
    if precision == .double {
      base.storeBytes(of: value, toByteOffset: 8 * offset, as: Double.self)
    } else {
      base.storeBytes(of: Float(value), toByteOffset: 4 * offset, as: Float.self)
    }
  }

  // MARK: Parameters and data

  /// The parameters, or the numbers at a distance behind them: gradients, an optimizer's state.
  func parameters(at distance: Int = 0) -> [Double] { code.parameters.map { self[$0 + distance] } }

  func setParameters(_ numbers: [Double], at distance: Int = 0) {
    for (offset, number) in zip(code.parameters, numbers) { self[offset + distance] = number }
  }

  /// The numbers that the optimizer keeps: a list for each, in the order of the parameters.
  var optimizerNumbers: [[Double]] { code.stateDistances.map { parameters(at: $0) } }

  func setOptimizerNumbers(_ lists: [[Double]]) {
    for (numbers, distance) in zip(lists, code.stateDistances) { setParameters(numbers, at: distance) }
  }

  /// Writes the rows of a batch.
  func load(_ batch: some RandomAccessCollection<Int>, of columns: ColumnData) {
    switch precision {
    case .double: columns.write(batch, in: code.columns, shape: code.shape, to: data, as: Double.self)
    case .float: columns.write(batch, in: code.columns, shape: code.shape, to: data, as: Float.self)
    }
  }

  /// Writes the inputs of a function, given row after row, `width` numbers each. The mask is 1.
  ///
  /// Lanes beyond the last row repeat the first one's numbers.
  ///
  /// - Precondition: The code has one block, and at least one row is given.
  func load(_ rows: UnsafeBufferPointer<Double>, width: Int) {
    switch precision {
    case .double: load(rows, width, as: Double.self)
    case .float: load(rows, width, as: Float.self)
    }
  }

  private func load<N: BinaryFloatingPoint>(_ rows: UnsafeBufferPointer<Double>, _ width: Int, as: N.Type) {
    let count = width == 0 ? 0 : rows.count / width
    for (row, column) in code.columns.enumerated() {
      let lanes = (data + row * code.shape.stride * MemoryLayout<N>.stride).assumingMemoryBound(to: N.self)
      for lane in 0..<(column == nil ? 0 : count) { lanes[lane] = N(rows[lane * width + column!]) }
      let rest = column.map { N(rows[$0]) } ?? 1
      for lane in (column == nil ? 0 : count)..<code.shape.lanes { lanes[lane] = rest }
    }
  }

  /// Writes some outputs of the first rows, row after row.
  func store(_ outputs: Range<Int>, rows: Int, to results: UnsafeMutablePointer<Double>) {
    switch precision {
    case .double: store(outputs, rows, results, as: Double.self)
    case .float: store(outputs, rows, results, as: Float.self)
    }
  }

  private func store<N: BinaryFloatingPoint>(
    _ outputs: Range<Int>, _ rows: Int, _ results: UnsafeMutablePointer<Double>, as: N.Type
  ) {
    let memory = memory.assumingMemoryBound(to: N.self), data = data.assumingMemoryBound(to: N.self)
    let sources = code.outputs[outputs].map { operand, isUniform in
      (start: UnsafePointer(operand < 0 ? data + Int(~operand) : memory + Int(operand)), step: isUniform ? 0 : 1)
    }
    sources.withUnsafeBufferPointer { sources in
      var result = results
      for row in 0..<rows {
        for source in sources {
          result.pointee = Double(source.start[row * source.step])
          result += 1
        }
      }
    }
  }

  /// The number of an output in a lane.
  func output(_ index: Int, lane: Int) -> Double {
    let (operand, isUniform) = code.outputs[index], offset = isUniform ? 0 : lane
    return operand < 0 ? load(data, Int(~operand) + offset) : self[Int(operand) + offset]
  }

  /// The outputs of code whose outputs are uniform.
  var uniformOutputs: [Double] { code.outputs.map { self[Int($0.operand)] } }

  var loss: Double { self[code.loss ?? 0] }

  // MARK: Running

  /// The use that a step makes of the gradients.
  var optimizer: MGOptimizer {
    get { step.pointee.optimizer }
    set { step.pointee.optimizer = newValue }
  }

  func run(team: Team? = nil) {
    if team == nil, let prepared {
      mg_prepared_step(kernels.pointer, precision == .double, prepared)
    } else {
      mg_step(kernels.pointer, precision == .double, step, team?.pointer)
    }
  }

  /// Moves the parameters by the gradients that memory holds.
  ///
  /// - Precondition: The code has the goal `gradients`.
  func move(by optimizer: MGOptimizer, team: Team? = nil) {
    step[1].optimizer = optimizer
    mg_step(kernels.pointer, precision == .double, step + 1, team?.pointer)
  }
}
