import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Steps taken apart, against the steps of the same program as a whole.
@Suite struct SplitStepTests {
  /// A net, a penalty that counts once, and rows for it.
  private struct Problem {
    let model = MLP(3, [5, 1], activation: .tanh, seed: 1)
    /// No loss depends on it.
    let unused = Value(0.25)
    let rows: [[Double]]

    init(seed: Int) {
      var random = PythonRandom(seed: seed)
      let points = random.rows(23, 3)
      rows = zip(points, signs(of: points)).map { $0 + [$1] }
    }

    func program(_ rule: UpdateRule, _ precision: Precision, threads: Int? = 1, blockLimit: Int? = nil) throws
      -> Program
    {
      let program = try Program(
        inputs: 4, parameters: model.parameters + [unused], optimizer: rule, precision: precision, threads: threads,
        regularization: 0.01 * model.parameters.map { $0 * $0 }.sum()
      ) { row in (model(Array(row[..<3]))[0] - row[3]).squared() }
      try program.bind(rows)
      return program
    }
  }

  private static let batches = [[0, 3, 7, 22, 5], [1, 2], [9, 8, 10, 11, 12, 13], [4]]

  /// Takes a step for each batch in halves, each batch in two parts, and a part on its own buffer of `Number`.
  private func trainInHalves<Number: BinaryFloatingPoint>(
    _ program: Program, _ batches: [[Int]], by: Number.Type
  ) throws -> (losses: [Double], step: SplitStep) {
    let step = try SplitStep(program, largestBatch: 6), count = program.parameters.count
    let part = UnsafeMutableBufferPointer<Number>.allocate(capacity: count)
    let sum = UnsafeMutableBufferPointer<Number>.allocate(capacity: count)
    defer {
      part.deallocate()
      sum.deallocate()
    }
    let losses = try batches.enumerated().map { number, batch in
      sum.initialize(repeating: 0)
      var total = 0.0
      for samples in [Array(batch.prefix(2)), Array(batch.dropFirst(2))] where !samples.isEmpty {
        try step.load(samples)
        total += step.gradient(into: part, times: Double(samples.count)) * Double(samples.count)
        for index in 0..<count { sum[index] += part[index] }
      }
      step.update(
        by: UnsafeBufferPointer(sum), times: 1 / Double(batch.count), learningRate: TrainingTests.schedule(number))
      return total / Double(batch.count)
    }
    return (losses, step)
  }

  @Test(arguments: TrainingTests.rules) func halvesAreTheWholeStep(_ rule: TrainingTests.Rule) throws {
    let seed = newSeed()
    for (precision, tolerance) in [(Precision.double, 1e-12), (.float, 1e-4)] {
      let whole = Problem(seed: seed), split = Problem(seed: seed)
      let name = "\(rule.testDescription), \(precision), seed \(seed)"
      let program = try whole.program(rule.update, precision), other = try split.program(rule.update, precision)
      // One step first: halves continue with its momentum.
      let first = [program, other].map { $0.step(learningRate: 0.01) }
      expectClose([first[1]], [first[0]], "first step, \(name)", tolerance: 0)
      let expected = try Self.batches.enumerated().map { number, batch in
        try program.runEpoch(batch, batchSize: batch.count) { _ in TrainingTests.schedule(number) }
      }
      let before = other.parameters.map(\.data)
      let (losses, step) =
        try precision == .double
        ? trainInHalves(other, Self.batches, by: Double.self) : trainInHalves(other, Self.batches, by: Float.self)
      expectClose(losses, expected, "losses, \(name)", tolerance: tolerance)
      expectClose(step.parameters, program.parameters.map(\.data), "parameters, \(name)", tolerance: tolerance)
      #expect(other.parameters.map(\.data) == before, "values before writeBack, \(name)")
      step.writeBack()
      #expect(other.parameters.map(\.data) == step.parameters, "values after writeBack, \(name)")
      // The program continues where the halves ended, and the other way round.
      let last = [program, other].map { $0.step(learningRate: 0.01) }
      expectClose([last[1]], [last[0]], "step after, \(name)", tolerance: tolerance)
      let snapshots = [program, other].map(\.optimizerSnapshot)
      #expect(snapshots.map(\.stepCount) == [6, 6], "\(name)")
      for (got, expected) in zip(snapshots[1].numbers, snapshots[0].numbers) {
        expectClose(got, expected, "optimizer's numbers, \(name)", tolerance: tolerance)
      }
    }
  }

  /// Float buffers of a program of Doubles, and the other way round, are converted.
  @Test func buffersAreConverted() throws {
    let seed = newSeed()
    for precision in Precision.allCases {
      let problems = [Problem(seed: seed), Problem(seed: seed)]
      let programs = try problems.map { try $0.program(.sgd(), precision) }
      let doubles = try trainInHalves(programs[0], Self.batches, by: Double.self)
      let floats = try trainInHalves(programs[1], Self.batches, by: Float.self)
      expectClose(floats.losses, doubles.losses, "\(precision), seed \(seed)", tolerance: 1e-5)
      expectClose(floats.step.parameters, doubles.step.parameters, "\(precision), seed \(seed)", tolerance: 1e-5)
    }
  }

