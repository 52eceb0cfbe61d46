@testable import MicrogradEngine

/// JavaScript, in terms of `Math` and of mathematics.js.
struct JavaScript: Dialect {
  func number(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

  func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
    let list = arguments.joined(separator: ", ")
    return switch function {
    case .infinity: "Infinity"
    case .twoOverRootPi: "\(Double.twoOverRootPi)"
    case .expMinusOne: "Math.expm1(\(list))"
    case .logOnePlus: "Math.log1p(\(list))"
    case .exp, .log, .sqrt, .abs, .sign, .sin, .cos, .atan, .tanh: "Math.\(function)(\(list))"
    case .power, .sigmoid, .softplus, .erf, .erfc, .expOfNegativeSquare, .normalDistribution, .normalDensity,
      .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower:
      "\(function)(\(list))"
    }
  }

  func condition(
    _ a: String, _ relation: Expression.Condition.Relation, _ b: Expression, _ bText: String
  ) -> String {
    switch relation {
    case .larger: b.isNumber ? "!(\(a) <= \(bText))" : "(Number.isNaN(\(a)) || \(a) > \(bText))"
    case .smaller: b.isNumber ? "!(\(a) >= \(bText))" : "(Number.isNaN(\(a)) || \(a) < \(bText))"
    case .equal: "\(a) === \(bText)"
    case .atLeast: "\(a) >= \(bText)"
    }
  }

  func both(_ first: String, _ second: String) -> String { "\(first) && \(second)" }

  func choice(_ condition: String, _ x: Expression, _ xText: String, _ y: Expression, _ yText: String)
    -> String
  {
    "(\(condition) ? \(xText) : \(yText))"
  }
}

/// operations.js
func pageOperations() -> String {
  let rows = Operation.allCases.compactMap { operation -> String? in
    let rule = operation.ruleOfGradient
    if rule.partials.isEmpty { return nil }
    let parts = rule.partials.map { JavaScript().code($0)! }.joined(separator: ", ")
    return
      "  \(operation): { value: (a, b) => \(JavaScript().code(rule.value)!), parts: (d, a, b, y) => [\(parts)] },\n"
  }
  return """
    // Written by GeneratedCodeTests from the engine's table of operations, Rules.swift, for the page to compute anew when a
    // leaf is edited. To change it, change the table and run MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests

    const operations = {
    \(rows.joined())};

    """
}
