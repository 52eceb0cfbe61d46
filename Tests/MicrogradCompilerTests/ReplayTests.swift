import MicrogradEngine
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Replays of graphs without samples, against the values themselves.
@Suite struct ReplayTests {
  /// Expects the graph to be refused, and its replay to agree with the values, before and after the parameters have moved.
  private func expectReplay(
    _ parameters: [Value], _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ record: () -> Value
  ) throws {
    let loss = record(), program = try Program(loss, parameters: parameters)
    #expect(program.refusal != nil, "\(what): \(program)", sourceLocation: sourceLocation)
    expectAgreement(program, loss, what, sourceLocation: sourceLocation)
    for parameter in parameters { parameter.data = 0.9 * parameter.data + 0.01 }
    expectAgreement(program, record(), "moved, \(what)", sourceLocation: sourceLocation)
  }

  // MARK: Random graphs

  @Test func randomGraphsOfAllOperations() throws {
    let first = newSeed()
    for seed in first..<first + 200 {
      let graph = RandomGraph(seed: seed)
      let loss = graph.record()
      let flat = FlatGraph(of: loss, locating: graph.parameters)
      let replay = ScalarReplay(flat, parameters: flat.located, inputs: [])
      for round in 0..<2 {
        let expected = eager(round == 0 ? loss : graph.record(), graph.parameters)
        var got = [Double](repeating: 0, count: graph.parameters.count)
        let number = replay.forward(graph.parameters.map(\.data))
        replay.backward(into: &got)
        expectClose([number] + got, expected, "seed \(seed), round \(round)")
        for parameter in graph.parameters { parameter.data *= 0.9 }
      }
    }
  }

  /// Random expressions: the same ones whenever they are recorded, in many copies, so that runs of all lengths occur.
  private struct RandomGraph {
    let seed: Int
    let parameters: [Value]

    init(seed: Int) {
      self.seed = seed
      var random = PythonRandom(seed: seed)
      // One of them is not used.
      parameters = (0..<6).map { _ in Value(random.uniform(0.2, 1.8)) }
    }

    func record() -> Value {
      var random = PythonRandom(seed: seed + 1)
      var values = Array(parameters.dropLast()) + [Value(0.5), Value(2)]
      for _ in 0..<random.randint(1, 12) {
        let operation = Operation.allCases[random.randint(1, Operation.allCases.count - 1)]
        let copies = [1, 2, 30][random.randint(0, 2)]
        values += (0..<copies).map { _ in apply(operation, values, &random) }
      }
      return values.suffix(40).map { ($0 * 0.1).tanh() }.sum() + values[random.randint(0, values.count - 1)]
    }

    private func apply(_ operation: Operation, _ values: [Value], _ random: inout PythonRandom) -> Value {
      func any() -> Value { values[random.randint(0, values.count - 1)] }
      // Where functions are not defined or grow without bounds, rounding errors would grow as well.
      func positive() -> Value { any().sigmoid() + 0.1 }
      switch operation {
      case .dot:
        let length = random.randint(0, 4)
        let weights = (0..<length).map { _ in any() }, inputs = (0..<length).map { _ in positive() }
        return random.randint(0, 1) == 0 ? dot(weights, inputs) : dot(weights, inputs, bias: any())
      case .straightThrough: return any().straightThrough(to: any())
      default:
        return operation.record((0..<operation.argumentCounts.upperBound).map { _ in positive() })
      }
    }
  }

  // MARK: Recurrences

  @Test func statesThatGoThroughTime() throws {
    var random = PythonRandom(seed: 3)
    let weights = (0..<12).map { _ in Value(random.uniform(-1, 1)) }
    let inputs = (0..<30).map { _ in random.uniform(-1, 1) }
    try expectReplay(weights, "gates of three units") {
      var hidden = [Value(0.1), Value(0.2), Value(0.3)], cells = hidden
      for input in inputs {
        for unit in 0..<3 {
          let gate = (weights[unit] * hidden[unit] + weights[3 + unit] * input).sigmoid()
          cells[unit] = cells[unit] * gate + (1 - gate) * (weights[6 + unit] * hidden[unit]).tanh()
          hidden[unit] = weights[9 + unit] * cells[unit].tanh()
        }
      }
      return hidden[0] + hidden[1] * hidden[2]
    }
  }

  // MARK: Edges

  @Test func lossesThatAreParametersOrConstants() throws {
    let w = Value(0.7), unused = Value(2)
    for loss in [w, Value(3), Value(3).exp() + 1] {
      let flat = FlatGraph(of: loss, locating: [unused, w])
      let replay = ScalarReplay(flat, parameters: flat.located, inputs: [])
      var gradients = [0.0, 0]
      #expect(replay.forward([2, 0.7]) == loss.data, "\(loss)")
      replay.backward(seed: 3, into: &gradients)
      #expect(gradients == [0, loss.id == w.id ? 3 : 0], "\(loss)")
    }
  }