  @Test(arguments: TrainingTests.rules) func replaysAreSplitAlike(_ rule: TrainingTests.Rule) throws {
    func make() throws -> Program {
      let w = [Value(0.5), Value(-1.5)]
      return try Program((w[0] * w[1] - 1).squared() + w[0].exp(), parameters: w, optimizer: rule.update)
    }
    let whole = try make(), split = try make()
    #expect(split.refusal != nil)
    let expected = (0..<5).map { _ in whole.step(learningRate: 0.01) }
    let step = try SplitStep(split), gradient = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2)
    defer { gradient.deallocate() }
    let losses = (0..<5).map { _ in
      let loss = step.gradient(into: gradient)
      step.update(by: UnsafeBufferPointer(gradient), learningRate: 0.01)
      return loss
    }
    step.writeBack()
    #expect(losses == expected, "\(rule.testDescription)")
    #expect(split.parameters.map(\.data) == whole.parameters.map(\.data), "\(rule.testDescription)")
    #expect(split.optimizerSnapshot == whole.optimizerSnapshot, "\(rule.testDescription)")
  }

  /// Rows with an infinite number are replayed.
  @Test func replaysOfOneSampleAreSplitAlike() throws {
    let seed = newSeed(), whole = Problem(seed: seed), split = Problem(seed: seed)
    let programs = try [whole, split].map { problem in
      let program = try problem.program(.adam(), .double)
      try program.bind(problem.rows.dropLast() + [[.infinity, 0, 0, 1]])
      return program
    }
    // The row itself is in no batch.
    let batches = [[0, 1, 2, 3], [5, 6], [2, 4, 6]]
    let expected = try batches.enumerated().map { number, batch in
      try programs[0].runEpoch(batch, batchSize: batch.count) { _ in TrainingTests.schedule(number) }
    }
    let (losses, step) = try trainInHalves(programs[1], batches, by: Double.self)
    expectClose(losses, expected, "losses, seed \(seed)", tolerance: 1e-13)
    expectClose(step.parameters, programs[0].parameters.map(\.data), "parameters, seed \(seed)", tolerance: 1e-13)
  }

  /// Random nets, several blocks of lanes, several threads: the gradient is that of `backward()`.
  @Test func gradientsAreThoseOfBackward() throws {
    let first = newSeed()
    for seed in first..<first + 6 {
      let net = RandomNet(seed: seed), settings = Settings(threads: 2, blockLimit: 16)
      let program = try Program(net.record(), parameters: net.parameters, settings: settings)
      let expected = eager(net.record(), program.parameters)
      let gradient = UnsafeMutableBufferPointer<Double>.allocate(capacity: program.parameters.count)
      defer { gradient.deallocate() }
      let step = try SplitStep(program)
      if program.refusal == nil { try step.load(Array(0..<program.sampleCount)) }
      for _ in 0..<2 {
        let loss = step.gradient(into: gradient)
        expectClose([loss] + gradient, expected, "\(net.name), \(program)", tolerance: 1e-10)
      }
    }
  }

  /// A gradient that was given to a parameter that no loss depends on is not returned at the next step.
  @Test func unusedParametersHaveNoGradient() throws {
    let problem = Problem(seed: 3), step = try SplitStep(problem.program(.sgd(), .double))
    let gradient = UnsafeMutableBufferPointer<Double>.allocate(capacity: problem.model.parameters.count + 1)
    defer { gradient.deallocate() }
    gradient.initialize(repeating: 1)
    step.update(by: UnsafeBufferPointer(gradient), learningRate: 0.5)
    #expect(step.parameters.last == -0.25)
    try step.load([0])
    step.gradient(into: gradient)
    #expect(gradient.last == 0)
  }

  @Test(arguments: TrainingTests.rules) func programsAreResumed(_ rule: TrainingTests.Rule) throws {
    let seed = newSeed(), whole = Problem(seed: seed), ended = Problem(seed: seed)
    let expected = try whole.program(rule.update, .double).run(steps: 10, schedule: .constant(0.01))
    let first = try ended.program(rule.update, .double)
    var losses = first.run(steps: 6, schedule: .constant(0.01))
    let second = try ended.program(rule.update, .double)
    try second.resume(from: first.optimizerSnapshot)
    losses += second.run(steps: 4, schedule: .constant(0.01))
    #expect(losses == expected, "\(rule.testDescription), seed \(seed)")
    #expect(
      ended.model.parameters.map(\.data) == whole.model.parameters.map(\.data),
      "\(rule.testDescription), seed \(seed)")
    #expect(second.optimizerSnapshot.stepCount == 10)
  }

  @Test func mistakesAreExplained() throws {
    let problem = Problem(seed: 1), program = try problem.program(.adam(), .double)
    func expectError(_ text: String, _ body: () throws -> Void) {
      let error = #expect(throws: ProgramError.self, performing: body)
      #expect(
        error?.description.contains(text) == true, "got \(error?.description ?? "no error"), expected “\(text)”")
    }
    expectError("batches of at most 0 samples") { _ = try SplitStep(program, largestBatch: 0) }
    expectError("the optimizer keeps 2 numbers") {
      try program.resume(from: OptimizerSnapshot(stepCount: 1, numbers: [[0]]))
    }
    let unbound = try Program(inputs: 1, parameters: problem.model.parameters) { row in
      problem.model.parameters.sum() * row[0]
    }
    expectError("call bind first") { _ = try SplitStep(unbound) }
    let w = Value(1), inputs = [[Value(1)], [Value(2)]]
    let replayed = try Program((w * inputs[0][0]).exp() + inputs[1][0] * w, parameters: [w], inputs: inputs)
    if replayed.refusal != nil {
      expectError("cannot be taken in batches") { try SplitStep(replayed).load([1]) }
    }
  }
}
