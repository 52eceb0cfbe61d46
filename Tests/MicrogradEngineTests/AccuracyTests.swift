import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Every operation's value and derivatives against numbers of 40 digits, from 1e-36 to 1e30.
@Suite struct AccuracyTests {
  private struct Bounds {
    let value: ErrorBound
    let partials: [ErrorBound]
    init(_ value: ErrorBound, _ partials: ErrorBound...) { (self.value, self.partials) = (value, partials) }
  }

  /// What each operation is allowed; nil for what computes nothing.
  private static func bounds(_ operation: Operation) -> Bounds? {
    let exact = ErrorBound.ulps(0.5)
    return switch operation {
    case .add, .subtract, .multiply, .maximum, .minimum: Bounds(exact, exact, exact)
    case .divide: Bounds(exact, exact, .ulps(2))
    case .negate, .relu, .leakyReLU, .abs: Bounds(exact, exact)
    // For exponents from which 1 is subtracted exactly; otherwise the rounding of b - 1 adds up to |log a| units.
    case .power: Bounds(.ulps(1), .ulps(2), .ulps(2))
    case .constantPower: Bounds(.ulps(1), .ulps(2))
    case .elu: Bounds(.ulps(2), .ulps(2))
    case .gelu:
      Bounds(
        .ulps(4),
        .ulps(4, orOfOne: 0.5, for: -1.1 ... -0.5, since: "the derivative is 0 at -0.75, where its terms cancel"))
    case .silu:
      Bounds(
        .ulps(3),
        .ulps(4, orOfOne: 0.25, for: -1.5 ... -1.05, since: "the derivative is 0 at -1.28, where its terms cancel"))
    case .softplus: Bounds(.ulps(2), .ulps(2))
    case .softsign: Bounds(.ulps(1), .ulps(2))
    case .logSigmoid: Bounds(.ulps(2), .ulps(2))
    case .sigmoid: Bounds(.ulps(2), .ulps(4))
    case .tanh: Bounds(.ulps(2), .ulps(4))
    case .exp, .expMinusOne: Bounds(.ulps(1), .ulps(1))
    case .log: Bounds(.ulps(1), exact)
    case .logOnePlus: Bounds(.ulps(1), .ulps(1))
    case .sqrt: Bounds(exact, .ulps(1))
    case .sin, .cos: Bounds(.ulps(1), .ulps(1))
    case .arctangent: Bounds(.ulps(1), .ulps(1))
    case .erf: Bounds(.ulps(1), .ulps(2))
    case .erfc: Bounds(.ulps(5), .ulps(2))
    case .leaf, .straightThrough, .dot: nil
    }
  }

  @Test(arguments: Operation.allCases) func isWithinItsBound(_ operation: Operation) {
    guard let bounds = Self.bounds(operation) else { return }
    let facts = OperationFact.all["\(operation)"] ?? []
    #expect(facts.count >= 6, "\(operation) has \(facts.count) facts")
    for fact in facts {
      let y = operation.value(fact.a, fact.b), partials = operation.partials(fact.a, fact.b, y)
      #expect(partials.count == fact.partials.count && partials.count == bounds.partials.count, "\(operation)")
      check(y, fact.value, bounds.value, at: fact.a, "\(operation)(\(fact.a), \(fact.b))")
      for (index, got) in partials.enumerated() {
        check(
          got, fact.partials[index], bounds.partials[index], at: fact.a,
          "∂\(index + 1) of \(operation)(\(fact.a), \(fact.b))")
      }
    }
  }

  /// The same derivatives where the pass is recorded. They consist of operations, whose rounding errors the exponential
  /// function magnifies: e^(-x²) by up to 700.
  @Test(arguments: Operation.allCases) func recordedDerivativesAreWithin1500Ulps(_ operation: Operation) {
    for fact in OperationFact.all["\(operation)"] ?? [] {
      let a = Value(fact.a), b = Value(fact.b)
      guard let y = OperationTests.record(operation, a, b) else { continue }
      for (index, (got, right)) in zip(derivatives(of: y, by: [a, b]), fact.partials).enumerated() {
        check(
          got.data, right, .ulps(1500), at: fact.a, "∂\(index + 1) of \(operation)(\(fact.a), \(fact.b)), recorded")
      }
    }
  }

  private func check(
    _ got: Double, _ expected: Double, _ bound: ErrorBound, at a: Double, _ what: @autoclosure () -> String
  ) {
    let isWithin = bound.holds(got, for: expected, at: a), ulps = (got - expected).magnitude / expected.ulp
    #expect(isWithin, "\(what()): got \(got), expected \(expected), off by \(ulps) units in the last place")
  }
}
