import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

@testable import MicrogradCompiler

/// Other data for the same program, mini-batches, and the program of one sample's loss.
@Suite struct BindingTests {
  private let model = MLP(2, [4, 1], activation: .tanh, seed: 1)
  private let rows: [[Double]]
  private static let rule = TrainingTests.rules[0]

  init() {
    var random = PythonRandom(seed: 2)
    let points = random.rows(23, 2)
    rows = zip(points, signs(of: points)).map { $0 + [$1] }
  }

  private func loss(_ model: MLP, _ row: [Value]) -> Value { (model([row[0], row[1]])[0] - row[2]).squared() }

  private func record(_ model: MLP, _ rows: [[Double]]) -> Value {
    rows.map { loss(model, $0.map { Value($0) }) }.mean()
  }

  private func whole(_ rows: [[Double]], threads: Int = 1) throws -> Program {
    let inputs = rows.map { $0.map { Value($0) } }
    return try Program(
      inputs.map { loss(model, $0) }.mean(), parameters: model.parameters, inputs: inputs, threads: threads)
  }

  private func ofOneSample(_ update: UpdateRule = .sgd(), regularization: Value? = nil) throws -> Program {
    try Program(inputs: 3, parameters: model.parameters, optimizer: update, regularization: regularization) {
      loss(model, $0)
    }
  }

  @Test func otherDataForTheSameProgram() throws {
    var random = PythonRandom(seed: 3)
    for program in [try whole(rows), try ofOneSample()] {
      for count in [23, 5, 40, 1, 23] {
        let others = random.rows(count, 3)
        try program.bind(others)
        #expect(program.sampleCount == count)
        expectAgreement(program, record(model, others), "\(count) samples, \(program)")
      }
    }
  }

  @Test func oneSampleAndAllSamplesAreTheSameProgram() throws {
    let penalty = 0.1 * model.parameters.map { $0 * $0 }.sum()
    let one = try ofOneSample(regularization: penalty)
    try one.bind(rows)
    expectAgreement(one, record(model, rows) + penalty, "with regularization")
    #expect("\(one)".contains("of one sample"), "\(one)")
  }

  /// Inputs recorded in another order than declared, by a part of the samples first, and one sample twice.
  @Test func inputsAreFoundWhereverTheyAreUsed() throws {
    let inputs = rows.map { $0.map { Value($0) } }, w = Value(0.4)
    let parameters = model.parameters + [w]
    func compare(_ what: String, _ record: ([[Value]]) -> Value) throws {
      let program = try Program(record(inputs), parameters: parameters, inputs: inputs)
      expectAgreement(program, record(inputs), what)
      var random = PythonRandom(seed: 4)
      let others = random.rows(rows.count, 3)
      try program.bind(others)
      expectAgreement(program, record(others.map { $0.map { Value($0) } }), "bound, \(what), \(program)")
    }
    try compare("reversed") { $0.reversed().map { loss(model, $0) }.mean() }
    try compare("a branch first") { rows in
      rows.enumerated().map { index, row in
        index % 3 == 1 ? w * row[0] + loss(model, row) : loss(model, row)
      }.mean()
    }
    try compare("a sample twice") { rows in (rows + [rows[3]]).map { loss(model, $0) }.mean() }
    try compare("a sample left out") { rows in rows.dropLast().map { loss(model, $0) }.mean() }
    try compare("an input of one sample outside") { rows in rows.map { loss(model, $0) }.mean() + w * rows[0][0] }
    try compare("an input of one sample in all") { rows in rows.map { w * rows[0][0] * loss(model, $0) }.mean() }
  }

  @Test func miniBatchesWithARaggedLastOne() throws {
    let twin = MLP(2, [4, 1], activation: .tanh, seed: 1), start = model.parameters.map(\.data)
    for rule in [TrainingTests.rules[2], TrainingTests.rules[4]] {
      for (parameter, number) in zip(model.parameters + twin.parameters, start + start) { parameter.data = number }
      var epochs: [Double] = [], order = Array(rows.indices), random = PythonRandom(seed: 5), step = 0
      var optimizer = rule.optimizer(twin.parameters)
      for _ in 0..<3 {
        random.shuffle(&order)
        var total = 0.0
        for start in stride(from: 0, to: rows.count, by: 5) {
          let batch = order[start..<min(start + 5, rows.count)].map { rows[$0] }
          optimizer.zeroGrad()
          let loss = record(twin, batch)
          loss.backward()
          optimizer.learningRate = TrainingTests.schedule(step)
          optimizer.step()
          step += 1
          total += loss.data * Double(batch.count)
        }
        epochs.append(total / Double(rows.count))
      }
      let program = try ofOneSample(rule.update)
      try program.bind(rows)
      var ours = PythonRandom(seed: 5)
      let losses = try program.run(epochs: 3, batchSize: 5, schedule: TrainingTests.schedule) { ours.shuffle(&$0) }
      expectClose(losses, epochs, "losses, \(rule.testDescription)", tolerance: 1e-10)
      expectClose(
        model.parameters.map(\.data), twin.parameters.map(\.data), "parameters, \(rule.testDescription)",
        tolerance: 1e-10)
    }
  }

  /// The replay weights each batch by its own size, as the program does.
  @Test func replayedMiniBatchesWithARaggedLastOne() throws {
    let start = model.parameters.map(\.data), standIns = (0..<3).map { _ in Value(0) }
    let graph = SampleGraph(of: [loss(model, standIns)], parameters: model.parameters, inputs: standIns)
    var replay = SampleReplay(graph, optimizer: .sgd()), parameters = start
    try replay.bind(rows)
    let got = try replay.runEpoch(&parameters, Array(rows.indices), batchSize: 5) { TrainingTests.schedule($0) }
    let program = try ofOneSample()
    try program.bind(rows)
    let expected = try program.run(epochs: 1, batchSize: 5, schedule: TrainingTests.schedule)
    expectClose([got], expected, "loss")
    expectClose(parameters, model.parameters.map(\.data), "parameters")
  }

  @Test func batchesOfTheWholeBatchProgram() throws {
    let start = model.parameters.map(\.data), one = try ofOneSample(), all = try whole(rows)
    try one.bind(rows)
    var results: [[Double]] = []
    for program in [one, all] {
      for (parameter, number) in zip(model.parameters, start) { parameter.data = number }
      let losses = try program.run(epochs: 2, batchSize: 7, schedule: .constant(0.1))
      results.append(losses + model.parameters.map(\.data))
    }
    expectClose(results[1], results[0], "batches of 7 of \(rows.count)")
    // A batch larger than the data is all of them.
    #expect(try all.run(epochs: 1, batchSize: 1000, schedule: .constant(0))[0] == all.loss())
  }
}
