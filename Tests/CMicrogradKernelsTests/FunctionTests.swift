import CMicrogradKernels
import MicrogradEngine
import RealModule
import MicrogradTestSupport
import Testing

/// Functions and their VJPs against the engine's table of operations.
@Suite struct FunctionTests {
  static let special: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, -3, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude / 8, -.leastNormalMagnitude / 8, 1e-40, -1e-40, 1e-30, 1e300, -1e300, 1e38, 709.7, 709.8,
    -708.5, -745.1, -745.2, 88.7, 88.8, -87.4, -103.9, -104.1, 20, -20, 1e-9, -1e-9,
  ]

  /// Special numbers, and random ones of many magnitudes.
  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix(seed: seed)
    let exponents = (0..<count).map { _ in Double.random(in: -40...10, using: &random) }
    return Self.special + exponents.map { Double.exp2($0) * random.uniform() }
  }

  private func check<N: BinaryFloatingPoint>(
    _ function: Operation, _ kind: MGKind, _: N.Type, _ name: String, pairs: [(Double, Double)], seed: UInt64
  ) {
    let kernels = mg_kernels(name)!
    let vector = Int(N.self == Double.self ? kernels.pointee.vectorOfDoubles : kernels.pointee.vectorOfFloats)
    var scene = Scene(vector: vector, vectors: (pairs.count + vector - 1) / vector)
    func row(_ number: (Double, Double) -> Double) -> MGOperand {
      var i = 0
      return scene.place(scene.stride) {
        defer { i += 1 }
        let pair = pairs[i % pairs.count]
        return Double(N(number(pair.0, pair.1)))
      }
    }
    let a = row { a, _ in a }, b = row { _, b in b }
    // The result as it is in numbers of type N, which the VJPs are given.
    let y = row { a, b in function.value(Double(N(a)), Double(N(b))) }
    // What stops a gradient stops an infinite one; elsewhere an infinite one only magnifies rounding errors.
    let stops = [.relu, .leakyReLU, .abs, .maximum, .minimum].contains(function)
    // The tails of the normal distribution, a product of three numbers.
    let isTail = [.erfc, .gelu].contains(function)
    let isMap = kind == .map,
      d = [0, 1, -2, 0.25, stops ? .infinity : 1].map { d in isMap ? none : row { _, _ in d } }
    for d in isMap ? [none] : d {
      scene.block.append(
        MGInstruction(kind, function: function, a: a, b: b, c: row { _, _ in 0 }, d: d, y: isMap ? none : y))
    }
    let got = scene.run(in: N.self, on: kernels), expected = scene.expected()
    for instruction in scene.block {
      for i in 0..<pairs.count {
        let place = Int(instruction.c) + i, x = scene.memory[Int(a) + i]
        #expect(
          isClose(got[place], N(expected[place]), isMap && !isTail ? 4 : 8, isVJP: !isMap),
          """
          \(name) \(N.self) \(kind) of \(function) at \
          (\(x), \(scene.memory[Int(b) + i])), seed \(seed): got \(got[place]), expected \(N(expected[place]))
          """)
      }
    }
  }

  /// Within so many units in the last place. VJPs multiply roundings of partials such as 1 - y², which may cancel:
  /// theirs are units of 1 at least. Results that are nearly denormal may have lost digits on the way.
  private func isClose<N: BinaryFloatingPoint>(_ got: N, _ expected: N, _ ulps: N, isVJP: Bool) -> Bool {
    if got.isNaN || expected.isNaN { return got.isNaN && expected.isNaN }
    if got == expected { return true }
    let unit = isVJP ? Swift.max(1, Swift.abs(expected)).ulp : expected.ulp
    return Swift.abs(got - expected) <= ulps * unit + 400 * N.leastNonzeroMagnitude
  }

  private func pairs(_ function: Operation, seed: UInt64) -> [(Double, Double)] {
    if function.isBinary {
      let random = numbers(100, seed: seed)
      return Self.special.flatMap { a in Self.special.map { (a, $0) } } + zip(random, random.reversed())
    }
    let slope = function == .leakyReLU ? 0.1 : 1.5
    return numbers(500, seed: seed).map { ($0, slope) }
  }

  @Test(arguments: instructionSets, Operation.withKernel)
  func values(_ name: String, _ function: Operation) {
    let seed = UInt64(function.rawValue), pairs = pairs(function, seed: seed)
    check(function, .map, Double.self, name, pairs: pairs, seed: seed)
    check(function, .map, Float.self, name, pairs: pairs, seed: seed)
  }

  @Test(arguments: instructionSets, Operation.withKernel)
  func vjps(_ name: String, _ function: Operation) {
    let seed = UInt64(function.rawValue), pairs = pairs(function, seed: seed)
    for kind in function.isBinary ? [MGKind.vjpLeft, .vjpRight] : [.vjpLeft] {
      check(function, kind, Double.self, name, pairs: pairs, seed: seed)
      let tame = pairs.filter { isTame($0) && (!function.subtractsOneFromB || isOneSubtractedExactly(from: $0.1)) }
      check(function, kind, Float.self, name, pairs: tame, seed: seed)
    }
  }

  /// Float's partials overflow and vanish where Double's, which they are compared with, do not.
  private func isTame(_ pair: (Double, Double)) -> Bool {
    [pair.0, pair.1].allSatisfy { x in
      !x.isFinite || x == 0 || (1e-15...1e15).contains(Swift.abs(x)) && Swift.abs(x) < 80
    }
  }

  /// The rounding of b - 1 can make a whole number of it, whose power of a negative number is one.
  private func isOneSubtractedExactly(from b: Double) -> Bool {
    !b.isFinite || Double(Float(b) - 1) == Double(Float(b)) - 1
  }

  /// Uniform operands, several rows, results that are added, results in the operand's place, and uniforms alone.
  @Test(arguments: 0..<60 as Range<UInt64>) func rows(_ seed: UInt64) {
    for name in instructionSets {
      var random = SplitMix(seed: seed)
      let kernels = mg_kernels(name)!
      var scene = Scene(
        vector: Int(kernels.pointee.vectorOfDoubles), vectors: Int.random(in: 1...9, using: &random),
        gap: Int.random(in: 0...2, using: &random))
      let span = [MGSpan.lanes, .rows, .once].randomElement(using: &random)!
      let rows = Int.random(in: 1...5, using: &random), kind = [MGKind.map, .vjpLeft, .vjpRight][Int(seed % 3)]
      let size = rows * (span == .once ? scene.vector : scene.stride)
      let function: Operation = [.add, .multiply, .subtract, .maximum].randomElement(using: &random)!
      let a = scene.place(size) { random.whole() }, b = scene.place(size) { random.whole() }
      let d = scene.place(size) { random.whole() }
      var flags = [random.flag(MGFlagLeftUniform), random.flag(MGFlagRightUniform)]
      let c = [d, flags[0].rawValue == 0 ? a : d, scene.place(size) { random.whole() }].randomElement(using: &random)!
      flags.append(random.flag(MGFlagAccumulates))
      scene.block = [
        MGInstruction(
          kind, span, function: function, flags: flags[0], flags[1], flags[2], rows: rows, a: a, b: b, c: c, d: d,
          y: a)
      ]
      let threads = Int.random(in: 1...3, using: &random)
      let got = scene.run(in: Double.self, on: kernels, threads: threads), expected = scene.expected()
      #expect(got == expected, "seed \(seed), \(name), \(threads) threads, \(scene.block)")
    }
  }
}
