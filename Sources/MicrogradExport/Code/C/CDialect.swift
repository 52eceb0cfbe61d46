import MicrogradEngine
import MicrogradNetworks

/// C99 in terms of `math.h`, and of functions whose names begin with that of the model.
struct CDialect: ScalarDialect {
  let precision: Precision
  /// The name of the model.
  let model: String

  var equality: String { "==" }

  /// The type of numbers.
  var type: String { precision == .double ? "double" : "float" }
  /// The end of literals, and of the names of functions in `math.h`.
  var suffix: String { precision == .double ? "" : "f" }

  func number(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? literal(number) }

  func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
    let list = arguments.joined(separator: ", ")
    return switch function {
    case .infinity: "INFINITY"
    case .power: "pow\(suffix)(\(list))"
    case .expMinusOne: "expm1\(suffix)(\(list))"
    case .logOnePlus: "log1p\(suffix)(\(list))"
    case .abs: "fabs\(suffix)(\(list))"
    case .exp, .log, .sqrt, .sin, .cos, .atan, .tanh, .erf, .erfc: "\(function.rawValue)\(suffix)(\(list))"
    case .sign, .sigmoid, .softplus: "\(model)_\(function.rawValue)(\(list))"
    case .normalDistribution: "\(model)_normal_distribution(\(list))"
    // Derivatives are made of these.
    case .expOfNegativeSquare, .normalDensity, .twoOverRootPi, .derivativeOfSigmoid, .derivativeOfTanh,
      .derivativeOfPower:
      nil
    }
  }

  func isNaN(_ number: String) -> String { "isnan(\(number))" }

  /// The functions that `math.h` does not have.
  var library: Library {
    func function(_ name: String, _ comment: String, _ body: String) -> Library.Function {
      let name = "\(model)_\(name)"
      return Library.Function(
        name: name, code: "// \(comment)\nstatic inline \(type) \(name)(\(type) x) {\n\(body)\n}")
    }
    return Library(functions: [
      function("sign", "-1, 0 or 1.", "  return x > 0 ? 1 : x < 0 ? -1 : x;"),
      function(
        "sigmoid", "1 / (1 + e^-x), whose power does not overflow at either end.",
        "  const \(type) power = exp\(suffix)(-fabs\(suffix)(x));\n  return (x >= 0 ? 1 : power) / (1 + power);"),
      function(
        "softplus", "log(1 + e^x), whose power does not overflow.",
        "  return fmax\(suffix)(x, 0) + log1p\(suffix)(exp\(suffix)(-fabs\(suffix)(x)));"),
      function(
        "normal_distribution", "The distribution function of the standard normal distribution.",
        "  return \(literal(0.5)) * erfc\(suffix)(-x * \(literal(0.5.squareRoot())));"),
    ])
  }
}

// MARK: - Numbers

extension CDialect {
  /// A number in hexadecimal digits, which every compiler reads as exactly that number.
  func literal(_ number: Double) -> String {
    precision == .double ? Self.literal(number) : Self.literal(Float(number)) + suffix(of: Float(number))
  }

  private func suffix(of number: Float) -> String { number.isFinite ? suffix : "" }

  private static func literal<Number: BinaryFloatingPoint>(_ number: Number) -> String {
    if number.isNaN { return "NAN" }
    let sign = number.sign == .minus ? "-" : ""
    if number.isInfinite { return sign + "INFINITY" }
    if number == 0 { return sign + "0x0p+0" }
    let exponent = Int(number.exponent)
    return "\(sign)0x1\(fraction(of: number.significand))p\(exponent < 0 ? "" : "+")\(exponent)"
  }

  /// The hexadecimal digits behind the point of a number from 1 to 2.
  private static func fraction<Number: BinaryFloatingPoint>(of significand: Number) -> String {
    var rest = significand - 1, digits = ""
    while rest > 0 {
      let digit = (rest * 16).rounded(.down)
      digits += String(Int(digit), radix: 16)
      rest = rest * 16 - digit
    }
    return digits.isEmpty ? "" : "." + digits
  }
}
