import CMicrogradKernels
import MicrogradEngine
import MicrogradTestSupport
import Testing

/// A step with its memory, to be carried out by the kernels and by the naive loops of Reference.swift.
struct Scene {
  var vector: Int
  /// Vectors in each row, and between one row and the next.
  var vectors = 1
  var gap = 0
  var blocks = 1
  var memory: [Double] = []
  var data: [Double] = []
  var block: [MGInstruction] = []
  var epilogue: [MGInstruction] = []
  var terms: [MGTerm] = []
  var optimizer = MGOptimizer()

  var lanes: Int { vectors * vector }
  var stride: Int { (vectors + gap) * vector }
  /// Elements of data from one block to the next.
  var blockStride: Int { blocks == 0 ? 0 : data.count / blocks }

  init(vector: Int, vectors: Int = 1, gap: Int = 0) {
    self.vector = vector
    self.vectors = vectors
    self.gap = gap
  }

  /// Makes room for numbers at a vector's boundary, filled by the closure. A few that nobody may touch follow.
  mutating func place(_ count: Int, _ number: () -> Double) -> MGOperand {
    let offset = memory.count
    for _ in 0..<count { memory.append(number()) }
    repeat { memory.append(-77) } while memory.count % vector != 0
    return MGOperand(offset)
  }

  /// The same in the data of each block; a negative operand.
  mutating func placeData(_ count: Int, _ number: () -> Double) -> MGOperand {
    precondition(data.isEmpty)
    let padded = (count + vector - 1) / vector * vector
    for _ in 0..<blocks { for _ in 0..<padded { data.append(number()) } }
    return ~0
  }

  /// The memory after the kernels have taken a step in numbers of type N. A prepared step must have the same result, to the
  /// last bit.
  func run<N: BinaryFloatingPoint>(
    in type: N.Type, on kernels: UnsafePointer<MGKernels>, threads: Int = 1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [N] {
    let memory = run(in: type, on: kernels, threads: threads, isPrepared: false)
    if blocks == 1 {
      let prepared = run(in: type, on: kernels, threads: 1, isPrepared: true)
      let wrong = zip(memory, prepared).enumerated().first { !($1.0 == $1.1 || $1.0.isNaN && $1.1.isNaN) }
      #expect(wrong == nil, "prepared, got the second, expected the first", sourceLocation: sourceLocation)
    }
    return memory
  }

  private func run<N: BinaryFloatingPoint>(
    in type: N.Type, on kernels: UnsafePointer<MGKernels>, threads: Int, isPrepared: Bool
  ) -> [N] {
    let memory = Aligned<N>(memory), data = Aligned<N>(data)
    let team = threads > 1 ? mg_team_create(Int32(threads)) : nil
    block.withUnsafeBufferPointer { block in
      epilogue.withUnsafeBufferPointer { epilogue in
        terms.withUnsafeBufferPointer { terms in
          var step = MGStep(
            prologue: nil, block: block.baseAddress, epilogue: epilogue.baseAddress, prologueCount: 0,
            blockCount: Int32(block.count), epilogueCount: Int32(epilogue.count), terms: terms.baseAddress,
            blocks: Int32(blocks), lanes: Int32(lanes), stride: Int32(stride), blockStride: Int64(blockStride),
            memory: memory.address, data: data.address, optimizer: optimizer, table: callTable)
          if isPrepared {
            let prepared = mg_prepare(kernels, N.self == Double.self, &step)!
            mg_prepared_step(kernels, N.self == Double.self, prepared)
            mg_prepared_destroy(prepared)
          } else {
            mg_step(kernels, N.self == Double.self, &step, team)
          }
        }
      }
    }
    if let team { mg_team_destroy(team) }
    return memory.numbers
  }
}

/// Numbers at an address that is a multiple of 64.
final class Aligned<N: BinaryFloatingPoint> {
  let buffer: UnsafeMutableBufferPointer<N>
  var address: UnsafeMutableRawPointer { UnsafeMutableRawPointer(buffer.baseAddress!) }
  var numbers: [N] { Array(buffer) }

  init(_ numbers: [Double]) {
    let raw = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(numbers.count, 1) * MemoryLayout<N>.stride, alignment: 64)
    buffer = raw.bindMemory(to: N.self)
    for (i, x) in numbers.enumerated() { buffer.initializeElement(at: i, to: N(x)) }
  }
  deinit { buffer.deallocate() }
}

/// What the tests run on: each instruction set of this machine.
let instructionSets = ["avx512", "avx2", "baseline", "neon"].filter { (name: String) in mg_kernels(name) != nil }

extension MGInstruction {
  init(
    _ kind: MGKind, _ span: MGSpan = .lanes, function: Operation = .leaf, flags: MGFlag..., rows: Int = 1,
    inner: Int = 0, a: MGOperand = none, b: MGOperand = none, c: MGOperand = none, d: MGOperand = none,
    y: MGOperand = none, x: Double = 0, terms: Int = 0, times: Int = 1, row: MGSteps = MGSteps(),
    time: MGSteps = MGSteps()
  ) {
    let flags = flags.reduce(0) { $0 | $1.rawValue }
    self.init(
      kind: kind, span: span, function: function.rawValue, flags: UInt8(flags), rows: Int32(rows),
      inner: Int32(inner),
      a: a, b: b, c: c, d: d, y: y, x: x, terms: Int32(terms), times: Int32(times), row: row, time: time)
  }

  func has(_ flag: MGFlag) -> Bool { flags & UInt8(flag.rawValue) != 0 }
}

let none = MGOperand(MG_NONE)

extension SplitMix {
  /// Whole numbers, of which sums of products are exact in any order and in Float.
  mutating func whole() -> Double { Double(Int.random(in: -4...4, using: &self)) }
  mutating func uniform() -> Double { Double.random(in: -1...1, using: &self) }
  mutating func flag(_ flag: MGFlag) -> MGFlag { Bool.random(using: &self) ? flag : MGFlag(0) }
}
