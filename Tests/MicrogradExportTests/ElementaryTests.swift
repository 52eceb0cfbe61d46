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

/// Computes formulas with nothing but the operators that formats have.
private struct Arithmetic: FormulaFormat {
  static func has(_ function: Expression.Function) -> Bool { function == .sign || operations[function] != nil }

  private static let operations: [Expression.Function: Operation] = [
    .power: .power, .exp: .exp, .log: .log, .sqrt: .sqrt, .abs: .abs, .sin: .sin, .cos: .cos, .atan: .arctangent,
    .tanh: .tanh, .sigmoid: .sigmoid,
  ]

  func constant(_ number: Double) -> Double { number }

  func apply(_ operation: FormulaOperator, _ x: [Double]) -> Double {
    switch operation {
    case .add: x[0] + x[1]
    case .subtract: x[0] - x[1]
    case .multiply: x[0] * x[1]
    case .divide: x[0] / x[1]
    case .negate: -x[0]
    case .function(.sign): x[0] > 0 ? 1 : x[0] < 0 ? -1 : x[0]
    case .function(let function): Self.operations[function]!.value(x[0], x.last!)
    case .atMost: x[0] <= x[1] ? 1 : 0
    case .atLeast: x[0] >= x[1] ? 1 : 0
    case .equal: x[0] == x[1] ? 1 : 0
    case .not: 1 - x[0]
    case .and: x[0] * x[1]
    case .choose: x[0] == 1 ? x[1] : x[2]
    }
  }
}

extension Expression {
  fileprivate func computed(a: Double, b: Double) -> Double {
    var arithmetic = Arithmetic(), writer = FormulaWriter(a: a, b: b, in: &arithmetic)
    return writer.write(self, to: &arithmetic)
  }
}
