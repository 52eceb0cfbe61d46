import MicrogradEngine
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

/// Functions by elementary ones, which formats are written with.
@Suite struct ElementaryTests {
  /// All operations of one operand and perhaps a constant, at the arguments of the facts, which are of all sizes.
  @Test func formulasKeepTheirValue() {
    let operations = Operation.allCases.filter { $0.hasConstant || $0.rule.value.letters == [.a] }
    #expect(operations.count > 20, "\(operations)")
    for operation in operations {
      // A value and a dot product have none.
      let facts = OperationFact.all["\(operation)"] ?? []
      for fact in facts {
        let got = operation.rule.value.computed(a: fact.a, b: fact.b)
        let scale = max(1, abs(fact.a), abs(fact.value))
        #expect(
          abs(got - fact.value) <= 1e-15 * scale * max(1, abs(fact.b)),
          "\(operation) of \(fact.a) and \(fact.b): got \(got), expected \(fact.value)")
      }
    }
  }

  /// Where the result is small, it is so to its last digits: 1 - erf(5) is not 0.
  @Test func smallResultsKeepTheirDigits() {
    for (x, expected) in [(5.0, 1.537_459_794_428_034_9e-12), (1e-9, 0.999_999_998_871_620_8)] {
      expectClose(Expression.erfc(.letter(.a)).computed(a: x, b: 0), expected, "erfc(\(x))")
    }
    expectClose(Expression.softplus(.letter(.a)).computed(a: -40, b: 0), 4.248_354_255_291_589e-18, "softplus(-40)")
    expectClose(Expression.expMinusOne(.letter(.a)).computed(a: 1e-9, b: 0), 1.000_000_000_5e-9, "e^1e-9 - 1")
  }
}

extension Expression {
  /// The value, computed with nothing but arithmetic, choices and elementary functions.
  fileprivate func computed(a: Double, b: Double) -> Double {
    func compute(_ x: Expression) -> Double { x.computed(a: a, b: b) }
    switch self {
    case .number(let number): return number
    case .letter(let letter): return letter == .a ? a : b
    case .sum(let x, let y): return compute(x) + compute(y)
    case .difference(let x, let y): return compute(x) - compute(y)
    case .product(let x, let y): return compute(x) * compute(y)
    case .quotient(let x, let y): return compute(x) / compute(y)
    case .negative(let x): return -compute(x)
    case .choice(let condition, let x, let y), .exception(let condition, limit: let x, let y):
      return condition.holds(compute) ? compute(x) : compute(y)
    case .call(let function, let x):
      return elementary.map(compute) ?? function.computed(x.map(compute))
    }
  }
}

extension Expression.Condition {
  fileprivate func holds(_ compute: (Expression) -> Double) -> Bool {
    switch self {
    case .comparison(let x, .larger, let y): compute(x) > compute(y)
    case .comparison(let x, .smaller, let y): compute(x) < compute(y)
    case .comparison(let x, .equal, let y): compute(x) == compute(y)
    case .comparison(let x, .atLeast, let y): compute(x) >= compute(y)
    case .both(let first, let second): first.holds(compute) && second.holds(compute)
    }
  }
}

extension Expression.Function {
  fileprivate func computed(_ x: [Double]) -> Double {
    switch self {
    case .power: Operation.power.value(x[0], x[1])
    case .exp: Operation.exp.value(x[0], 0)
    case .log: Operation.log.value(x[0], 0)
    case .sqrt: x[0].squareRoot()
    case .abs: x[0].magnitude
    case .sign: x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0
    case .sin: Operation.sin.value(x[0], 0)
    case .cos: Operation.cos.value(x[0], 0)
    case .atan: Operation.arctangent.value(x[0], 0)
    case .tanh: Operation.tanh.value(x[0], 0)
    case .sigmoid: Operation.sigmoid.value(x[0], 0)
    default: fatalError("\(self) is no elementary function")
    }
  }
}
