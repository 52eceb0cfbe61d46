import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Values and Jacobians of compiled functions against those of the tape.
@Suite struct CompiledFunctionTests {
  @Test func everyOperationAgreesWithTheTape() throws {
    for activation in RandomNet.activations {
      let function: ([Value]) -> [Value] = { x in
        [activation(x[0] * x[1] + x[2]), x[0] * activation(x[1] - x[2]), activation(x[2])]
      }
      for (outputs, part) in [1, 2, 3].map({ count in (count, { Array(function($0).prefix(count)) }) }) {
        let rows = Self.rows(7, 3, seed: 11)
        for precision in Precision.allCases {
          try expectAgreement(
            inputs: 3, rows, Settings(precision: precision), "\(activation.name), \(outputs) outputs", part)
        }
      }
    }
  }

  @Test func randomFunctionsAgreeWithTheTape() throws {
    let first = newSeed()
    for seed in first..<first + 60 {
      let function = RandomFunction(seed: seed)
      var random = PythonRandom(seed: seed)
      let count = random.choice([0, 1, 2, 7, 8, 9, 33, 100])
      var settings = Settings(precision: random.choice(Precision.allCases), threads: random.choice([1, 2, 3]))
      settings.blockLimit = random.choice([nil, 8, 24])
      if let kernels = Kernels(named: random.choice(["baseline", "avx2", "avx512", "neon"])) {
        settings.kernels = kernels
      }
      try expectAgreement(
        inputs: function.inputs, parameters: function.parameters, Self.rows(count, function.inputs, seed: seed),
        settings,
        "\(function.inputs) inputs, \(function.outputs) outputs, \(count) rows, \(settings), seed \(seed)",
        function.callAsFunction)
    }
  }

  @Test func netsAreLayersAndDifferentiatedByTheirInputs() throws {
    for (seed, activation) in [Activation.relu, .tanh, .gelu].enumerated() {
      for widths in [[5, 1], [4, 2], [6, 9]] {
        let model = MLP(3, widths, activation: activation, seed: seed)
        let function = try CompiledFunction(inputs: 3, parameters: model.parameters) { model($0) }
        #expect(function.description.contains("dense 3→\(widths[0])"), "\(function)")
        let rows = Self.rows(19, 3, seed: seed)
        try expectAgreement(
          inputs: 3, parameters: model.parameters, rows, Settings(), "\(activation.name) \(widths), seed \(seed)"
        ) { model($0) }
      }
    }
  }

  /// The gradient of a loss with respect to the inputs: the direction of an adversarial example.
  @Test func aSingleOutputGivesGradientsOfInputs() throws {
    let model = MLP(2, [8, 1], activation: .relu, seed: 3)
    let loss = try CompiledFunction(inputs: 3, parameters: model.parameters) { x in
      [squaredError(model([x[0], x[1]])[0], x[2])]
    }
    let samples = Self.rows(5, 3, seed: 4), gradients = try loss.jacobians(at: samples)
    for (index, sample) in samples.enumerated() {
      let expected = gradient(at: sample) { squaredError(model([$0[0], $0[1]])[0], $0[2]) }
      expectClose(Array(gradients[3 * index..<3 * index + 3]), expected, "sample \(sample)")
    }
  }

  @Test func choosesForEachRowAndReadsParametersAtEachCall() throws {
    let scale = Value(2)
    let function = try CompiledFunction(inputs: 2, parameters: [scale]) { x in
      [scale * (x[0].relu() + x[1].abs()) + max(x[0], x[1]), min(x[0], scale)]
    }
    let values = try function.values(at: [1, -3, -1, 0.5, 5, 4])
    #expect(values == [9, 1, 1.5, -1, 23, 2])
    #expect(try function.jacobians(at: [1, -3, -1, 0.5, 5, 4]) == [3, -2, 1, 0, 0, 3, 1, 0, 3, 2, 0, 0])
    scale.data = -1
    #expect(try function.values(at: [[1, -3]]) == [-3, -1])
  }

  @Test func outputsOfEveryKind() throws {
    let weight = Value(3)
    let function: ([Value]) -> [Value] = { x in
      let doubled = 2 * x[0]
      return [
        x[1], weight, Value(7), weight * weight, doubled, doubled, -doubled, x[0].sin() + x[1], weight * x[0],
        weight * x[0].sin(), x[0] / x[1], (3 * x[1].tanh()).straightThrough(to: x[0]),
      ]
    }
    for count in [1, 5, 12] {
      for inputs in [2, 13] {
        let part = { (x: [Value]) in Array(function(x).prefix(count)) }
        let rows = Self.rows(3, inputs, seed: count)
        try expectAgreement(
          inputs: inputs, parameters: [weight, weight], rows, Settings(), "\(count) outputs, \(inputs) inputs", part)
      }
    }
  }

