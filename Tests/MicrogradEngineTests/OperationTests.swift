import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Every operation of the table against central differences: each one's derivatives are computed from its values.
@Suite struct OperationTests {
  /// How users record each operation; `nil` for what they do not record.
  static func record(_ operation: Operation, _ a: Value, _ b: Value) -> Value? {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .negate: -a
    case .power: pow(a, b)
    case .constantPower: pow(a, b.data)
    case .maximum: max(a, b)
    case .minimum: min(a, b)
    case .relu: a.relu()
    case .leakyReLU: a.leakyReLU(slope: b.data)
    case .elu: a.elu(scale: b.data)
    case .gelu: a.gelu()
    case .silu: a.silu()
    case .softplus: a.softplus()
    case .softsign: a.softsign()
    case .logSigmoid: a.logSigmoid()
    case .sigmoid: a.sigmoid()
    case .tanh: a.tanh()
    case .exp: a.exp()
    case .expMinusOne: a.expMinusOne()
    case .log: a.log()
    case .logOnePlus: a.logOnePlus()
    case .sqrt: a.sqrt()
    case .abs: a.abs()
    case .sin: a.sin()
    case .cos: a.cos()
    case .arctangent: a.atan()
    case .erf: a.erf()
    case .erfc: a.erfc()
    case .dot: dot([a, b], [b, a], bias: a)
    // Its gradient is not its derivative, on purpose: StraightThroughTests.
    case .leaf, .straightThrough: nil
    }
  }

  static let recorded = Operation.allCases.filter { ![.leaf, .straightThrough].contains($0) }

  /// The derivative of `f` at `x` by central differences of two step widths, extrapolated.
  static func centralDifference(at x: Double, _ f: (Double) -> Double) -> Double {
    let h = 1e-3 * min(max(abs(x), 1e-2), 4)
    let wide = (f(x + h) - f(x - h)) / (2 * h)
    let narrow = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * narrow - wide) / 3
  }

  static func checkPartials(_ operation: Operation, _ x: Double, _ y: Double, _ seed: String) {
    let a = Value(x), b = Value(y)
    guard let result = record(operation, a, b) else { return }
    result.backward()
    let byA = centralDifference(at: x) { record(operation, Value($0), Value(y))!.data }
    let byB = centralDifference(at: y) { record(operation, Value(x), Value($0))!.data }
    let scale = max(abs(result.data), 1)
    #expect(
      abs(a.grad - byA) <= 1e-7 * max(abs(byA), scale),
      "\(operation)(\(x), \(y)) by its first operand: got \(a.grad), expected \(byA); \(seed)")
    let usesB = operation.partialFormulas.count == 2 || operation == .dot
    if usesB && byB.isFinite {
      #expect(
        abs(b.grad - byB) <= 1e-7 * max(abs(byB), scale),
        "\(operation)(\(x), \(y)) by its second operand: got \(b.grad), expected \(byB); \(seed)")
    } else if !usesB {
      #expect(b.grad == 0, "\(operation) has no gradient for its second operand; got \(b.grad)")
    }
  }

  @Test(arguments: recorded) func agreesWithCentralDifferencesAtRandomPoints(_ operation: Operation) {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let needsPositive = [.log, .sqrt, .power, .constantPower, .logOnePlus].contains(operation)
      let x = needsPositive ? Double.random(in: 0.05...5, using: &random) : awayFromZero(&random)
      let y = awayFromZero(&random)
      // A central difference across the kink of a maximum means nothing.
      if abs(x - y) < 0.05 { continue }
      Self.checkPartials(operation, x, y, "seed \(seed)")
    }
  }

  private func awayFromZero(_ random: inout SplitMix) -> Double {
    Double.random(in: 0.05...4, using: &random) * (Bool.random(using: &random) ? 1 : -1)
  }

  @Test(arguments: [
    Operation.relu, .leakyReLU, .elu, .gelu, .silu, .softplus, .sigmoid, .tanh, .expMinusOne, .abs, .sin, .cos,
    .erf, .erfc, .add, .subtract, .multiply, .divide, .maximum, .minimum, .negate,
  ])
  func agreesWithCentralDifferencesFarOut(_ operation: Operation) {
    for x in [-400.0, -40, -1e-9, 1e-9, 40, 400] {
      if operation == .expMinusOne && x > 300 { continue }
      // A tiny x lies closer to the kink than any usable step.
      let isKinked = [.relu, .leakyReLU, .abs, .elu].contains(operation)
      if isKinked && abs(x) < 1e-3 { continue }
      Self.checkPartials(operation, x, 0.25, "")
    }
  }

  @Test(arguments: [
    (-2.0, 3.0, -8.0, 12.0), (-2, 2, 4, -4), (-2, -1, -0.5, -0.25), (-2, -2, 0.25, 0.25), (-0.5, 0, 1, 0),
    (0, 2, 0, 0), (0, 1, 0, 1), (0, 0, 1, 0), (4, 0.5, 2, 0.25), (2, -0.5, 0.5.squareRoot(), -0.5.squareRoot() / 4),
  ])
  func powersOfAwkwardBases(_ x: Double, _ n: Double, _ value: Double, _ slope: Double) {
    let base = Value(x), result = pow(base, n)
    result.backward()
    expectClose(result.data, value, "\(x)^\(n)")
    expectClose(base.grad, slope, "slope of \(x)^\(n)")
  }

  /// C's special cases: base, exponent, power.
  static let specialPowers: [[Double]] = [
    [-1, .nan, .nan], [1, .nan, 1], [-2, .infinity, .infinity], [-2, -.infinity, 0], [-.infinity, 0.5, .infinity],
    [-.infinity, 3, -.infinity], [-2, 1e300, .infinity], [0, -1, .infinity], [.nan, 0, 1], [-8, 0.25, .nan],
  ]

  @Test(arguments: specialPowers)
  func powersOfSpecialValues(_ numbers: [Double]) {
    let (x, y, expected) = (numbers[0], numbers[1], numbers[2])
    for got in [pow(Value(x), Value(y)).data, pow(Value(x), y).data] {
      #expect(got == expected || (got.isNaN && expected.isNaN), "\(x)^\(y): got \(got), expected \(expected)")
    }
  }

  @Test func gradientsFollowNotANumberThroughMaximaAndMinima() {
    for f in [max, min] as [(Value, Value) -> Value] {
      for (x, y) in [(Double.nan, 2.0), (2, .nan)] {
        let a = Value(x), b = Value(y)
        f(a, b).backward()
        #expect([a.grad, b.grad] == (x.isNaN ? [1, 0] : [0, 1]), "at \(x), \(y)")
      }
    }
  }

  @Test func powersOfNegativeBasesByBrokenExponentsAreNaN() {
    #expect(pow(Value(-2), 0.5).data.isNaN)
    let x = Value(-2), y = Value(3), power = pow(x, y)
    power.backward()
    #expect(power.data == -8 && x.grad == 12 && y.grad.isNaN, "got \(power), \(x), \(y)")
  }

  /// The conventions at kinks, which are PyTorch's.
  @Test func derivativesAtKinks() {
    func slope(_ x: Double, _ f: (Value) -> Value) -> Double {
      let leaf = Value(x)
      f(leaf).backward()
      return leaf.grad
    }
    #expect(slope(0, relu) == 0)
    #expect(slope(0, abs) == 0)
    #expect(slope(0) { $0.leakyReLU(slope: 0.1) } == 0.1)
    #expect(slope(0) { $0.elu(scale: 2) } == 2)
    #expect(slope(0, sqrt) == .infinity)
    #expect(slope(1) { max($0, 1) } == 0.5)
    #expect(slope(1) { min(1, $0) } == 0.5)
    #expect(slope(1) { max($0, $0) } == 1)
  }

  /// No overflow, no cancellation, and NaN comes out where NaN went in.
  @Test func extremeInputs() {
    #expect(tanh(Value(400)).data == 1 && tanh(Value(-400)).data == -1)
    #expect(sigmoid(Value(400)).data == 1)
    expectClose(sigmoid(Value(-400)).data, 1.9151695967140057e-174, "σ(-400)")
    expectClose(softplus(Value(-400)).data, 1.9151695967140057e-174, "softplus(-400)")
    #expect(softplus(Value(400)).data == 400)
    expectClose(expMinusOne(Value(1e-20)).data, 1e-20, "expm1")
    expectClose(log(onePlus: Value(1e-20)).data, 1e-20, "log1p")
    expectClose(gelu(Value(-10)).data, -7.619853024160593e-23, "gelu(-10)", tolerance: 1e-10)
    for operation in Self.recorded {
      let result = Self.record(operation, Value(.nan), Value(2))!
      #expect(result.data.isNaN, "\(operation)(NaN, 2) is \(result.data)")
    }
    for operation in Self.recorded where operation.partialFormulas.count == 2 {
      let result = Self.record(operation, Value(2), Value(.nan))!
      #expect(result.data.isNaN, "\(operation)(2, NaN) is \(result.data)")
    }
    #expect(gelu(Value(-.infinity)).data == 0 && silu(Value(-.infinity)).data == 0)
    // Where a square overflows.
    for x in [-1e200, 1e200] {
      let slopes = [erf, erfc, gelu].map { f in gradient(at: [x]) { f($0[0]) }[0] }
      #expect(slopes == [0, 0, x > 0 ? 1 : 0], "derivatives of erf, erfc and GELU at \(x)")
    }
    #expect(exp(Value(1000)).data == .infinity && log(Value(0)).data == -.infinity)
  }

  /// The formulas that people see come from the rules. ArithmeticTests, which has a parser, tests whether they are true.
  @Test func formulasAsPeopleReadThem() {
    let expected: [Operation: (String, [String])] = [
      .divide: ("a ÷ b", ["1 ÷ b", "−y ÷ b"]), .power: ("a ^ b", ["b × a ^ (b − 1)", "y × log(a)"]),
      .maximum: ("max(a, b)", ["a > b ? 1 : b > a ? 0 : ½", "a > b ? 0 : b > a ? 1 : ½"]),
      .relu: ("max(a, 0)", ["y > 0 ? 1 : 0"]),
      .elu: ("a > 0 ? a : b × (e^a − 1)", ["a > 0 ? 1 : b × e^a"]),
      .gelu: ("a × Φ(a)", ["Φ(a) + a × φ(a)"]), .silu: ("a × σ(a)", ["σ(a) × (1 + a × σ(−a))"]),
      .softplus: ("log(1 + e^a)", ["σ(a)"]), .sigmoid: ("1 ÷ (1 + e^−a)", ["y × (1 − y)"]),
      .tanh: ("tanh(a)", ["1 − y ^ 2"]), .sqrt: ("√a", ["½ ÷ y"]),
      .erfc: ("erfc(a)", ["−2 ÷ √π × e^−a²"]), .leaf: ("a", []),
    ]
    for (operation, (formula, partials)) in expected {
      #expect(operation.formula == formula, "\(operation)")
      #expect(operation.partialFormulas == partials, "\(operation)")
    }
  }

  /// Data that everything else takes from the table.
  @Test func formsAreThoseOfTheRules() {
    let activations: [Operation] = [
      .relu, .leakyReLU, .elu, .gelu, .silu, .softplus, .softsign, .logSigmoid, .sigmoid, .tanh,
    ]
    #expect(Operation.allCases.filter(\.isActivation) == activations)
    #expect(Operation.allCases.filter(\.hasConstant) == [.constantPower, .leakyReLU, .elu])
    #expect(Operation.allCases.filter(\.hasOrderedOperands) == [.subtract, .divide, .power])
    #expect(Operation.allCases.filter { Operation.sums >> $0.rawValue & 1 != 0 } == [.add, .subtract, .negate])
    #expect(Operation.functions["pow"] == [.power, .constantPower] && Operation.functions["dot"] == nil)
  }
}
