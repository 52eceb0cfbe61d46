import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Functions written once, for any `Scalar`.
@Suite struct ScalarTests {
  /// Every function by its name, and every operator.
  static func all<S: Scalar>(_ a: S, _ b: S, _ number: Double) -> [S] {
    var sum = a, difference = a, product = a, quotient = a
    sum += b
    sum += number
    difference -= b
    difference -= number
    product *= b
    product *= number
    quotient /= b
    quotient /= number
    return [
      a + b, a - b, a * b, a / b, -a, a + number, number + a, a - number, number - a, a * number, number * a,
      a / number,
      number / a, 2 * a, a * 0.5 + 1, sum, difference, product, quotient, S(number), S(3), exp(a), expMinusOne(a),
      log(b),
      log(onePlus: b), sqrt(b), abs(a), sin(a), cos(a), tan(a), atan(a), erf(a), erfc(a), relu(a), gelu(a), silu(a),
      softplus(a), softsign(a), sigmoid(a), logSigmoid(a), tanh(a), pow(b, number), pow(a, 3), pow(b, a), max(a, b),
      min(a, b), a.squared(), [a, b, a].sum(), [S]().sum(), dot([a, b, a], [b, b, a]), dot([a], [b], bias: a),
      a.detached() * b,
    ]
  }

  @Test func numbersAndValuesAgreeToTheLastDigit() {
    let seed = newSeed()
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let a = Double.random(in: -3...3, using: &random), b = Double.random(in: 0.1...3, using: &random)
      let number = Double.random(in: -2...2, using: &random)
      let numbers = Self.all(a, b, number), values = Self.all(Value(a), Value(b), number)
      for (index, (got, expected)) in zip(values, numbers).enumerated() {
        #expect(
          got.data == expected,
          "entry \(index) at \(a), \(b), \(number): Value \(got.data), Double \(expected); seed \(seed)")
      }
    }
  }

  @Test func derivativesAreThoseOfTheNumbers() {
    let point = [0.7, 1.3], number = 0.4
    for index in Self.all(0.7, 1.3, number).indices where index != Self.all(0.0, 1, number).count - 1 {
      let got = gradient(at: point) { Self.all($0[0], $0[1], number)[index] }
      for i in 0..<2 {
        let expected = OperationTests.centralDifference(at: point[i]) { x in
          i == 0 ? Self.all(x, point[1], number)[index] : Self.all(point[0], x, number)[index]
        }
        expectClose(got[i], expected, "entry \(index), derivative \(i)", tolerance: 1e-8)
      }
    }
    let detached = gradient(at: point) { $0[0].detached() * $0[1] }
    #expect(detached == [0, 0.7], "no gradient through detached(): got \(detached)")
  }

  @Test func decisionsTakeTheNumber() {
    func kinked<S: Scalar>(_ x: S) -> S { x.data > 1 ? x * 3 : x }
    #expect(kinked(2.0) == 6 && kinked(0.5) == 0.5)
    #expect(gradient(at: [2]) { kinked($0[0]) } == [3])
  }

  // MARK: A type of one's own

  /// A number with a derivative that is carried forward.
  struct Dual: Scalar {
    var data: Double
    var tangent = 0.0

    init(_ data: Double, tangent: Double) { (self.data, self.tangent) = (data, tangent) }
    init(_ number: Double) { data = number }
    init(_ number: Int) { data = Double(number) }
    init(floatLiteral number: Double) { data = number }
    init(integerLiteral number: Int) { data = Double(number) }

    static func applying(_ operation: MicrogradEngine.Operation, to a: Dual, _ b: Dual) -> Dual {
      let data = Double.applying(operation, to: a.data, b.data)
      let partials = operation.partials(a.data, b.data, data)
      return Dual(data, tangent: zip(partials, [a.tangent, b.tangent]).map { $0 * $1 }.reduce(0, +))
    }
    static func applying(_ operation: MicrogradEngine.Operation, to a: Dual) -> Dual { applying(operation, to: a, 0) }
    static func dot(_ weights: [Dual], _ inputs: [Dual], bias: Dual?) -> Dual {
      zip(weights, inputs).reduce(bias ?? 0) { $0 + $1.0 * $1.1 }
    }

    static func + (left: Dual, right: Dual) -> Dual { applying(.add, to: left, right) }
    static func - (left: Dual, right: Dual) -> Dual { applying(.subtract, to: left, right) }
    static func * (left: Dual, right: Dual) -> Dual { applying(.multiply, to: left, right) }
    static func / (left: Dual, right: Dual) -> Dual { applying(.divide, to: left, right) }
    static prefix func - (operand: Dual) -> Dual { applying(.negate, to: operand) }
  }

  @Test func otherTypesConform() {
    let duals = Self.all(Dual(0.7, tangent: 1), Dual(1.3, tangent: 2), 0.4)
    for (index, dual) in duals.enumerated() {
      let gradient = gradient(at: [0.7, 1.3]) { Self.all($0[0], $0[1], 0.4)[index] }
      expectClose(dual.tangent, gradient[0] + 2 * gradient[1], "entry \(index)", tolerance: 1e-12)
    }
  }
}
