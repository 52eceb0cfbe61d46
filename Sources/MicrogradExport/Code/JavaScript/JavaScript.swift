import MicrogradEngine

/// JavaScript, in terms of `Math` and of the functions that it lacks.
struct JavaScript: ScalarDialect {
  var equality: String { "===" }

  func number(_ number: Double) -> String {
    if let integer = Int(exactly: number) { return "\(integer)" }
    return number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-" : "") + "Infinity" : "\(number)"
  }

  func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
    let list = arguments.joined(separator: ", ")
    return switch function {
    case .infinity: "Infinity"
    case .expMinusOne: "Math.expm1(\(list))"
    case .logOnePlus: "Math.log1p(\(list))"
    case .exp, .log, .sqrt, .abs, .sign, .sin, .cos, .atan, .tanh: "Math.\(function.rawValue)(\(list))"
    case .power, .sigmoid, .softplus, .erf, .erfc, .normalDistribution: "\(function.rawValue)(\(list))"
    // Derivatives are made of these.
    case .expOfNegativeSquare, .normalDensity, .twoOverRootPi, .derivativeOfSigmoid, .derivativeOfTanh,
      .derivativeOfPower:
      nil
    }
  }

  func isNaN(_ number: String) -> String { "Number.isNaN(\(number))" }
}
