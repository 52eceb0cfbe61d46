import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Products with the matrix of second derivatives, against those that the values record.
@Suite struct SecondDerivativeTests {
  /// ∇(∇loss · v) by two recorded passes.
  private func expected(_ loss: Value, _ parameters: [Value], _ vector: [Double]) -> [Double] {
    let slope = zip(derivatives(of: loss, by: parameters), vector).map { $0 * $1 }.sum()
    return Array(eager(slope, parameters).dropFirst())
  }

  @Test func randomNetsAgreeWithTheTape() throws {
    let first = newSeed()
    var compared = 0
    for seed in first..<first + 60 {
      let net = RandomNet(seed: seed), loss = net.record()
      var random = PythonRandom(seed: seed)
      let settings = Settings(
        threads: random.choice([1, 2]), blockLimit: random.choice([nil, 8]))
      let program = try Program(loss, parameters: net.parameters, settings: settings)
      guard program.refusal == nil else { continue }
      compared += 1
      for _ in 0..<2 {
        let vector = net.parameters.map { _ in random.uniform(-1, 1) }
        let got = try program.hessianVectorProduct(vector)
        expectClose(got, expected(net.record(), net.parameters, vector), net.name, tolerance: 1e-9)
        for parameter in net.parameters { parameter.data += random.uniform(-0.1, 0.1) }
      }
    }
    #expect(compared > 30, "only \(compared) of 60 programs from seed \(first) were compiled")
  }

  @Test func everyOperationAgreesWithTheTape() throws {
    for activation in RandomNet.activations {
      let parameters = [Value(0.7), Value(-0.4)]
      let record = {
        (0..<9).map { i in
          let x = 0.25 * Double(i) - 0.9
          return activation(parameters[0] * x + parameters[1]) * (parameters[1] + 0.5 * x)
        }.mean()
      }
      let program = try Program(record(), parameters: parameters)
      #expect(program.refusal == nil, "\(activation.name)")
      let got = try program.hessianVectorProduct([0.3, 1])
      expectClose(got, expected(record(), parameters, [0.3, 1]), activation.name, tolerance: 1e-10)
    }
  }

  /// k-means: each point counts for the centre that is nearest when the product is computed. H is diagonal.
  @Test func theNearestCentreIsChosenAtEachCall() throws {
    var random = PythonRandom(seed: 8)
    let points = random.rows(40, 2), centres = random.rows(3, 2).map { $0.map { Value($0) } }
    let parameters = centres.flatMap { $0 }
    let losses = points.map { point in
      let distances = centres.map { centre in zip(centre, point).map { ($0 - $1).squared() }.sum() }
      return distances.dropFirst().reduce(distances[0]) { min($0, $1) }
    }
    let program = try Program(losses.sum(), parameters: parameters)
    for round in 0..<3 {
      var counts = [0.0, 0, 0]
      for point in points {
        let distances = centres.map { centre in
          zip(centre, point).map { ($0.data - $1) * ($0.data - $1) }.reduce(0, +)
        }
        counts[distances.indices.min { distances[$0] < distances[$1] }!] += 1
      }
      let diagonal = try program.hessianVectorProduct([1, 1, 1, 1, 1, 1])
      expectClose(diagonal, counts.flatMap { [2 * $0, 2 * $0] }, "round \(round)")
      for parameter in parameters { parameter.data += random.uniform(-0.8, 0.8) }
    }
  }

  @Test func programsOfOneSampleAndOtherDataToo() throws {
    let w = [Value(0.4), Value(-0.3)]
    let program = try Program(inputs: 2, parameters: w, regularization: 0.1 * w[0] * w[0] * w[1]) { x in
      (w[0] * x[0] + w[1]).tanh() * x[1]
    }
    for samples in [[[0.3, 1.0], [0.5, -2]], [[1.0, 0.25], [-1, 1], [0.5, 0.5]]] {
      try program.bind(samples)
      let record = {
        samples.map { (w[0] * $0[0] + w[1]).tanh() * $0[1] }.mean() + 0.1 * w[0] * w[0] * w[1]
      }
      expectClose(try program.hessianVectorProduct([1, -2]), expected(record(), w, [1, -2]), "\(samples)")
    }
  }

  /// The mean weighs each sample, once.
  @Test func meansOfSeveralSamples() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let w = [Value(0.5), Value(-0.3)], vector = [0.7, -1.2]
    func loss(_ x: [Value]) -> Value { pow(dot(w, x).squared() + 0.5, -0.5) * dot(w, x).tanh() }
    let program = try Program(inputs: 2, parameters: w) { loss($0) }
    for count in [1, 2, 3, 17] {
      let samples = random.rows(count, 2)
      try program.bind(samples)
      let mean = samples.map { sample in loss(sample.map { Value($0) }) }.mean()
      expectClose(
        try program.hessianVectorProduct(vector), expected(mean, w, vector), "\(count) samples, seed \(seed)",
        tolerance: 1e-10)
    }
  }

  @Test func saysWhyThereIsNone() throws {
    func message(_ body: () throws -> Void) -> String {
      let error = #expect(throws: ProgramError.self) { try body() }
      return error?.description ?? ""
    }
    let w = Value(0.5)
    let program = try Program([1.0, 2, 3].map { (w * $0).exp() }.mean(), parameters: [w])
    let length = message { _ = try program.hessianVectorProduct([1, 2]) }
    #expect(length == "a vector of 2 numbers for 1 parameter: it needs one for each", "got \(length)")
    #expect(message { _ = try program.hessianVectorProduct([.nan]) }.contains("finite"))
    let replayed = try Program((w * w).exp(), parameters: [w])
    #expect(message { _ = try replayed.hessianVectorProduct([1]) }.contains("node by node"))
  }

  // MARK: Recorded derivatives

  /// A derivative of ReLU that was recorded holds 0 or 1 for good.
  @Test func recordedChoicesAreRefused() throws {
    let w = Value(0.5), data = [-1.0, 0.5, 2, 3]
    func loss(_ activation: (Value) -> Value) -> Value {
      data.map { x in derivatives(of: activation(w * x) * x, by: [w])[0].squared() }.mean()
    }
    for operation: (Value) -> Value in [
      { $0.relu() }, { $0.abs() }, { max($0, 0.3) }, { min($0, 0.3) }, { $0.leakyReLU(slope: 0.1) }, { $0.elu() },
    ] {
      let error = #expect(throws: ProgramError.self) { try Program(loss(operation), parameters: [w]) }
      #expect(error?.description.contains("4 derivatives recorded") ?? false, "got \(error?.description ?? "")")
    }
    // Even where nothing was let through, and the derivative is the constant 0.
    #expect(throws: ProgramError.self) {
      try CompiledFunction(inputs: 1) { x in derivatives(of: (x[0] - 5).relu(), by: x) }
    }
    // Smooth operations have one formula for all numbers.
    let smooth = loss { $0.softplus() }
    expectAgreement(try Program(smooth, parameters: [w]), smooth, "softplus")
    w.data = -0.25
    expectAgreement(try Program(smooth, parameters: [w]), loss { $0.softplus() }, "softplus, moved")
  }
}
