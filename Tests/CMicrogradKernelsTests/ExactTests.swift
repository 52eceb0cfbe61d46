import CMicrogradKernels
import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Kernels on whole numbers, where sums and products are exact: all of the memory must be that of the naive loops, with
/// every instruction set, in Double and Float, on one to three threads.
@Suite struct ExactTests {
  static let seeds = 0..<48 as Range<UInt64>

  private func check(
    _ seed: UInt64, _ make: (inout Scene, inout SplitMix) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for name in instructionSets {
      let kernels = mg_kernels(name)!
      check(seed, make, Double.self, kernels, Int(kernels.pointee.vectorOfDoubles), sourceLocation)
      check(seed, make, Float.self, kernels, Int(kernels.pointee.vectorOfFloats), sourceLocation)
    }
  }

  private func check<N: BinaryFloatingPoint>(
    _ seed: UInt64, _ make: (inout Scene, inout SplitMix) -> Void, _: N.Type, _ kernels: UnsafePointer<MGKernels>,
    _ vector: Int, _ sourceLocation: SourceLocation
  ) {
    var random = SplitMix(seed: seed)
    let lanes = Int.random(in: 1...50, using: &random)
    var scene = Scene(
      vector: vector, vectors: (lanes + vector - 1) / vector, gap: Int.random(in: 0...2, using: &random))
    scene.blocks = Int.random(in: 1...3, using: &random)
    make(&scene, &random)
    let threads = Int.random(in: 1...3, using: &random)
    let got = scene.run(in: N.self, on: kernels, threads: threads).map { Double($0) }
    let expected = scene.expected(), what = "\(String(cString: kernels.pointee.name)), \(N.self)"
    let wrong = got.indices.first { got[$0] != expected[$0] && !(got[$0].isNaN && expected[$0].isNaN) }
    #expect(
      wrong == nil,
      """
      seed \(seed), \(what), \(threads) threads, \(scene.vectors) vectors: \
      element \(wrong ?? 0) of memory is \(got[wrong ?? 0]), not \(expected[wrong ?? 0]), after \(scene.block)
      """, sourceLocation: sourceLocation)
  }

  @Test(arguments: seeds) func dense(_ seed: UInt64) {
    check(seed) { scene, random in
      let rows = random.size(upTo: 9), inner = random.size(upTo: 40)
      let b = scene.placeData(inner * scene.stride) { random.whole() }
      scene.block = [
        MGInstruction(
          .dense, random.anySpan(), flags: random.flag(MGFlagRelu), random.flag(MGFlagAccumulates), rows: rows,
          inner: inner, a: scene.place(rows * inner) { random.whole() }, b: b,
          c: scene.place(rows * scene.stride) { random.whole() },
          y: Bool.random(using: &random) ? none : scene.place(rows) { random.whole() })
      ]
    }
  }

  /// Sums that are carried out in several blocks.
  @Test(arguments: 0..<3 as Range<UInt64>) func longDense(_ seed: UInt64) {
    check(seed) { scene, random in
      let inner = [256, 300, 600][Int(seed)], rows = [2, 1, 7][Int(seed)]
      scene.vectors = min(scene.vectors, 5)
      let x = scene.place(inner * scene.stride) { random.whole() }
      let a = scene.place(rows * inner) { random.whole() }, y = scene.place(rows * scene.stride) { random.whole() }
      let accumulates = random.flag(MGFlagAccumulates)
      scene.block = [
        MGInstruction(.dense, flags: MGFlagRelu, accumulates, rows: rows, inner: inner, a: a, b: x, c: y),
        MGInstruction(.dense, flags: random.flag(MGFlagAccumulates), rows: rows, inner: inner, a: a, b: x, c: y),
        MGInstruction(.barrier),
        MGInstruction(
          .denseInputs, flags: MGFlagMasked, accumulates, rows: inner, inner: rows, a: a, b: y,
          c: scene.place(rows * scene.stride) { random.whole() }, d: x),
      ]
      scene.blocks = 1
    }
  }

  @Test(arguments: seeds) func denseInputs(_ seed: UInt64) {
    check(seed) { scene, random in
      let rows = random.size(upTo: 40), inner = random.size(upTo: 9)
      let d = scene.placeData(rows * scene.stride) { random.whole() }
      scene.block = [
        MGInstruction(
          .denseInputs, random.anySpan(), flags: random.flag(MGFlagMasked), random.flag(MGFlagAccumulates),
          rows: rows,
          inner: inner, a: scene.place(rows * inner) { random.whole() },
          b: scene.place(inner * scene.stride) { random.whole() },
          c: scene.place(inner * scene.stride) { random.whole() }, d: d)
      ]
    }
  }

  @Test(arguments: seeds) func denseWeights(_ seed: UInt64) {
    check(seed) { scene, random in
      let isLarge = seed % 4 == 0
      let rows = isLarge ? Int.random(in: 20...30, using: &random) : random.size(upTo: 9)
      let inner = isLarge ? Int.random(in: 50...90, using: &random) : random.size(upTo: 40)
      let b = scene.placeData(inner * scene.stride) { random.whole() }
      scene.optimizer.rate = 0.5
      scene.block = [
        MGInstruction(
          .denseWeights, random.anyShareOfRows(), flags: random.flag(MGFlagUpdates), random.flag(MGFlagAccumulates),
          rows: rows, inner: inner, b: b, c: scene.place(rows * inner) { random.whole() },
          d: scene.place(rows * scene.stride) { random.whole() },
          y: Bool.random(using: &random) ? none : scene.place(rows) { random.whole() }, x: 0.5)
      ]
    }
  }

  /// Gradients of 0 meet infinite inputs, in few lanes and in more than a panel of turned inputs holds.
  @Test(arguments: seeds) func infiniteInputs(_ seed: UInt64) {
    check(seed) { scene, random in
      let isLarge = seed % 4 == 0, rows = isLarge ? 20 : random.size(upTo: 9)
      let inner = isLarge ? 70 : random.size(upTo: 20)
      if seed % 8 == 0 { scene.vectors = 600 / scene.vector }
      scene.blocks = 1
      let numbers: [Double] = [0, 0, 0, .infinity, -.infinity, .nan]
      let special = (0..<inner).map { _ in numbers.randomElement(using: &random)! }
      let stride = scene.stride
      var place = -1
      let x = scene.place(inner * stride) {
        place += 1
        return place % stride % 5 == 0 ? special[place / stride] : random.whole()
      }
      place = -1
      let d = scene.place(rows * stride) {
        place += 1
        // Every other row of gradients is 0 wherever an input is infinite.
        return place / stride % 2 == 0 && place % stride % 5 == 0 ? 0 : random.whole()
      }
      scene.block = [
        MGInstruction(.denseWeights, .rows, rows: rows, inner: inner, b: x, c: scene.place(rows * inner) { 5 }, d: d)
      ]
    }
  }

  /// More lanes than a panel of turned inputs holds.
  @Test func weightsOfManyLanes() {
    check(1) { scene, random in
      scene.vectors = 600 / scene.vector
      scene.blocks = 1
      let x = scene.place(70 * scene.stride) { random.whole() }, d = scene.place(16 * scene.stride) { random.whole() }
      scene.optimizer.rate = 0.25
      scene.block = [
        MGInstruction(
          .denseWeights, .rows, rows: 16, inner: 70, b: x, c: scene.place(16 * 70) { 5 }, d: d),
        MGInstruction(
          .denseWeights, .rows, flags: MGFlagUpdates, rows: 16, inner: 70, b: x, c: scene.place(16 * 70) { 8 }, d: d,
          y: scene.place(16) { 4 }, x: 1),
      ]
    }
  }

  @Test(arguments: seeds) func sum(_ seed: UInt64) {
    check(seed) { scene, random in
      let isUniform = seed % 5 == 0
      let row = scene.placeData(scene.stride) { random.whole() }
      let operands = [
        row, scene.place(scene.stride) { random.whole() }, scene.place(scene.stride) { random.whole() },
      ]
      scene.terms = (0..<Int.random(in: 0...7, using: &random)).map { _ in
        MGTerm(
          factor: random.whole(), a: operands.randomElement(using: &random)!,
          b: ([none] + operands).randomElement(using: &random)!,
          leftUniform: isUniform || Bool.random(using: &random),
          rightUniform: isUniform || Bool.random(using: &random), skipsZeros: Bool.random(using: &random), aRow: 0,
          bRow: 0, aTime: 0, bTime: 0)
      }
      // In half of the cases the sum replaces one of its operands.
      let c = operands[Int.random(in: 1...2, using: &random)]
      scene.block = [
        MGInstruction(
          .sum, isUniform ? .once : .lanes, flags: random.flag(MGFlagAccumulates), c: c, x: random.whole(),
          terms: scene.terms.count)
      ]
      // A uniform that is replaced on one thread while others read it would need a barrier.
      if scene.terms.contains(where: { ($0.leftUniform && $0.a == c) || ($0.rightUniform && $0.b == c) }) {
        scene.block[0].c = scene.place(scene.stride) { random.whole() }
      }
    }
  }

  /// Rows at steps of their own, several times.
  @Test(arguments: seeds) func steps(_ seed: UInt64) {
    check(seed) { scene, random in
      if seed % 3 == 0 { scene.gap = 0 }
      let rows = Int.random(in: 1...4, using: &random), times = Int.random(in: 1...3, using: &random)
      let stride = Int32(scene.stride), count = rows * times
      // Half of the operands are whole rows one after the other; the others stand still, or go by other steps.
      func steps() -> (row: Int32, time: Int32) {
        let row = stride * [1, 1, 0, 2].randomElement(using: &random)!
        return (row, stride * [Int32(rows), Int32(rows), 0, 3].randomElement(using: &random)!)
      }
      let operands =
        [scene.placeData(20 * scene.stride) { random.whole() }]
        + (0..<2).map { _ in
          scene.place(20 * scene.stride) { random.whole() }
        }
      let (a, b, d) = (steps(), steps(), steps())
      let rowStep = MGSteps(a: a.row, b: b.row, c: stride, d: d.row, y: 0)
      let timeStep = MGSteps(a: a.time, b: b.time, c: stride * Int32(rows), d: d.time, y: 0)
      let term = scene.terms.count
      scene.terms += (0..<[1, 2, 5, 70].randomElement(using: &random)!).map { _ in
        let (a, b) = (steps(), steps())
        let uniforms = seed % 4 == 0 ? (Bool.random(using: &random), Bool.random(using: &random)) : (false, false)
        return MGTerm(
          factor: seed % 2 == 0 ? 1 : random.whole(), a: operands.randomElement(using: &random)!,
          b: ([none] + operands).randomElement(using: &random)!, leftUniform: uniforms.0, rightUniform: uniforms.1,
          skipsZeros: Bool.random(using: &random), aRow: uniforms.0 ? 0 : a.row, bRow: uniforms.1 ? 1 : b.row,
          aTime: a.time, bTime: b.time)
      }
      let accumulates = random.flag(MGFlagAccumulates)
      func target() -> MGOperand { scene.place(count * scene.stride) { random.whole() } }
      scene.block = [
        MGInstruction(
          .map, function: .multiply, flags: MGFlagStepped, accumulates, rows: rows, a: operands[0], b: operands[1],
          c: target(), times: times, row: rowStep, time: timeStep),
        MGInstruction(
          .vjpLeft, function: .multiply, flags: MGFlagStepped, rows: rows, a: operands[2], b: operands[1],
          c: target(),
          d: operands[0], times: times, row: rowStep, time: timeStep),
        MGInstruction(
          .sum, flags: MGFlagStepped, accumulates, rows: rows, inner: term, c: target(), x: 2,
          terms: scene.terms.count - term, times: times, row: rowStep, time: timeStep),
        MGInstruction(.barrier),
        MGInstruction(
          .reduce, .rows, flags: MGFlagStepped, accumulates, rows: rows, a: operands[1],
          c: scene.place(rows) { random.whole() }, x: 2, row: MGSteps(a: 2 * stride, b: 0, c: 1, d: 0, y: 0)),
      ]
      if seed % 4 == 0 { return }
      scene.block.insert(
        MGInstruction(
          .maximum, flags: MGFlagStepped, rows: rows, inner: term, c: target(), terms: scene.terms.count - term,
          times: times, row: rowStep, time: timeStep), at: 0)
    }
  }

  /// A stepped sum whose gradients of 0 meet infinities.
  @Test(arguments: seeds) func zerosInSteps(_ seed: UInt64) {
    check(seed) { scene, random in
      scene.blocks = 1
      let stride = Int32(scene.stride), rows = 3
      let a = scene.place(rows * scene.stride) { random.whole() }
      let b = scene.memory.count
      scene.memory += scene.memory[Int(a)..<Int(a) + rows * scene.stride].map { $0 == 0 ? .infinity : 1 }
      scene.terms = (0..<2).map { _ in
        MGTerm(
          factor: 2, a: a, b: MGOperand(b), leftUniform: false, rightUniform: false, skipsZeros: true, aRow: stride,
          bRow: stride, aTime: 0, bTime: 0)
      }
      scene.block = [
        MGInstruction(
          .sum, flags: MGFlagStepped, rows: rows, c: scene.place(rows * scene.stride) { 0 }, x: 1, terms: 2,
          row: MGSteps(a: 0, b: 0, c: stride, d: 0, y: 0))
      ]
    }
  }

  /// Layers that are applied at several positions.
  @Test(arguments: seeds) func positions(_ seed: UInt64) {
    check(seed) { scene, random in
      scene.gap = 0
      let times = Int.random(in: 2...5, using: &random), row = times * scene.stride
      let rows = random.size(upTo: 14), inner = random.size(upTo: 40)
      let b = scene.placeData(inner * row) { random.whole() }, biases = scene.place(rows) { random.whole() }
      let a = scene.place(rows * inner) { random.whole() }, d = scene.place(rows * row) { random.whole() }
      let c = scene.place(rows * row) { random.whole() }
      scene.optimizer.rate = 0.5
      scene.block = [
        MGInstruction(
          .dense, random.anySpan(), flags: random.flag(MGFlagRelu), random.flag(MGFlagAccumulates), rows: rows,
          inner: inner, a: a, b: b, c: c, y: Bool.random(using: &random) ? none : biases, times: times),
        MGInstruction(.barrier),
        MGInstruction(
          .denseInputs, random.anySpan(), flags: random.flag(MGFlagMasked), random.flag(MGFlagAccumulates),
          rows: rows,
          inner: inner, a: a, b: b, c: scene.place(inner * row) { random.whole() }, d: d, times: times),
        MGInstruction(
          .denseWeights, .rows, flags: random.flag(MGFlagUpdates), random.flag(MGFlagAccumulates), rows: rows,
          inner: inner, b: b, c: scene.place(rows * inner) { random.whole() }, d: d,
          y: Bool.random(using: &random) ? none : scene.place(rows) { random.whole() }, x: 0.5, times: times),
      ]
    }
  }

  @Test(arguments: seeds) func reduce(_ seed: UInt64) {
    check(seed) { scene, random in
      let rows = Int.random(in: 1...9, using: &random)
      let a = scene.placeData(rows * scene.stride) { random.whole() }
      scene.block = [
        MGInstruction(
          .reduce, random.anyShareOfRows(), flags: random.flag(MGFlagAccumulates), random.flag(MGFlagLeftUniform),
          random.flag(MGFlagRightUniform), random.flag(MGFlagMasked), rows: rows, a: a,
          b: Bool.random(using: &random) ? none : scene.place(scene.stride) { random.whole() },
          c: scene.place(rows) { random.whole() },
          d: Bool.random(using: &random) ? none : scene.place(scene.stride) { random.whole() }, x: random.whole())
      ]
    }
  }

  /// A lane that does not count adds nothing, even if another factor is infinite there.
  @Test func zerosSilenceInfinities() {
    check(3) { scene, random in
      scene.blocks = 1
      let a = scene.place(scene.stride) { random.whole() }
      let b = scene.memory.count
      scene.memory += scene.memory[Int(a)..<Int(a) + scene.stride].map { $0 == 0 ? .infinity : 1 }
      scene.terms = [
        MGTerm(
          factor: 2, a: a, b: MGOperand(b), leftUniform: false, rightUniform: false, skipsZeros: true, aRow: 0,
          bRow: 0,
          aTime: 0, bTime: 0)
      ]
      scene.block = [
        MGInstruction(.reduce, .once, a: a, b: MGOperand(b), c: scene.place(1) { 0 }, x: 1),
        MGInstruction(.reduce, .once, flags: MGFlagMasked, a: MGOperand(b), b: a, c: scene.place(1) { 0 }, x: 1),
        MGInstruction(.sum, c: scene.place(scene.stride) { 0 }, x: 1, terms: 1),
      ]
    }
  }

  @Test(arguments: seeds) func parameters(_ seed: UInt64) {
    check(seed) { scene, random in
      let count = Int.random(in: 1...100, using: &random)
      scene.block = [
        MGInstruction(
          .squares, random.anyShareOfRows(), flags: random.flag(MGFlagAccumulates), inner: count,
          a: scene.place(count) { random.whole() }, c: scene.place(1) { random.whole() }, x: random.whole()),
        MGInstruction(.zero, random.anyShareOfRows(), inner: count, c: scene.place(count) { random.whole() }),
        MGInstruction(
          .scale, random.anyShareOfRows(), flags: random.flag(MGFlagAccumulates), inner: count,
          a: scene.place(count) { random.whole() }, c: scene.place(count) { random.whole() }, x: random.whole()),
      ]
      scene.optimizer.rate = 0.5
      scene.optimizer.decay = 2
      scene.optimizer.momentum = 0.5
      scene.optimizer.rule = Bool.random(using: &random) ? .sgd : .momentum
      scene.optimizer.nesterov = Bool.random(using: &random)
      scene.epilogue = [
        MGInstruction(
          .move, random.anyShareOfRows(), inner: count, a: scene.place(count) { random.whole() },
          b: scene.place(count) { random.whole() }, c: scene.place(count) { random.whole() })
      ]
    }
  }

  /// Functions without a kernel go to the table, in whole rows or shares of them.
  @Test(arguments: seeds) func table(_ seed: UInt64) {
    check(seed) { scene, random in
      let operation = [Operation.subtract, .multiply, .maximum][Int(seed % 3)]
      let kind = [MGKind.tableMap, .tableVjpLeft, .tableVjpRight][Int(seed / 3 % 3)]
      let rows = Int.random(in: 1...4, using: &random)
      let a = scene.placeData(rows * scene.stride) { random.whole() }
      scene.block = [
        MGInstruction(
          kind, random.anySpan(), flags: random.flag(MGFlagAccumulates), random.flag(MGFlagLeftUniform),
          random.flag(MGFlagRightUniform), rows: rows, a: a, b: scene.place(rows * scene.stride) { random.whole() },
          c: scene.place(rows * scene.stride) { random.whole() },
          d: scene.place(rows * scene.stride) { random.whole() },
          y: scene.place(rows * scene.stride) { random.whole() })
      ]
      scene.block[0].function = operation.rawValue
    }
  }
}

extension SplitMix {
  /// One size in three is small: layers of few numbers have loops of their own.
  mutating func size(upTo largest: Int) -> Int {
    .random(in: 1...[3, largest, largest].randomElement(using: &self)!, using: &self)
  }
  mutating func anySpan() -> MGSpan { [.lanes, .rows].randomElement(using: &self)! }
  mutating func anyShareOfRows() -> MGSpan { [.rows, .once].randomElement(using: &self)! }
}
