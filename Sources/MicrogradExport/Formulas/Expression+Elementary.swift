import MicrogradEngine

extension Expression {
  /// The call of a function by elementary functions and choices, such that neither end overflows and no digits are
  /// lost; nil if the function is one of those itself.
  var elementary: Expression? {
    guard case .call(let function, let x) = self else { return nil }
    switch function {
    case .power, .exp, .log, .sqrt, .abs, .sign, .sin, .cos, .atan, .tanh, .sigmoid: return nil
    // (eˣ - 1) / (eˣ + 1) is the hyperbolic tangent of x/2.
    case .expMinusOne: return .tanh(0.5 * x[0]) * (.exp(x[0]) + 1)
    case .logOnePlus: return Self.logOnePlus(x[0])
    case .softplus: return .select(Self.isLarger(x[0], than: 0), x[0], 0) + .log(onePlus: .exp(-.abs(x[0])))
    case .erf: return 1 - ErrorFunction.complement(x[0])
    case .erfc: return ErrorFunction.complement(x[0])
    case .normalDistribution: return ErrorFunction.normalDistribution(x[0])
    case .expOfNegativeSquare: return .exp(-(x[0] * x[0]))
    case .normalDensity: return .exp(-0.5 * (x[0] * x[0])) * .number(1 / (2 * Double.pi).squareRoot())
    case .twoOverRootPi: return .number(2 / Double.pi.squareRoot())
    case .infinity: return .number(.infinity)
    case .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower: return definition
    }
  }

  /// log(1 + x), where the rounding error of the sum is taken out by what was really added: W. Kahan's formula, in D.
  /// Goldberg, "What every computer scientist should know about floating-point arithmetic" (1991), theorem 4.
  private static func logOnePlus(_ x: Expression) -> Expression {
    let sum = 1 + x
    return .select(Self.isEqual(sum, to: 1), x, .log(sum) * (x / (sum - 1)))
  }
}