  @Test func inputsThatChange() {
    let w = Value(0.5), x = Value(2), y = Value(3), unused = Value(1)
    let loss = (w * x + y * y).exp() * (Value(4) * 5)
    let flat = FlatGraph(of: loss, locating: [w, x, unused, y, y * y])
    let replay = ScalarReplay(
      flat, parameters: [flat.located[0]], inputs: Array(flat.located[1..<4]), results: [flat.located[0]])
    replay.setInput(0, to: 1)
    replay.setInput(1, to: 100)
    replay.setInput(2, to: -0.5)
    var gradients = [0.0]
    let expected = 20 * Double.exp(0.25 * 1 + 0.25)
    expectClose([replay.forward([0.25])], [expected], "loss")
    replay.backward(into: &gradients)
    expectClose(gradients, [expected], "gradient")
    #expect(replay.result(0) == 0.25, "result")
  }

  @Test func specialValues() throws {
    let a = Value(0), b = Value(-1), c = Value(2)
    func close(_ loss: Value, _ what: String) {
      let flat = FlatGraph(of: loss, locating: [a, b, c])
      let replay = ScalarReplay(flat, parameters: flat.located, inputs: [])
      var gradients = [0.0, 0, 0]
      let number = replay.forward([a, b, c].map(\.data))
      replay.backward(into: &gradients)
      expectClose([number] + gradients, eager(loss, [a, b, c]), what)
    }
    close(b.relu().sqrt(), "an infinite gradient at a closed ReLU")
    close((a.sqrt() - 1).relu() + c, "a gradient of 0 at an infinite derivative")
    close(a.abs().sqrt(), "an infinite gradient times 0")
    let three = c.straightThrough(to: Value(3))
    close(
      (0..<20).map { max(three.sigmoid() * Double($0), Value(3).sigmoid() * Double($0)) }.sum(),
      "ties of what was computed in different ways")
    close(max(a * 1, a * 1) + min(c, c) + max(b, c), "ties")
    close(pow(a, c) + pow(c, a), "powers of 0")
    close(a.log() * 0, "a product of 0 and an infinity")
    // In runs of many.
    for function in [{ $0.exp() }, { $0.log() }, { $0.tanh() }, { $0.sigmoid() }, { $0.sqrt() }] as [(Value) -> Value]
    {
      let numbers: [Double] = [
        0, -0.0, .leastNonzeroMagnitude, 1, -1, 40, -40, 800, -800, .infinity, -.infinity, .nan,
      ]
      for number in numbers {
        let results = (0..<20).map { function(c * (number * Double($0))) }
        close(results.dropFirst().reduce(results[0]) { max($0, $1) }, "twenty of \(number)")
      }
    }
  }

  /// Another thread recorded a part, so the cells do not lie in one order of recording.
  @MainActor @Test func graphsOfSeveralThreads() async throws {
    nonisolated(unsafe) var recorded: (w: Value, parts: [Value])?
    await Task.detached {
      let w = Value(0.6), v = Value(0.3)
      recorded = (w, (1...3).map { (w * Double($0)).tanh() + dot([w, v], [v, w], bias: w) })
    }.value
    let (w, parts) = recorded!, u = Value(-0.2)
    let loss = parts.map { $0 * u + $0.squared() }.reduce(u) { $0 * $1 }
    expectAgreement(try Program(loss, parameters: [w, u]), loss, "a graph of two threads")
    let sum = parts.map { ($0 * u).sigmoid() }.sum()
    expectAgreement(try Program(sum, parameters: [w, u]), sum, "samples of two threads")
  }

  // MARK: Schedules

  @Test func schedulesHaveRunsOfEqualOperations() {
    let parameters = (0..<50).map { Value(Double($0)) }
    let loss = parameters.map { ($0 * 2).exp() }.reduce(Value(1)) { $0 - $1 }
    let flat = FlatGraph(of: loss, locating: parameters)
    let schedule = ReplaySchedule(flat, parameters: flat.located, inputs: [], results: [flat.root])
    #expect(schedule.runs.prefix(2).map(\.operation) == [.multiply, .exp])
    #expect(schedule.runs.map(\.count) == [50, 50] + Array(repeating: 1, count: 50))
    #expect(schedule.constants == [2, 1], "equal constants of a run are one")
    #expect(schedule.runs[0].reachesA && !schedule.runs[0].reachesB, "constants need no gradient")
  }

  @Test func whatDependsOnConstantsAloneIsNotComputed() {
    let w = Value(2), constant = (Value(3) * 4 + 5).sqrt()
    let flat = FlatGraph(of: w * constant, locating: [w])
    let schedule = ReplaySchedule(flat, parameters: flat.located, inputs: [], results: [flat.root])
    #expect(schedule.runs.map(\.operation) == [.multiply])
    #expect(schedule.constants == [constant.data])
  }

  @Test func longChainsNeedNoStack() throws {
    let w = Value(1)
    let loss = (0..<100_000).reduce(w) { sum, _ in (sum * 0.5).sigmoid() }
    expectAgreement(try Program(loss, parameters: [w]), loss, "a chain of 200,000 values")
  }
}
