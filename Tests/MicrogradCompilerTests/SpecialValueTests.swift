import MicrogradEngine
import MicrogradNetworks
import Testing

@testable import MicrogradCompiler

/// NaN, infinities and overflow go through as in the values' own arithmetic.
@Suite struct SpecialValueTests {
  private static let special: [Double] = [.nan, .infinity, -.infinity, -0.0, 1e-300, .leastNonzeroMagnitude]

  private func record(_ parameters: [Value], _ points: [Double]) -> Value {
    points.map { x in
      let hidden = (parameters[0] * x + parameters[1]).relu()
      return squaredError(parameters[2] * hidden + parameters[3], 0.5)
    }.mean()
  }

  @Test(arguments: special) func inParameters(_ number: Double) throws {
    for index in 0..<4 {
      let parameters = [0.5, -0.2, 1.5, 0.1].map { Value($0) }
      let program = try Program(record(parameters, [-1, 0, 1, 2]), parameters: parameters)
      #expect(program.refusal == nil)
      parameters[index].data = number
      expectAgreement(program, record(parameters, [-1, 0, 1, 2]), "\(number) in parameter \(index)")
    }
  }

  @Test(arguments: special) func inData(_ number: Double) throws {
    let parameters = [0.5, -0.2, 1.5, 0.1].map { Value($0) }
    for points in [[-1, number, 1, 2], [number, number, number]] {
      let loss = record(parameters, points)
      let program = try Program(loss, parameters: parameters)
      expectAgreement(program, loss, "data \(points)")
    }
    // Bound, and taken back: the program continues.
    let x = [-1, 0, 1].map { Value($0) }
    func loss(_ x: [Value]) -> Value { x.map { squaredError((parameters[0] * $0).relu() + parameters[1], 1) }.mean() }
    let program = try Program(loss(x), parameters: parameters, inputs: x.map { [$0] })
    for numbers in [[number, 1, 2], [3, 1, 2]] {
      try program.bind(numbers.map { [$0] })
      expectAgreement(program, loss(numbers.map { Value($0) }), "bound \(numbers)")
    }
  }

  @Test func overflowInside() throws {
    let w = Value(2), v = Value(0.3)
    let cases: [(String, (Double) -> Value)] = [
      ("exp", { (w * $0 * 500).exp() * v }), ("log of exp", { (w * $0 * 500).exp().log() + v }),
      ("softplus", { (w * $0 * 5000).softplus() * v }), ("sigmoid", { (w * $0 * 5000).sigmoid() * v }),
      ("1 / exp", { v / (w * $0 * 500).exp() }), ("square", { (w * $0 * 1e200).squared() * v }),
      ("log of 0", { (w * $0).relu().log() + v }),
    ]
    for (name, term) in cases {
      let loss = [-1, 0, 0.5, 1].map { term($0) }.mean()
      let program = try Program(loss, parameters: [w, v])
      expectAgreement(program, loss, name)
    }
  }

  /// The gradient that a closed ReLU stops is 0, and 0 hands nothing on, even to an infinite derivative.
  @Test func closedReLUInFrontOfAnInfiniteDerivative() throws {
    let w = Value(0), v = Value(-1)
    let loss = [1, 2, 3].map { x in ((w * x).sqrt() + v).relu() }.mean()
    let program = try Program(loss, parameters: [w, v])
    #expect(program.refusal == nil)
    program.backward()
    #expect(w.grad == 0 && v.grad == 0, "got \(w.grad) and \(v.grad), expected 0 and 0")
  }

  /// The same in a layer, small or large, whose inputs are infinite.
  @Test(arguments: [(1, 1), (20, 40)]) func closedReLUBehindAnInfiniteInput(outputs: Int, inputs: Int) throws {
    let u = Value(0.5)
    let layer = Layer(
      (0..<outputs).map { row in
        let weights = (0..<inputs).map { Value(0.1 + Double((row + $0) % 7)) }
        return Neuron(weights: weights, bias: Value(0.3), activation: .relu)
      })
    let loss = [0, 2, 0, 3].map { x in
      layer((0..<inputs).map { (u * (x + Double($0) * x)).log() }).sum()
    }.mean()
    let program = try Program(loss, parameters: [u] + layer.parameters)
    #expect(program.refusal == nil)
    expectAgreement(program, loss, "\(outputs) outputs of \(inputs) inputs")
    #expect(layer.parameters.allSatisfy { $0.grad.isFinite })
  }

  /// The same behind the mean, where there is one number for all samples.
  @Test func closedReLUBehindAnInfiniteMean() throws {
    let w = Value(0.5), v = Value(1)
    let mean = [1, -1, 2, -2].map { x in (w * x).tanh() * 3 }.mean(), loss = (mean.log() * v).relu() + v
    let program = try Program(loss, parameters: [w, v])
    #expect(program.refusal == nil)
    expectAgreement(program, loss, "log of a mean of 0")
  }

  /// A value of parameters alone is computed once for all samples, but each sample has a gradient for it.
  @Test func singularPointsOfParameters() throws {
    let w = Value(0), v = Value(-1)
    let cases: [(String, (Double) -> Value)] = [
      ("gradients that cancel", { w.sqrt() * $0 }), ("an infinite factor", { (1 / w) * ($0 + v).relu() }),
      ("a closed ReLU", { (v / w * ($0 + 3)).relu() + v }),
      ("an infinite exponential", { ((v - 999) * v).exp() * $0 }),
    ]
    for (name, term) in cases {
      let loss = [-1, 1, 2, -2].map { term($0) + w * v * $0 }.mean()
      let program = try Program(loss, parameters: [w, v])
      #expect(program.refusal == nil)
      expectAgreement(program, loss, name)
    }
  }

  @Test func samplesThatAreNotThereHandNothingOn() throws {
    // In the samples without the branch its square root would be of a negative number.
    let w = Value(0.7)
    let loss = [-2, -1, 1, 2, 3].map { x in x > 0 ? (w * x).sqrt() + (w * x).sin() : (w * x).sin() }.mean()
    let program = try Program(loss, parameters: [w])
    #expect(program.refusal == nil, "\(program)")
    expectAgreement(program, loss, "a branch")
  }
}
