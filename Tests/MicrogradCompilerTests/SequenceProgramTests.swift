import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Sequences of unequal length: programs that share parameters and the optimizer's state, against the values' own training.
@Suite struct SequenceProgramTests {
  /// A recurrent net over words: an embedding for each of 3 words and one for each of 4 positions.
  private struct Net {
    static let words = 3, width = 4, longest = 4
    let embedding, positions, recurrent: [[Value]]
    let output: [Value]

    init(seed: Int) {
      var random = PythonRandom(seed: seed)
      func matrix(_ rows: Int) -> [[Value]] { random.rows(rows, Net.width).map { $0.map { Value($0) } } }
      embedding = matrix(Net.words)
      positions = matrix(Net.longest)
      recurrent = matrix(Net.width)
      output = matrix(1)[0]
    }

    var parameters: [Value] { (embedding + positions + recurrent).flatMap { $0 } + output }

    /// The outputs, position by position. The first has no state before it, so that programs for length 1 have no matrix
    /// there, and parameters another layout.
    func outputs(_ vectors: [[Value]]) -> [Value] {
      var state: [Value]?
      return zip(vectors, positions).map { vector, position in
        let word = zip(vector, position).map { ($0 + $1).tanh() }
        if let last = state {
          let sum = zip(word, last).map { $0 + $1 }
          state = recurrent.map { dot($0, sum).tanh() }
        } else {
          state = word
        }
        return dot(output, state ?? [])
      }
    }

    /// The loss by lookups, as the values themselves compute it.
    func loss(_ sequence: Sentence) -> Value {
      let outputs = outputs(sequence.words.map { embedding[$0] })
      return zip(outputs, sequence.targets).map { squaredError($0, $1) }.mean()
    }

    /// The same from inputs: for each position the word one-hot, the target, and the weight of the position.
    func loss(_ inputs: [Value], _ length: Int) -> Value {
      let rows = (0..<length).map { Array(inputs[$0 * (Net.words + 2)..<($0 + 1) * (Net.words + 2)]) }
      let vectors = rows.map { row in
        (0..<Net.width).map { column in dot(embedding.map { $0[column] }, Array(row[..<Net.words])) }
      }
      return zip(outputs(vectors), rows).map { $1[Net.words + 1] * squaredError($0, $1[Net.words]) }.sum()
    }
  }

  private struct Sentence {
    let words: [Int]
    let targets: [Double]

    func write(to inputs: inout [Double]) {
      for (position, (word, target)) in zip(words, targets).enumerated() {
        let start = position * (Net.words + 2)
        inputs[start + word] = 1
        inputs[start + Net.words] = target
        inputs[start + Net.words + 1] = 1 / Double(words.count)
      }
    }
  }

  private static func sequences(_ count: Int, _ random: inout PythonRandom) -> [Sentence] {
    (0..<count).map { index in
      let length = index < Net.longest ? index + 1 : random.randint(1, Net.longest)
      return Sentence(
        words: (0..<length).map { _ in random.randint(0, Net.words - 1) },
        targets: (0..<length).map { _ in random.uniform(-1, 1) })
    }
  }

  private static func program(
    _ net: Net, _ sequences: [Sentence], _ settings: Settings, lengths: [Int]? = nil, regularization: Value? = nil
  ) throws -> SequenceProgram {
    let program = try SequenceProgram(
      net.parameters, settings, lengths: lengths, regularization: regularization,
      inputCount: { $0 * (Net.words + 2) }, { net.loss($0, $1) })
    try program.bind(lengths: sequences.map(\.words.count)) { sample, _, inputs in
      sequences[sample].write(to: &inputs)
    }
    return program
  }

  /// Batches of one and of several samples, one after the other.
  private static func batches(_ count: Int, of samples: Int, _ random: inout PythonRandom) -> [[Int]] {
    (0..<count).map { step in
      (0..<(step % 3 == 0 ? 1 : random.randint(1, 12))).map { _ in random.randint(0, samples - 1) }
    }
  }

