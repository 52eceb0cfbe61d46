import MicrogradEngine
import MicrogradNetworks
import Testing

@testable import MicrogradCompiler

/// What cannot be compiled says so and why; what can only be replayed is right.
@Suite struct ErrorTests {
  private let model = MLP(2, [3, 1], activation: .tanh, seed: 1)
  private let points = (0..<6).map { [0.3 * Double($0) - 1, 0.5 - 0.1 * Double($0)] }

  private func expectError(
    _ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
  ) {
    let error = #expect(throws: ProgramError.self, sourceLocation: sourceLocation) { try body() }
    let text = error?.description ?? ""
    #expect(text.contains(words), "got: \(text); expected: \(words)", sourceLocation: sourceLocation)
  }

  private var loss: Value { points.map { model($0)[0].squared() }.mean() }

  @Test func numbersAssignedByHand() {
    let score = model(points[0])[0]
    score.data = 0.5
    expectError("score.sigmoid().straightThrough(to: score)") {
      _ = try Program(score.squared(), parameters: model.parameters)
    }
    let penalty = model.parameters[0].squared()
    penalty.data = 3
    expectError("assigned a number by hand") {
      _ = try Program(inputs: 2, parameters: model.parameters, regularization: penalty) { model($0)[0].squared() }
    }
  }

  @Test func parametersAndInputsThatAreNone() {
    expectError("parameter 2 was computed, by tanh") {
      _ = try Program(loss, parameters: [model.parameters[0], model.parameters[1].tanh()])
    }
    let x = Value(1), y = Value(2)
    expectError("sample 2 is a parameter, or another input too") {
      _ = try Program(loss, parameters: model.parameters, inputs: [[x], [x]])
    }
    expectError("sample 1 is a parameter, or another input too") {
      _ = try Program(loss, parameters: model.parameters, inputs: [[model.parameters[0]]])
    }
    expectError("sample 1 was computed") { _ = try Program(loss, parameters: model.parameters, inputs: [[x + y]]) }
    expectError("the same number of inputs; the first has 1") {
      _ = try Program(loss, parameters: model.parameters, inputs: [[x], [y, Value(3)]])
    }
  }

  @Test func rulesWithImpossibleNumbers() {
    let rules: [(UpdateRule, String)] = [
      (.sgd(momentum: -1), "not negative"), (.sgd(weightDecay: .nan), "not negative"),
      (.sgd(isNesterov: true), "needs momentum"), (.adam(betas: (1, 0.9)), "less than 1"),
    ]
    for (rule, words) in rules {
      expectError(words) { _ = try Program(loss, parameters: model.parameters, optimizer: rule) }
    }
  }

  @Test func bindingWhatDoesNotFit() throws {
    let none = try Program(loss, parameters: model.parameters)
    expectError("no inputs were declared") { try none.bind([[1, 2]]) }
    let one = try Program(inputs: 2, parameters: model.parameters) { model($0)[0].squared() }
    expectError("no samples to bind") { try one.bind([]) }
    expectError("sample 2 has 3 numbers; a sample has 2") { try one.bind([[1, 2], [1, 2, 3]]) }
    expectError("sample 1 has 1 number; a sample has 2") { try one.bind([[1]]) }
    // Labels that were not declared differ between samples.
    let inputs = points.map { $0.map { Value($0) } }
    let labelled = try Program(
      zip(inputs, [1.0, 2, 3, 4, 5, 6]).map { squaredError(model($0)[0], $1) }.mean(), parameters: model.parameters,
      inputs: inputs)
    expectError("constants that differ between samples") { try labelled.bind([[1, 2]]) }
    try labelled.bind(points.reversed())
    // A replay has as many samples as were recorded, and cannot be taken apart.
    let replay = try Program(model(inputs[0])[0].exp(), parameters: model.parameters, inputs: [inputs[0]])
    expectError("replayed node by node") { try replay.bind(points) }
    expectError("cannot be taken in batches") {
      try replay.run(epochs: 1, batchSize: 1, schedule: .constant(0.1))
    }
    try replay.bind([points[3]])
    #expect(replay.loss() == model(points[3])[0].exp().data)
  }

  @Test func unboundProgramsStopWithWords() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Value(1)
      let program = try Program(inputs: 1, parameters: [w]) { (w * $0[0]).squared() }
      _ = program.loss()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("call bind first"), "\(text)")
  }

  @Test func unusualParameters() throws {
    let none = try Program(loss, parameters: [])
    #expect(none.run(steps: 2, schedule: .constant(1)) == [none.loss(), none.loss()])
    #expect(abs(none.loss() - loss.data) < 1e-15)
    // One twice, and one that is not in the graph.
    let stranger = Value(2)
    let program = try Program(
      loss, parameters: model.parameters + [stranger] + model.parameters, optimizer: .sgd(weightDecay: 0.5))
    #expect(program.parameters.count == model.parameters.count + 1)
    expectAgreement(program, loss, "a stranger")
    program.step(learningRate: 0.1)
    #expect(abs(stranger.data - 1.9) < 1e-15, "decays all the same: got \(stranger.data), expected 1.9")
  }

  @Test func lossesThatAreLeaves() throws {
    let w = Value(3)
    for (loss, gradient) in [(w, 1.0), (Value(3), 0)] {
      let program = try Program(loss, parameters: [w])
      #expect(program.refusal?.contains("there are no samples") ?? false)
      #expect(program.backward() == 3)
      #expect(w.grad == gradient, "got \(w.grad), expected \(gradient)")
      w.grad = 0
    }
  }

  /// The numbers in the graph are those of the time of recording; the program's are of now.
  @Test func recordedInPiecesWhileParametersMoved() throws {
    let first = points.prefix(3).map { model($0)[0].squared() }
    for parameter in model.parameters { parameter.data += 0.1 }
    let second = points.suffix(3).map { model($0)[0].squared() }
    let program = try Program((first + second).mean(), parameters: model.parameters)
    for parameter in model.parameters { parameter.data -= 0.3 }
    #expect(program.refusal == nil)
    expectAgreement(program, loss, "parameters of now")
  }

  @Test func checkingFindsNothingWrong() throws {
    try Program(loss, parameters: model.parameters).check()
    try Program(loss, parameters: model.parameters, precision: .float).check()
    try Program(model(points[0])[0], parameters: model.parameters).check()
  }
}
