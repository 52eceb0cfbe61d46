import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Gradients, Jacobians and second derivatives against closed forms.
@Suite struct GradientTests {
  /// (1 - x)² + 100 (y - x²)²
  static func rosenbrock(_ p: [Value]) -> Value {
    (1 - p[0]) * (1 - p[0]) + 100 * pow(p[1] - p[0] * p[0], 2)
  }

  private func expectClose(
    _ got: [Double], _ expected: [Double], _ what: String, tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(got.count == expected.count, sourceLocation: sourceLocation)
    for (i, (got, expected)) in zip(got, expected).enumerated() {
      let isClose = abs(got - expected) <= tolerance * max(abs(expected), 1)
      #expect(isClose, "\(what)[\(i)]: got \(got), expected \(expected)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [(-1.2, 1.0), (1, 1), (0, 0), (0.3, -2)]) func rosenbrock(_ x: Double, _ y: Double) {
    let (value, slope) = valueWithGradient(at: [x, y], of: Self.rosenbrock)
    expectClose([value], [(1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)], "value")
    expectClose(slope, [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)], "gradient")
    let second = hessian(at: [x, y], of: Self.rosenbrock)
    expectClose(second[0], [2 - 400 * (y - 3 * x * x), -400 * x], "first row of the Hessian")
    expectClose(second[1], [-400 * x, 200], "second row of the Hessian")
    let product = hessianVectorProduct(at: [x, y], vector: [2, -3], of: Self.rosenbrock)
    expectClose(product, [2 * second[0][0] - 3 * second[0][1], 2 * second[1][0] - 3 * second[1][1]], "Hv")
  }

  /// The gradient of log Σ exp is the softmax p; its Hessian is diag(p) - p pᵀ.
  @Test func logSumExp() {
    let point = [0.5, -1, 2]
    func f(_ x: [Value]) -> Value { x.map { $0.exp() }.sum().log() }
    let total = point.map { Value($0).exp().data }.reduce(0, +)
    let p = point.map { Value($0).exp().data / total }
    expectClose(gradient(at: point, of: f), p, "softmax")
    let second = hessian(at: point, of: f)
    for i in 0..<3 { expectClose(second[i], (0..<3).map { (i == $0 ? p[i] : 0) - p[i] * p[$0] }, "row \(i)") }
  }

  @Test func jacobianOfPolarCoordinates() {
    let (r, angle) = (2.0, 0.7)
    let matrix = jacobian(at: [r, angle]) { [$0[0] * cos($0[1]), $0[0] * sin($0[1])] }
    let c = cos(Value(angle)).data, s = sin(Value(angle)).data
    expectClose(matrix[0], [c, -r * s], "∂x")
    expectClose(matrix[1], [s, r * c], "∂y")
  }

  /// Second derivatives of a small net with a fused dot product, against differences of the gradient.
  @Test func secondDerivativesOfANet() {
    func net(_ p: [Value]) -> Value {
      let x: [Value] = [0.3, -0.8]
      let hidden = (0..<2).map { dot(Array(p[3 * $0..<3 * $0 + 2]), x, bias: p[3 * $0 + 2]).tanh() }
      return (dot(Array(p[6..<8]), hidden, bias: p[8]).sigmoid() - 1).squared()
    }
    let point = (0..<9).map { 0.9 * sin(Value(Double($0) * 1.7)).data }
    let second = hessian(at: point, of: net)
    for i in point.indices {
      var up = point, down = point
      up[i] += 1e-5
      down[i] -= 1e-5
      let differences = zip(gradient(at: up, of: net), gradient(at: down, of: net)).map { ($0 - $1) / 2e-5 }
      expectClose(second[i], differences, "row \(i)", tolerance: 1e-8)
    }
  }

  /// Every operation's derivative, recorded, is differentiated once more and compared with differences of the first.
  @Test(arguments: OperationTests.recorded) func secondDerivativesOfEveryOperation(_ operation: Operation) {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<50 {
      let x = Double.random(in: 0.2...2.5, using: &random), y = Double.random(in: 0.2...2.5, using: &random)
      if abs(x - y) < 0.05 { continue }
      func slope(_ x: Double) -> Double {
        gradient(at: [x]) { OperationTests.record(operation, $0[0], Value(y))! }[0]
      }
      let got = hessian(at: [x]) { OperationTests.record(operation, $0[0], Value(y))! }[0][0]
      let expected = OperationTests.centralDifference(at: x, slope)
      #expect(
        abs(got - expected) <= 1e-6 * max(abs(expected), 1),
        "second derivative of \(operation)(\(x), \(y)): got \(got), expected \(expected); seed \(seed)")
    }
  }

  /// A slope of 0 is handed on where passes are recorded: the curvature behind it is not 0.
  @Test func curvatureAtAFlatPoint() {
    #expect(hessian(at: [0]) { ($0[0] * $0[0]) }[0][0] == 2)
    #expect(hessian(at: [0]) { ($0[0] * $0[0]) * $0[0] + pow($0[0], 2) }[0][0] == 2)
  }

  @Test func higherDerivativesOfAPower() {
    let x = Value(3)
    var y = pow(x, 5), expected = 5.0 * 81
    for (order, next) in [4.0 * 27 / 81, 3 * 9.0 / 27, 2 * 3.0 / 9, 1.0 / 3].enumerated() {
      y = derivatives(of: y, by: [x])[0]
      MicrogradTestSupport.expectClose(y.data, expected, "derivative \(order + 1)")
      expected *= next
    }
  }

  /// Leaves that a function makes and somebody keeps, such as parameters that are made when they are first used.
  @Test func leavesMadeByAFunctionKeepTheirGradients() {
    var kept: [Value] = []
    let slopes = gradient(at: [2]) { x in
      kept.append(Value(3))
      return x[0] * kept[0]
    }
    #expect(slopes == [3] && kept[0].grad == 0, "got \(slopes) and \(kept[0].grad)")
    let others = gradient(at: [2]) { x in
      kept.append(Value(3))
      kept[1].grad = 7
      return x[0] * kept[1]
    }
    #expect(others == [3] && kept[1].grad == 7, "got \(others) and \(kept[1].grad)")
  }

  @Test func capturedValuesKeepTheirGradients() {
    let weight = Value(2)
    weight.grad = 5
    #expect(gradient(at: [3]) { $0[0] * weight } == [2])
    #expect(weight.grad == 5)
  }

  @Test func inputsThatAreNotUsedHaveDerivativeZero() {
    #expect(gradient(at: [1, 2, 3]) { $0[1] * $0[1] } == [0, 4, 0])
    #expect(gradient(at: [1, 2]) { _ in 7 } == [0, 0])
    #expect(gradient(at: []) { _ in 7 } == [])
    #expect(jacobian(at: [1, 2]) { [$0[1]] } == [[0, 1]])
  }

  @Test func errorsPassThrough() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try gradient(at: [1]) { _ in throw Refusal() } }
  }
}