  @Test func numbersThatAreNotFiniteAreReplayed() throws {
    let scale = Value(2)
    let function: ([Value]) -> [Value] = { x in
      [0 * x[0] + x[1], max(x[0], x[1]), scale * x[0].relu() - x[1], (x[0] / x[1]).exp()]
    }
    let rows: [[Double]] = [[.infinity, 1], [1, 2], [.nan, 3], [4, -.infinity], [-1, 2]]
    try expectAgreement(inputs: 2, parameters: [scale], rows, Settings(), "rows that are not finite", function)
    scale.data = .infinity
    try expectAgreement(inputs: 2, parameters: [scale], rows, Settings(), "an infinite parameter", function)
    try expectAgreement(inputs: 2, rows, Settings(), "an infinite constant") { [$0[0] * .infinity, $0[1]] }
  }

  @Test func saysWhatIsWrong() throws {
    func message(_ body: () throws -> Void) -> String {
      let error = #expect(throws: ProgramError.self) { try body() }
      return error?.description ?? ""
    }
    #expect(message { _ = try CompiledFunction(inputs: 1) { _ in [] } }.contains("no outputs"))
    let function = try CompiledFunction(inputs: 2) { [$0[0] * $0[1]] }
    let row = message { _ = try function.values(at: [[1, 2], [3]]) }
    #expect(row == "row 2 has 1 number; the function takes 2 inputs", "got \(row)")
    let flat = message { _ = try function.jacobians(at: [1, 2, 3]) }
    #expect(flat == "3 numbers are no whole number of rows: the function takes 2 inputs for each", "got \(flat)")
    let assigned = message {
      _ = try CompiledFunction(inputs: 1) { x in
        let y = x[0] * 2
        y.data = 5
        return [y]
      }
    }
    #expect(assigned.contains("by hand"), "got \(assigned)")
  }

  // MARK: Helping

  private static func rows(_ count: Int, _ width: Int, seed: Int) -> [[Double]] {
    var random = PythonRandom(seed: seed)
    return random.rows(count, width)
  }

  private func expectAgreement(
    inputs: Int, parameters: [Value] = [], _ rows: [[Double]], _ settings: Settings, _ what: String,
    _ function: ([Value]) -> [Value]
  ) throws {
    let compiled = try CompiledFunction(inputs: inputs, parameters: parameters, settings: settings, function)
    let (values, jacobians) = try compiled.valuesWithJacobians(at: rows)
    let tolerance = settings.precision == .double ? 1e-11 : 2e-4
    let expected = rows.flatMap { row in function(row.map { Value($0) }).map(\.data) }
    expectClose(values, expected, "values with Jacobians, \(what)", tolerance: tolerance)
    expectClose(try compiled.values(at: rows), expected, "values, \(what)", tolerance: tolerance)
    let derivatives = rows.flatMap { row in jacobian(at: row, of: function).flatMap { $0 } }
    expectClose(jacobians, derivatives, "Jacobians, \(what)", tolerance: tolerance)
  }
}

/// A function of several outputs, drawn at random, with values of all operations in between.
private struct RandomFunction {
  let inputs: Int, outputs: Int
  let parameters: [Value]
  /// The operands of each step, and what it does.
  private let steps: [(left: Int, right: Int, choice: Int)]
  private let results: [Int]

  init(seed: Int) {
    var random = PythonRandom(seed: seed)
    (inputs, outputs) = (random.randint(1, 7), random.randint(1, 7))
    parameters = (0..<random.randint(0, 3)).map { _ in Value(random.uniform(-1, 1)) }
    let leaves = inputs + parameters.count, count = random.randint(1, 30)
    steps = (0..<count).map { step in
      (
        random.randrange(leaves + step), random.randrange(leaves + step),
        random.randrange(RandomNet.activations.count + 8)
      )
    }
    results = (0..<outputs).map { _ in random.randrange(leaves + count) }
  }

  func callAsFunction(_ x: [Value]) -> [Value] {
    var values = x + parameters
    for (left, right, choice) in steps {
      let a = values[left], b = values[right]
      let value: Value =
        switch choice {
        case 0: a + b
        case 1: a - b
        case 2: a * b
        case 3: a / (2 + b * b)
        case 4: max(a, b)
        case 5: min(a, b)
        case 6: dot([a, b], [b, x[0]], bias: a)
        case 7: pow(1.5 + a.tanh(), b.tanh())
        default: RandomNet.activations[choice - 8](a)
        }
      // Bounded, so that no chain of operations overflows.
      values.append(value.tanh() + 0.1 * value.softsign())
    }
    return results.map { values[$0] }
  }
}
