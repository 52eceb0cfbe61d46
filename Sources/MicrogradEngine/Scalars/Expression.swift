/// A formula as a tree, made by reading a rule with letters instead of numbers.
///
/// From it come the formulas that people see, and the code of the kernels and of the page.
package indirect enum Expression: Hashable, Sendable {
  case number(Double)
  case letter(Letter)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)
  case quotient(Expression, Expression)
  case negative(Expression)
  case call(Function, [Expression])
  /// One of two numbers.
  case choice(Condition, Expression, Expression)
  /// A formula, but its limit where its parts are infinite.
  case exception(Condition, limit: Expression, Expression)

  /// The letters of a rule: the operands, the result, and the gradient that arrives at it.
  package enum Letter: String, Sendable { case a, b, y, d }

  /// The functions of `RuleNumber`.
  package enum Function: String, Sendable {
    case power, exp, expMinusOne, log, logOnePlus, sqrt, abs, sign, sin, cos, atan, tanh, sigmoid, softplus, erf, erfc
    case expOfNegativeSquare, normalDistribution, normalDensity, twoOverRootPi, infinity
    case derivativeOfSigmoid, derivativeOfTanh, derivativeOfPower
  }

  package indirect enum Condition: Hashable, Sendable {
    case comparison(Expression, Relation, Expression)
    case both(Condition, Condition)

    package enum Relation: String, Sendable {
      case larger = ">"
      case smaller = "<"
      case equal = "="
      case atLeast = "≥"
    }
  }
}

extension Expression: RuleNumber {
  package init(floatLiteral number: Double) { self = .number(number) }
  package init(integerLiteral number: Int) { self = .number(Double(number)) }

  package static func + (left: Self, right: Self) -> Self { .sum(left, right) }
  package static func - (left: Self, right: Self) -> Self { .difference(left, right) }
  package static func / (left: Self, right: Self) -> Self { .quotient(left, right) }
  package static prefix func - (operand: Self) -> Self { .negative(operand) }
  /// Without factors of 1: the partial derivative is what is handed on of a gradient of 1.
  package static func * (left: Self, right: Self) -> Self {
    left == 1 ? right : right == 1 ? left : .product(left, right)
  }

  package static func power(_ x: Self, _ b: Self) -> Self { .call(.power, [x, b]) }
  package static func exp(_ x: Self) -> Self { .call(.exp, [x]) }
  package static func expMinusOne(_ x: Self) -> Self { .call(.expMinusOne, [x]) }
  package static func log(_ x: Self) -> Self { .call(.log, [x]) }
  package static func log(onePlus x: Self) -> Self { .call(.logOnePlus, [x]) }
  package static func sqrt(_ x: Self) -> Self { .call(.sqrt, [x]) }
  package static func abs(_ x: Self) -> Self { .call(.abs, [x]) }
  package static func sign(_ x: Self) -> Self { .call(.sign, [x]) }
  package static func sin(_ x: Self) -> Self { .call(.sin, [x]) }
  package static func cos(_ x: Self) -> Self { .call(.cos, [x]) }
  package static func atan(_ x: Self) -> Self { .call(.atan, [x]) }
  package static func tanh(_ x: Self) -> Self { .call(.tanh, [x]) }
  package static func sigmoid(_ x: Self) -> Self { .call(.sigmoid, [x]) }
  package static func softplus(_ x: Self) -> Self { .call(.softplus, [x]) }
  package static func erf(_ x: Self) -> Self { .call(.erf, [x]) }
  package static func erfc(_ x: Self) -> Self { .call(.erfc, [x]) }
  package static func expOfNegativeSquare(_ x: Self) -> Self { .call(.expOfNegativeSquare, [x]) }
  package static func normalDistribution(_ x: Self) -> Self { .call(.normalDistribution, [x]) }
  package static func normalDensity(_ x: Self) -> Self { .call(.normalDensity, [x]) }
  package static var twoOverRootPi: Self { .call(.twoOverRootPi, []) }
  package static var infinity: Self { .call(.infinity, []) }
  package static func derivativeOfSigmoid(_ x: Self, _ y: Self) -> Self { .call(.derivativeOfSigmoid, [x, y]) }
  package static func derivativeOfTanh(_ x: Self, _ y: Self) -> Self { .call(.derivativeOfTanh, [x, y]) }
  package static func derivativeOfPower(_ x: Self, _ b: Self) -> Self { .call(.derivativeOfPower, [x, b]) }

  package static func isLarger(_ a: Self, than b: Self) -> Condition { .comparison(a, .larger, b) }
  package static func isSmaller(_ a: Self, than b: Self) -> Condition { .comparison(a, .smaller, b) }
  package static func isEqual(_ a: Self, to b: Self) -> Condition { .comparison(a, .equal, b) }
  package static func isAtLeast(_ a: Self, _ b: Self) -> Condition { .comparison(a, .atLeast, b) }
  package static func both(_ first: Condition, _ second: Condition) -> Condition { .both(first, second) }
  package static func select(_ condition: Condition, _ x: @autoclosure () -> Self, _ y: @autoclosure () -> Self)
    -> Self
  {
    .choice(condition, x(), y())
  }
  package static func except(
    _ condition: Condition, _ limit: @autoclosure () -> Self, _ formula: @autoclosure () -> Self
  ) -> Self { .exception(condition, limit: limit(), formula()) }
}

extension Expression {
  /// The definition of a function in terms of others, if it has one: how it is read, not how it is computed to all digits.
  package var definition: Expression? {
    guard case .call(let function, let arguments) = self else { return nil }
    return function.definition(arguments)
  }
}

extension Expression.Function {
  fileprivate func definition(_ x: [Expression]) -> Expression? {
    switch self {
    case .expMinusOne: .exp(x[0]) - 1
    case .logOnePlus: .log(1 + x[0])
    case .sigmoid: 1 / (1 + .exp(-x[0]))
    case .softplus: .log(1 + .exp(x[0]))
    case .derivativeOfSigmoid: x[1] * (1 - x[1])
    case .derivativeOfTanh: 1 - x[1] * x[1]
    case .derivativeOfPower: x[1] * .power(x[0], x[1] - 1)
    case .power, .exp, .log, .sqrt, .abs, .sign, .sin, .cos, .atan, .tanh, .erf, .erfc, .expOfNegativeSquare,
      .normalDistribution, .normalDensity, .twoOverRootPi, .infinity:
      nil
    }
  }
}
