import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Large or small, so that hardly any sum of two is exact.
private func number(_ random: inout PythonRandom) -> Double {
  random.uniform(-1, 1) * Double(sign: .plus, exponent: random.randrange(40) - 20, significand: 1)
}

/// What one sample adds up is added in the order and with the brackets that it was written with.
@Suite struct OrderOfAdditionTests {
  /// A random sum of sums.
  indirect enum Sum: CustomStringConvertible {
    case constant(Double)
    case parameter(Int)
    case plus(Sum, Sum)
    case minus(Sum, Sum)
    case negative(Sum)

    /// - Parameter parameters: How many there are to choose from.
    init(_ random: inout PythonRandom, parameters: Int, hasConstants: Bool, depth: Int) {
      func part(_ depth: Int) -> Sum {
        Sum(&random, parameters: parameters, hasConstants: hasConstants, depth: depth)
      }
      switch depth == 0 ? random.randrange(hasConstants ? 0 : 2, 3) : 2 + random.randrange(6) {
      case 0, 1: self = .constant(number(&random))
      case 2: self = .parameter(random.randrange(parameters))
      case 3, 4, 5: self = .plus(part(depth - 1), part(random.randrange(depth)))
      case 6: self = .minus(part(depth - 1), part(random.randrange(depth)))
      default: self = .negative(part(depth - 1))
      }
    }

    /// With all numbers times a sign, which changes the sign of the result and nothing else.
    func recorded(_ parameters: [Value], sign: Double) -> Value {
      switch self {
      case .constant(let number): Value(sign * number)
      case .parameter(let index): parameters[index] * sign
      case .plus(let a, let b): a.recorded(parameters, sign: sign) + b.recorded(parameters, sign: sign)
      case .minus(let a, let b): a.recorded(parameters, sign: sign) - b.recorded(parameters, sign: sign)
      case .negative(let a): -a.recorded(parameters, sign: sign)
      }
    }

    func computed<Number: BinaryFloatingPoint>(_ parameters: [Number]) -> Number {
      switch self {
      case .constant(let number): Number(number)
      case .parameter(let index): parameters[index]
      case .plus(let a, let b): a.computed(parameters) + b.computed(parameters)
      case .minus(let a, let b): a.computed(parameters) - b.computed(parameters)
      case .negative(let a): -a.computed(parameters)
      }
    }

    var description: String {
      switch self {
      case .constant(let number): "\(number)"
      case .parameter(let index): "p\(index)"
      case .plus(let a, let b): "(\(a) + \(b))"
      case .minus(let a, let b): "(\(a) - \(b))"
      case .negative(let a): "-\(a)"
      }
    }
  }

  /// Four samples of equal results but for the sign: their mean is exact, in whatever order it is taken.
  private func record(_ sum: Sum, _ parameters: [Value]) -> Value {
    [1.0, -1, -1, 1].map { sign in sum.recorded(parameters, sign: sign).abs() }.mean()
  }

  @Test func sumsAreExactlyTheValues() throws {
    let first = newSeed()
    for seed in first..<first + 150 {
      var random = PythonRandom(seed: seed)
      let numbers = (0..<6).map { _ in Double(Float(number(&random))) }, parameters = numbers.map { Value($0) }
      let hasConstants = seed % 2 == 0
      let sum = Sum(&random, parameters: 6, hasConstants: hasConstants, depth: 5), loss = record(sum, parameters)
      let double = try Program(loss, parameters: parameters).loss()
      #expect(double == loss.data, "seed \(seed), \(sum) at \(numbers): got \(double), expected \(loss.data)")
      // Constants are folded in Double, and so come out better than in Float.
      if hasConstants { continue }
      let float = try Program(loss, parameters: parameters, precision: .float).loss()
      let expected = Double(sum.computed(numbers.map { Float($0) }).magnitude)
      #expect(float == expected, "seed \(seed), \(sum) at \(numbers), Float: got \(float), expected \(expected)")
    }
  }

  /// A sum that ends a sample's loss is not torn apart by the sum over the samples.
  @Test func sumsThatEndALossAreOfOneSample() throws {
    let w = Value(0.1), large = [1e16, 2e16, -3e16, 5e15]
    let endings: [(String, (Value, Double) -> Value)] = [
      ("(x + c) - c", { ($0 + $1) - $1 }), ("x + (c - c)", { $0 + (Value($1) - $1) }),
      ("-(c - (x + c))", { -($1 - ($0 + $1)) }),
    ]
    for (name, ending) in endings {
      for start in [nil, Value(0), w * w] as [Value?] {
        let losses = large.map { ending((w * 3).tanh(), $0) }
        let loss = losses.reduce(start) { total, loss in total.map { $0 + loss } ?? loss }!
        let program = try Program(loss, parameters: [w])
        expectClose([program.loss()], [loss.data], "Σ \(name)", tolerance: 1e-15)
      }
    }
  }

  /// The usual log loss, guarded against log 0.
  @Test func guardedLogLoss() throws {
    let w = Value(30), v = Value(-7), parameters = [w, v]
    let points = [-2, -1, -0.5, 0, 0.4, 1, 2, 3.0]
    for (epsilon, precision) in [(1e-16, Precision.double), (1e-12, .double), (1e-9, .float), (1e-7, .float)] {
      let losses = points.map { x in
        let p = (w * x + v).sigmoid()
        return x < 0.3 ? -(p + epsilon).log() : -(1 - p + epsilon).log()
      }
      let loss = losses.mean(), program = try Program(loss, parameters: parameters, precision: precision)
      if precision == .double {
        let expected = eager(loss, parameters)
        expectClose([program.loss()], [expected[0]], "loss, ε = \(epsilon)", tolerance: 1e-13)
        // Where p rounds to 1, the values know the sigmoid's derivative, and its kernel has 0.
        let gradients = [program.backward()] + parameters.map(\.grad)
        expectClose(gradients, expected, "gradients, ε = \(epsilon)", tolerance: 1e-5)
        for parameter in parameters { parameter.grad = 0 }
      } else {
        let got = [program.backward()] + parameters.map(\.grad)
        let isFinite = got.allSatisfy { $0.isFinite }
        #expect(isFinite, "ε = \(epsilon) in Float: got \(got)")
      }
    }
  }

  @Test func neuronsWithTheBiasLastAreRowsOfALayer() throws {
    let model = MLP(2, [4, 1], seed: 3), points = [[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]]
    let losses = points.map { point in
      let hidden = model.layers[0].neurons.map { neuron in
        (neuron.bias + (neuron.weights[0] * point[0] + neuron.weights[1] * point[1])).relu()
      }
      let output = model.layers[1].neurons[0]
      return (zip(output.weights, hidden).map { $0 * $1 }.sum() + output.bias).squared()
    }
    let loss = losses.mean(), program = try Program(loss, parameters: model.parameters)
    #expect(program.description.contains("dense 2→4 relu, dense 4→1"), "\(program)")
    expectAgreement(program, loss, "\(program)")
  }
}
