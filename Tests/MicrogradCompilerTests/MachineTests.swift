import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// The same program on other instruction sets, in blocks, and on several threads.
@Suite struct MachineTests {
  static let kernels = ["avx512", "avx2", "baseline", "neon"].compactMap { Kernels(named: $0) }

  @Test func everyInstructionSetInBlocksOfEverySize() throws {
    let seed = newSeed()
    for (index, kernels) in Self.kernels.enumerated() {
      for (precision, tolerance) in [(Precision.double, 1e-11), (.float, 1e-4)] {
        for (turn, limit) in [1, 3, 8, 16, 1000].enumerated() {
          let net = RandomNet(seed: seed + 10 * index + turn), loss = net.record()
          let program = try Program(
            loss, parameters: net.parameters,
            settings: Settings(precision: precision, kernels: kernels, blockLimit: limit))
          expectAgreement(
            program, loss, "\(kernels.name), \(precision), blocks of \(limit), \(net.name)", tolerance: tolerance)
        }
      }
    }
  }

  @Test func blocksOfLanesTrainAlike() throws {
    let seed = newSeed()
    for rule in TrainingTests.rules {
      let net = RandomNet(seed: seed), start = net.parameters.map(\.data)
      var results: [[Double]] = []
      for limit in [nil, 1, 16] {
        for (parameter, number) in zip(net.parameters, start) { parameter.data = number }
        let program = try Program(
          net.record(), parameters: net.parameters, settings: Settings(optimizer: rule.update, blockLimit: limit))
        results.append(program.run(steps: 10, schedule: TrainingTests.schedule) + net.parameters.map(\.data))
      }
      for result in results.dropFirst() {
        expectClose(result, results[0], "\(rule.testDescription), \(net.name)", tolerance: 1e-8)
      }
    }
  }

  @Test func threadsMakeNoDifference() throws {
    let first = newSeed()
    for seed in first..<first + 4 {
      for (precision, limit) in [(Precision.double, nil), (.float, nil), (.double, 8)] as [(Precision, Int?)] {
        let net = RandomNet(seed: seed), start = net.parameters.map(\.data)
        var results: [[UInt64]] = []
        for threads in 1...3 {
          for (parameter, number) in zip(net.parameters, start) { parameter.data = number }
          let program = try Program(
            net.record(), parameters: net.parameters,
            settings: Settings(
              optimizer: .sgd(momentum: 0.5), precision: precision, threads: threads, blockLimit: limit))
          let losses = program.run(steps: 5, schedule: TrainingTests.schedule)
          results.append((losses + net.parameters.map(\.data)).map(\.bitPattern))
        }
        #expect(results[1] == results[0] && results[2] == results[0], "\(precision), \(net.name)")
      }
    }
  }

  @Test func blocksHoldAllSamples() {
    for samples in 1...70 {
      for limit in [1, 5, 8, 64] {
        let shape = Shape(samples: samples, line: 4, limit: limit)
        #expect(
          shape.lanes % 4 == 0 && shape.lanes * shape.blocks >= samples,
          "\(samples) samples, at most \(limit): \(shape)")
        #expect(shape.lanes < limit + 4, "\(samples) samples, at most \(limit): \(shape)")
      }
    }
  }
}
