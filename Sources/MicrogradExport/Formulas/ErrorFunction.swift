import MicrogradEngine

/// The error function and its relatives by elementary functions, for formats that lack them in double precision.
enum ErrorFunction {
  /// erfc(x), right to about 1e-16.
  static func complement(_ x: Expression) -> Expression {
    let upper = complement(ofNonnegative: .abs(x))
    return .select(Expression.isSmaller(x, than: 0), 2 - upper, upper)
  }

  /// Φ(x) = erfc(-x / √2) / 2
  static func normalDistribution(_ x: Expression) -> Expression {
    0.5 * complement(x * .number(-0.5.squareRoot()))
  }

  private static func complement(ofNonnegative z: Expression) -> Expression {
    let t: Expression = 3 / (3 + z), u = 2 * t - 1
    let last = Expression.number(errorFunctionCoefficients.last!)
    let p = errorFunctionCoefficients.dropLast().reversed().reduce(last) { $0 * u + .number($1) }
    return .exp(-(z * z)) * t * p
  }
}
