import MicrogradEngine

/// JavaScript, in terms of `Math` and of the page's mathematics.js.
package struct JavaScript: ScalarDialect {
  package init() {}

  package var equality: String { "===" }

  package func number(_ number: Double) -> String {
    if let integer = Int(exactly: number) { return "\(integer)" }
    return number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-" : "") + "Infinity" : "\(number)"
  }

  package func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
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

  package func isNaN(_ number: String) -> String { "Number.isNaN(\(number))" }
}
