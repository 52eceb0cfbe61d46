import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

@testable import MicrogradCompiler

@Suite struct PredictorTests {
  @Test(arguments: [Precision.double, .float], ["baseline", "avx2", "avx512", "neon"])
  func computesWhatTheModelDoes(precision: Precision, name: String) throws {
    guard let kernels = Kernels(named: name) else { return }
    for (seed, activation) in [Activation.relu, .tanh, .sigmoid, .gelu, .elu()].enumerated() {
      let model = MLP(3, [20, 5, 2], activation: activation, seed: seed)
      let predict = try Predictor(
        inputs: 3, parameters: model.parameters, precision: precision, kernels: kernels, model: { model($0) })
      for count in [1, 2, 7, 64, 1000] {
        let samples = Self.samples(count, seed: seed)
        expectAgree(
          predict(samples), samples, precision,
          "\(activation.name), \(count) samples, \(name) \(precision), seed \(seed)"
        ) { model($0) }
      }
    }
  }

  @Test func goesThroughMoreSamplesThanItHasRowsFor() throws {
    let model = MLP(3, [150, 1], seed: 5)
    let samples = Self.samples(2500, seed: 5)
    expectAgree(try model.predictor()(samples), samples, .double, "2500 samples") { model($0) }
  }

  @Test func readsTheParametersAtEachCall() throws {
    let model = MLP(3, [4, 1], seed: 1), predict = try model.predictor()
    let sample = [0.3, -0.5, 0.25], before = predict(sample)[0]
    for parameter in model.parameters { parameter.data += 0.5 }
    let after = predict(sample)[0], expected = model(sample)[0].data
    #expect(before != after && abs(after - expected) < 1e-12, "got \(after), expected \(expected), before \(before)")
  }

  @Test func returnsOutputsOfEveryKind() throws {
    let weight = Value(3)
    let model: ([Value]) -> [Value] = { x in
      let doubled = 2 * x[0]
      return [
        x[1], weight, Value(7), weight * weight, doubled, doubled, x[0].sin() + x[1], weight * x[0], x[0] / x[1],
      ]
    }
    let predict = try Predictor(inputs: 2, parameters: [weight, weight], model: model)
    let samples = [[1, 2], [0.5, -4], [-3, 0.125]]
    expectAgree(predict(samples), samples, .double, "outputs of every kind", model: model)
    #expect(predict([]) == [[Double]]())
    #expect(predict.parameters.count == 1)
  }

  @Test func handlesNumbersThatAreNotFinite() throws {
    let model: ([Value]) -> [Value] = { x in [0 * x[0] + x[1], max(x[0], x[1]), x[0].relu() - x[1]] }
    let predict = try Predictor(inputs: 2, parameters: [], model: model)
    let samples: [[Double]] = [[.infinity, 1], [1, 2], [.nan, 3], [4, -.infinity]]
    expectAgree(predict(samples), samples, .double, "samples that are not finite", model: model)

    let net = MLP(3, [4, 2], seed: 2)
    net.layers[0].neurons[1].weights[0].data = Double.infinity
    let inputs = [[0, 1, 2], [1, 0, -1], [-1, 0, 1]].map { $0.map(Double.init) }
    expectAgree(try net.predictor()(inputs), inputs, .double, "an infinite weight") { net($0) }
  }

  @Test func saysWhatIsWrong() {
    let noOutputs = #expect(throws: ProgramError.self) { try Predictor(inputs: 1, parameters: []) { _ in [] } }
    #expect(noOutputs?.description.contains("no outputs") ?? false, "got \(noOutputs?.description ?? "")")
    let assigned = #expect(throws: ProgramError.self) {
      try Predictor(inputs: 1, parameters: []) { x in
        let y = x[0] * 2
        y.data = 5
        return [y]
      }
    }
    #expect(assigned?.description.contains("by hand") ?? false, "got \(assigned?.description ?? "")")
    #expect(throws: ProgramError.self) { try MLP([]).predictor() }
  }

  @Test func describesItself() throws {
    let predict = try MLP(2, [16, 1], seed: 1).predictor()
    #expect(predict.description == "2 inputs → dense 2→16 relu, dense 16→1 → 1 output")
  }

  // MARK: Helping

  private static func samples(_ count: Int, seed: Int) -> [[Double]] {
    var random = PythonRandom(seed: seed)
    return (0..<count).map { _ in (0..<3).map { _ in random.uniform(-2, 2) } }
  }

  private func expectAgree(
    _ got: [[Double]], _ samples: [[Double]], _ precision: Precision, _ what: String, model: ([Value]) -> [Value]
  ) {
    let expected = samples.map { model($0.map { Value($0) }).map(\.data) }
    #expect(got.count == expected.count, "\(what): got \(got.count) results")
    let tolerance = precision == .double ? 1e-12 : 2e-5
    for (index, (some, others)) in zip(got, expected).enumerated() {
      let isEqual =
        some.count == others.count
        && zip(some, others).allSatisfy { a, b in
          a == b || a.isNaN && b.isNaN || abs(a - b) <= tolerance * max(1, abs(b))
        }
      #expect(isEqual, "\(what), sample \(index) \(samples[index]): got \(some), expected \(others)")
    }
  }
}
