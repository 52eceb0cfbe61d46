import CMicrogradKernels
import MicrogradTestSupport
import Testing

@Suite struct ThreadTests {
  /// A training step of a small net, in numbers whose sums depend on their order.
  private func net(vector: Int, seed: UInt64) -> Scene {
    var random = SplitMix(seed: seed)
    var scene = Scene(
      vector: vector, vectors: Int.random(in: 1...40, using: &random), gap: Int.random(in: 0...2, using: &random))
    scene.optimizer.rate = 0.1
    let sizes = [Int.random(in: 1...40, using: &random), Int.random(in: 1...70, using: &random), 3]
    var rows: [MGOperand] = [], adjoints: [MGOperand] = [], weights: [MGOperand] = [], biases: [MGOperand] = []
    for size in sizes {
      rows.append(scene.place(size * scene.stride) { random.uniform() })
      adjoints.append(scene.place(size * scene.stride) { random.uniform() })
    }
    for (inner, size) in zip(sizes, sizes.dropFirst()) {
      weights.append(scene.place(inner * size) { random.uniform() })
      biases.append(scene.place(size) { random.uniform() })
    }
    for layer in 0..<2 {
      scene.block.append(
        MGInstruction(
          .dense, flags: layer == 0 ? MGFlagRelu : MGFlag(0), rows: sizes[layer + 1], inner: sizes[layer],
          a: weights[layer], b: rows[layer], c: rows[layer + 1], y: biases[layer]))
    }
    scene.block.append(MGInstruction(.map, function: .tanh, rows: sizes[2], a: rows[2], c: adjoints[2]))
    for layer in [1, 0] {
      scene.block += [
        MGInstruction(
          .denseInputs, flags: MGFlagMasked, rows: sizes[layer + 1], inner: sizes[layer], a: weights[layer],
          b: rows[layer], c: adjoints[layer], d: adjoints[layer + 1]),
        MGInstruction(.barrier),
        MGInstruction(
          .denseWeights, .rows, flags: MGFlagUpdates, rows: sizes[layer + 1], inner: sizes[layer], b: rows[layer],
          c: weights[layer], d: adjoints[layer + 1], y: biases[layer], x: 0.01),
      ]
    }
    scene.block.append(
      MGInstruction(.reduce, .rows, rows: sizes[2], a: adjoints[2], c: scene.place(sizes[2]) { 0 }, x: 1))
    scene.block.append(MGInstruction(.barrier))
    scene.blocks = 2
    return scene
  }

  @Test(arguments: 0..<15 as Range<UInt64>) func resultsDoNotDependOnTheirNumber(_ seed: UInt64) {
    func check<N: BinaryFloatingPoint>(_: N.Type, _ vector: Int32, _ kernels: UnsafePointer<MGKernels>) {
      let scene = net(vector: Int(vector), seed: seed), what = "\(String(cString: kernels.pointee.name)), \(N.self)"
      let alone = scene.run(in: N.self, on: kernels)
      #expect(alone.allSatisfy { $0.isFinite }, "seed \(seed)")
      for threads in 2...3 {
        let together = scene.run(in: N.self, on: kernels, threads: threads)
        #expect(together == alone, "\(what), \(threads) threads, seed \(seed)")
      }
    }
    for name in instructionSets {
      let kernels = mg_kernels(name)!
      check(Double.self, kernels.pointee.vectorOfDoubles, kernels)
      check(Float.self, kernels.pointee.vectorOfFloats, kernels)
    }
  }

  /// Steps in quick succession, and after a pause in which the workers have gone to sleep.
  @Test func teamsSleepAndWakeUp() async throws {
    let kernels = mg_kernels(nil)!, vector = Int(kernels.pointee.vectorOfDoubles), count = 6 * vector
    let memory = Aligned<Double>([Double](repeating: 1, count: 2 * count))
    let team = try #require(mg_team_create(3))
    for round in 1...300 {
      if round % 100 == 0 { try await Task.sleep(for: .milliseconds(3)) }
      let add = MGInstruction(.map, function: .add, a: 0, b: MGOperand(count), c: 0)
      withUnsafePointer(to: add) { add in
        var step = MGStep(
          prologue: nil, block: add, epilogue: nil, prologueCount: 0, blockCount: 1, epilogueCount: 0, terms: nil,
          blocks: 1, lanes: Int32(count), stride: Int32(count), blockStride: 0, memory: memory.address, data: nil,
          optimizer: MGOptimizer(), table: callTable)
        mg_step(kernels, true, &step, team)
      }
      let sums = memory.numbers.prefix(count)
      try #require(sums.allSatisfy { $0 == Double(round + 1) }, "round \(round): \(sums)")
    }
    mg_team_destroy(team)
    #expect(mg_team_create(1) == nil && mg_team_create(0) == nil)
  }

  @Test func kernelsHaveNames() {
    #expect(mg_kernels("abacus") == nil)
    let best = mg_kernels(nil)!
    #expect(String(cString: best.pointee.name) == instructionSets[0])
    #expect(instructionSets.contains("baseline") || instructionSets.contains("neon"))
  }
}