  @Test(arguments: TrainingTests.rules) func batchesOfUnequalLength(_ rule: TrainingTests.Rule) throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let sequences = Self.sequences(25, &random), batches = Self.batches(12, of: 25, &random), twin = Net(seed: seed)
    let expected = TrainingTests.train(twin.parameters, rule, steps: batches.count) { step in
      batches[step].map { twin.loss(sequences[$0]) }.mean()
    }
    let blocked = Settings(optimizer: rule.update, threads: 2, blockLimit: 8)
    let all: [(String, Settings, [Int]?, Double)] = [
      ("each length", Settings(optimizer: rule.update), nil, 1e-10),
      ("lengths 2 and 4", Settings(optimizer: rule.update), [4, 2], 1e-10),
      ("blocks of 8 lanes", blocked, nil, 1e-10),
      ("Float", Settings(optimizer: rule.update, precision: .float), nil, 2e-3),
    ]
    for (name, settings, lengths, tolerance) in all {
      let net = Net(seed: seed), program = try Self.program(net, sequences, settings, lengths: lengths)
      var reported: [Double] = []
      let losses = try program.run(batches: batches, schedule: TrainingTests.schedule) { step, loss in
        #expect(step == reported.count)
        reported.append(loss)
      }
      let what = "\(rule.testDescription), \(name), seed \(seed)"
      expectClose(losses, expected, "losses, \(what)", tolerance: tolerance)
      #expect(reported == losses, "\(what)")
      expectClose(
        net.parameters.map(\.data), twin.parameters.map(\.data), "parameters, \(what)", tolerance: tolerance)
      let loss = sequences.map { twin.loss($0) }.mean().data
      expectClose([try program.loss()], [loss], "loss of all, \(what)", tolerance: tolerance)
      expectClose(
        [try program.loss(of: [4, 0])], [(twin.loss(sequences[4]) + twin.loss(sequences[0])).data / 2],
        "loss of two, \(what)", tolerance: tolerance)
    }
  }

  @Test func layoutsOfParametersMayDiffer() throws {
    let net = Net(seed: 1), settings = Settings(optimizer: .adam())
    let machines = try (1...3).map { length in
      try LengthProgram(inputs: length * (Net.words + 2), parameters: net.parameters, regularization: nil) {
        net.loss($0, length)
      }.machine(settings.optimizer.goal, batch: 1, parameters: net.parameters.count, settings).machine
    }
    #expect(!machines[0].hasLayout(of: machines[1]))
    #expect(machines[1].hasLayout(of: machines[2]))
  }

  @Test func parametersBelongToTheValuesBetweenCalls() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let sequences = Self.sequences(9, &random), net = Net(seed: seed), twin = Net(seed: seed)
    let program = try Self.program(net, sequences, Settings(optimizer: .adam()))
    var optimizer = Adam(twin.parameters, learningRate: 0.01)
    for step in 0..<8 {
      // One sample after the other: each on a program of another length.
      let loss = try program.run(batches: [[step]], schedule: .constant(0.01))
      optimizer.zeroGrad()
      let expected = twin.loss(sequences[step])
      expected.backward()
      optimizer.step()
      expectClose(loss, [expected.data], "step \(step), seed \(seed)")
      for parameter in [net.parameters[step], twin.parameters[step]] { parameter.data += 0.25 }
    }
    expectClose(net.parameters.map(\.data), twin.parameters.map(\.data), "seed \(seed)", tolerance: 1e-10)
  }

  @Test func epochsAreBatches() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let sequences = Self.sequences(10, &random), rule = UpdateRule.sgd(momentum: 0.5)
    let net = Net(seed: seed), twin = Net(seed: seed)
    let penalty = 0.1 * net.output.map { $0 * $0 }.sum(), twinPenalty = 0.1 * twin.output.map { $0 * $0 }.sum()
    let program = try Self.program(net, sequences, Settings(optimizer: rule), regularization: penalty)
    let other = try Self.program(twin, sequences, Settings(optimizer: rule), regularization: twinPenalty)
    let batches = [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0], [0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    let got = try program.run(epochs: 2, batchSize: 4, schedule: .constant(0.02)) { $0.reverse() }
    let losses = try other.run(batches: batches, schedule: .constant(0.02))
    let expected: [Double] = [0, 3].map { (first: Int) in
      0.4 * losses[first] + 0.4 * losses[first + 1] + 0.2 * losses[first + 2]
    }
    expectClose(got, expected, "losses, seed \(seed)")
    expectClose(net.parameters.map(\.data), twin.parameters.map(\.data), "parameters, seed \(seed)")
    let again = Net(seed: seed)
    let penaltyBefore = 0.1 * again.output.map { $0 * $0 }.sum()
    let loss = (6...9).map { again.loss(sequences[$0]) }.mean() + penaltyBefore
    expectClose([losses[0]], [loss.data], "with regularization, seed \(seed)")
  }

  @Test(arguments: TrainingTests.rules) func trainingIsResumed(_ rule: TrainingTests.Rule) throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let sequences = Self.sequences(12, &random), batches = Self.batches(10, of: 12, &random)
    let settings = Settings(optimizer: rule.update), net = Net(seed: seed), whole = Net(seed: seed)
    let expected = try Self.program(whole, sequences, settings).run(batches: batches, schedule: .constant(0.01))
    let first = try Self.program(net, sequences, settings)
    #expect(first.optimizerSnapshot.stepCount == 0)
    var losses = try first.run(batches: batches[..<6], schedule: .constant(0.01))
    let snapshot = first.optimizerSnapshot
    #expect(snapshot.stepCount == 6)
    let second = try Self.program(net, sequences, settings)
    try second.resume(from: snapshot)
    #expect(second.optimizerSnapshot == snapshot)
    losses += try second.run(batches: batches[6...], schedule: .constant(0.01))
    #expect(losses == expected, "\(rule.testDescription), seed \(seed)")
    #expect(net.parameters.map(\.data) == whole.parameters.map(\.data), "\(rule.testDescription), seed \(seed)")
  }

  @Test func otherSamplesAreBound() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let net = Net(seed: seed)
    var sequences = Self.sequences(6, &random)
    let program = try Self.program(net, sequences, Settings())
    _ = try program.loss(of: [5])
    sequences = Array(Self.sequences(12, &random).dropFirst(6))
    let bound = sequences
    try program.bind(lengths: bound.map(\.words.count)) { sample, _, inputs in bound[sample].write(to: &inputs) }
    for sample in bound.indices {
      expectClose([try program.loss(of: [sample])], [net.loss(bound[sample]).data], "\(sample), seed \(seed)")
    }
  }

  @Test func programsAreMadeWhenTheyAreNeeded() throws {
    var recorded: [Int] = []
    let w = Value(0.5)
    let program = try SequenceProgram(parameters: [w], inputCount: { $0 }) { inputs, length in
      recorded.append(length)
      return inputs.map { (w * $0 - 1).squared() }.sum()
    }
    try program.bind(lengths: [3, 1, 2, 3]) { _, length, inputs in inputs = Array(repeating: 2, count: length) }
    #expect(recorded == [])
    try program.run(batches: [[1], [0, 1], [3], [1]], schedule: .constant(0))
    #expect(recorded == [1, 3])
    #expect("\(program)".contains("length 3:"), "\(program)")
  }

  @Test func badInputIsRefused() throws {
    let w = Value(0.5)
    func expectError(_ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
      let error = #expect(throws: ProgramError.self, sourceLocation: sourceLocation) { try body() }
      let text = error?.description ?? ""
      #expect(text.contains(words), "got: \(text); expected: \(words)", sourceLocation: sourceLocation)
    }
    func make(
      _ parameters: [Value], lengths: [Int]? = nil, _ optimizer: UpdateRule = .adam(), factor: Double = 1
    ) throws -> SequenceProgram {
      try SequenceProgram(
        parameters: parameters, optimizer: optimizer, lengths: lengths, inputCount: { $0 }
      ) { inputs, _ in factor * inputs.map { (w * $0).squared() }.sum() }
    }
    expectError("parameter 1 was computed") { _ = try make([w * w]) }
    expectError("betas") { _ = try make([w], .adam(betas: (1, 1))) }
    expectError("no lengths") { _ = try make([w], lengths: []) }
    expectError("a length of 0") { _ = try make([w], lengths: [2, 0]) }
    let program = try make([w], lengths: [2, 3])
    expectError("no samples") { try program.bind(lengths: []) { _, _, _ in } }
    expectError("sample 1 has length 4: lengths are at least 1 and at most 3") {
      try program.bind(lengths: [2, 4]) { _, _, _ in }
    }
    expectError("sample 0 has length 0: lengths are at least 1") {
      try make([w]).bind(lengths: [0]) { _, _, _ in }
    }
    try program.bind(lengths: [2, 3]) { sample, _, inputs in inputs[1] = sample == 1 ? .nan : 1 }
    let before = w.data
    expectError("input 1 of sample 1 is nan") { try program.run(batches: [[0], [1]], schedule: .constant(0.01)) }
    #expect(w.data != before && program.optimizerSnapshot.stepCount == 1)
    expectError("input 1 of sample 1 is nan") { _ = try program.loss() }
    expectError("constant that is not finite") {
      let program = try make([w], factor: .infinity)
      try program.bind(lengths: [1]) { _, _, inputs in inputs[0] = 1 }
      try program.run(batches: [[0]], schedule: .constant(0.01))
    }
    expectError("the optimizer keeps 2 numbers for each of 1 parameter") {
      try program.resume(from: OptimizerSnapshot(stepCount: 1, numbers: [[0]]))
    }
    expectError("not finite") {
      try program.resume(from: OptimizerSnapshot(stepCount: 1, numbers: [[0], [.infinity]]))
    }
  }
}
