import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Layers that a sample applies several times, as one product.
@Suite struct PositionTests {
  /// After each pass, the loss and the gradients are still the values' own.
  @Test func noPassChangesANumber() throws {
    let first = newSeed()
    for seed in first..<first + 25 {
      let net = SharedNet(seed: seed), loss = net.record()
      let expected = eager(loss, net.parameters), numbers = net.parameters.map(\.data)
      let graph = FlatGraph(of: loss, locating: net.parameters)
      guard let passes = try? Passes(graph, parameters: graph.located, inputs: [:], declared: 0) else { continue }
      // Positions that are all alike are lanes of their own.
      let lanes = passes.sampleOfLane.count
      let dense = passes.code.inlined().withDenseLayers(), stacked = dense.stacked()
      let differentiated = stacked.differentiated(parameters: numbers.count)
      for (name, ir) in [("dense", dense), ("stacking", stacked), ("fusion", stacked.fused())] {
        let got = Interpreter(ir, parameters: numbers, lanes: lanes).loss
        expectClose([got], [expected[0]], "loss after \(name), \(net.name)")
      }
      for (name, ir) in [("differentiation", differentiated), ("fusion of both", differentiated.fused())] {
        let run = Interpreter(ir, parameters: numbers, lanes: lanes)
        expectClose([run.loss] + run.gradients, expected, "after \(name), \(net.name)")
      }
    }
  }

  @Test func lossAndGradientsAgree() throws {
    let first = newSeed()
    for seed in first..<first + 40 {
      for (precision, tolerance) in [(Precision.double, 1e-11), (.float, 1e-4)] {
        for threads in [1, 2] {
          let net = SharedNet(seed: seed)
          let program = try Program(
            inputs: net.inputs, parameters: net.parameters, precision: precision, threads: threads
          ) { net.loss($0) }
          // Batches of every size, odd ones too.
          for count in [1, 2, 7, net.points.count] where count <= net.points.count {
            try program.bind(Array(net.points[..<count]))
            let loss = net.points[..<count].map { point in net.loss(point.map { Value($0) }) }.mean()
            expectAgreement(
              program, loss, "\(count) samples, \(precision), \(threads) threads, \(net.name)", tolerance: tolerance)
          }
        }
      }
    }
  }

  @Test func everyInstructionSetInBlocksOfEverySize() throws {
    let seed = newSeed()
    for (index, kernels) in MachineTests.kernels.enumerated() {
      for (precision, tolerance) in [(Precision.double, 1e-11), (.float, 1e-4)] {
        for (turn, limit) in [1, 8, 16, 1000].enumerated() {
          let net = SharedNet(seed: seed + 10 * index + turn), loss = net.record()
          let program = try Program(
            loss, parameters: net.parameters,
            settings: Settings(precision: precision, kernels: kernels, blockLimit: limit))
          expectAgreement(
            program, loss, "\(kernels.name), \(precision), blocks of \(limit), \(net.name)", tolerance: tolerance)
        }
      }
    }
  }

  @Test(arguments: TrainingTests.rules) func trainingEndsWhereTheValuesEnd(_ rule: TrainingTests.Rule) throws {
    let first = newSeed()
    for seed in first..<first + 4 {
      let net = SharedNet(seed: seed), twin = SharedNet(seed: seed)
      let expected = TrainingTests.train(twin.parameters, rule, steps: 10) { _ in twin.record() }
      var results: [[UInt64]] = []
      for threads in 1...2 {
        for (parameter, original) in zip(net.parameters, SharedNet(seed: seed).parameters) {
          parameter.data = original.data
        }
        let program = try Program(
          inputs: net.inputs, parameters: net.parameters, optimizer: rule.update, threads: threads
        ) { net.loss($0) }
        try program.bind(net.points)
        let losses = program.run(steps: 10, schedule: TrainingTests.schedule),
          name = "\(rule.testDescription), \(net.name)"
        expectClose(losses, expected, "losses, \(name)", tolerance: 1e-7)
        expectClose(
          net.parameters.map(\.data), twin.parameters.map(\.data), "parameters, \(name)", tolerance: 1e-7)
        results.append((losses + net.parameters.map(\.data)).map(\.bitPattern))
      }
      #expect(results[0] == results[1], "one thread and two, \(rule.testDescription), \(net.name)")
    }
  }

  // MARK: What becomes one product

  private func code(positions: Int, _ loss: ([Value]) -> Value, _ parameters: [Value]) throws -> IR {
    var recording = SampleRecording(parameters: parameters, inputs: positions)
    let recorded = try recording.append([loss(recording.standIns)])
    return recording.code(meanOf: recorded.codes[0], plus: nil).inlined().withDenseLayers().stacked()
  }

  /// The number of positions of each layer.
  private func positions(_ ir: IR) -> [Int] {
    zip(ir.kinds, ir.useCounts()).compactMap { kind, uses in
      guard uses > 0, case .dense(let matrix, let inputs, _) = kind else { return nil }
      return ir.positions(matrix, inputs: inputs)
    }
  }

  @Test func aLayerAppliedToSeveralInputsIsOneProduct() throws {
    let w = [Value(0.5), Value(-0.3)], v = Value(0.7)
    let ir = try code(
      positions: 4, { x in x.map { (v * dot(w, [$0, $0.squared()]).tanh()).squared() }.sum() }, w + [v])
    #expect(positions(ir) == [4, 4], "\(ir.text)")
  }

  @Test func aLayerBehindItselfIsTwoProducts() throws {
    let w = [Value(0.5), Value(-0.3)]
    let ir = try code(
      positions: 2,
      { x in
        let once = dot(w, [x[0], x[1]]).tanh()
        return dot(w, [once, x[1]]).squared()
      }, w)
    #expect(positions(ir) == [1, 1], "\(ir.text)")
  }

  @Test func positionsMayHaveBiasesOfTheirOwn() throws {
    let w = [Value(0.5), Value(-0.3)], biases = [Value(0.1), Value(0.2), Value(0.3)]
    let ir = try code(
      positions: 3, { x in zip(x, biases).map { (dot(w, [$0, $0.squared()]) + $1).squared() }.sum() }, w + biases)
    #expect(positions(ir) == [3], "\(ir.text)")
    #expect(ir.matrices == [IR.Matrix(weights: [[0, 1]], biases: nil)], "\(ir.text)")
  }
}
