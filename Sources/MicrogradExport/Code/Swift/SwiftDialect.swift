import MicrogradEngine

/// Swift in terms of the platform's C library, and of functions of the model's type.
struct SwiftDialect: ScalarDialect {
  var equality: String { "==" }

  func number(_ number: Double) -> String {
    if let integer = Int(exactly: number) { return "\(integer)" }
    return number.isNaN ? ".nan" : number.isInfinite ? (number < 0 ? "-" : "") + ".infinity" : "\(number)"
  }

  func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
    let list = arguments.joined(separator: ", ")
    return switch function {
    case .infinity: ".infinity"
    case .power: "pow(\(list))"
    case .expMinusOne: "expm1(\(list))"
    case .logOnePlus: "log1p(\(list))"
    case .exp, .log, .sqrt, .abs, .sin, .cos, .atan, .tanh, .erf, .erfc, .sign, .sigmoid, .softplus,
      .normalDistribution:
      "\(function.rawValue)(\(list))"
    // Derivatives are made of these.
    case .expOfNegativeSquare, .normalDensity, .twoOverRootPi, .derivativeOfSigmoid, .derivativeOfTanh,
      .derivativeOfPower:
      nil
    }
  }

  func isNaN(_ number: String) -> String { "\(number).isNaN" }

  /// The functions that the C library does not have.
  var library: Library {
    func function(_ name: String, _ comment: String, _ body: String) -> Library.Function {
      Library.Function(
        name: name,
        code: "  /// \(comment)\n  private static func \(name)(_ x: Double) -> Double {\n\(body)\n  }")
    }
    return Library(functions: [
      function("sign", "-1, 0 or 1.", "    x > 0 ? 1 : x < 0 ? -1 : x"),
      function(
        "sigmoid", "1 / (1 + e⁻ˣ), whose power does not overflow at either end.",
        "    let power = exp(-abs(x))\n    return (x >= 0 ? 1 : power) / (1 + power)"),
      function(
        "softplus", "log(1 + eˣ), whose power does not overflow.", "    max(x, 0) + log1p(exp(-abs(x)))"),
      function(
        "normalDistribution", "The distribution function of the standard normal distribution.",
        "    0.5 * erfc(-x * \(0.5.squareRoot()))"),
    ])
  }
}
