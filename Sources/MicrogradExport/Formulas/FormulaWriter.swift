import MicrogradEngine

/// A format in which formulas are written operator by operator, each of which gives a result that others read.
protocol FormulaFormat {
  /// A result, such as the name of a node.
  associatedtype Result

  /// Whether the format has the function. Others are composed of elementary ones.
  static func has(_ function: Expression.Function) -> Bool
  /// Adds a number.
  mutating func constant(_ number: Double) -> Result
  /// Adds an operator.
  mutating func apply(_ operation: FormulaOperator, _ operands: [Result]) -> Result
}

/// An operator that a format for formulas needs.
enum FormulaOperator {
  case add, subtract, multiply, divide, negate
  case function(Expression.Function)
  /// Comparisons, which are false if one of the numbers is none.
  case atMost, atLeast, equal
  case not, and
  /// The second operand where the first, a comparison, is true, and the third elsewhere.
  case choose
}

/// Writes a formula of the table of operations. What occurs twice in it is written once.
struct FormulaWriter<Format: FormulaFormat> {
  private var results: [Expression: Format.Result]

  /// - Parameters:
  ///   - a: The operand.
  ///   - b: The number that belongs to the operation, if it has one.
  init(a: Format.Result, b: Double?, in format: inout Format) {
    results = [.letter(.a): a]
    if let b { results[.letter(.b)] = format.constant(b) }
  }

  /// Writes the formula. Returns its result.
  mutating func write(_ formula: Expression, to format: inout Format) -> Format.Result {
    if let result = results[formula] { return result }
    let result = apply(formula, &format)
    results[formula] = result
    return result
  }

  private mutating func apply(_ formula: Expression, _ format: inout Format) -> Format.Result {
    switch formula {
    case .number(let number): return format.constant(number)
    case .letter(let letter): preconditionFailure("the value of an operation has no letter \(letter.rawValue)")
    case .sum(let a, let b): return apply(.add, [a, b], &format)
    case .difference(let a, let b): return apply(.subtract, [a, b], &format)
    case .product(let a, let b): return apply(.multiply, [a, b], &format)
    case .quotient(let a, let b): return apply(.divide, [a, b], &format)
    case .negative(let x): return apply(.negate, [x], &format)
    case .call(let function, let operands) where Format.has(function):
      return apply(.function(function), operands, &format)
    case .call(let function, _):
      guard let elementary = formula.elementary else { preconditionFailure("the format lacks \(function.rawValue)") }
      return write(elementary, to: &format)
    case .choice(let condition, let x, let y), .exception(let condition, limit: let x, let y):
      let condition = apply(condition, &format)
      return format.apply(.choose, [condition, write(x, to: &format), write(y, to: &format)])
    }
  }

  private mutating func apply(
    _ operation: FormulaOperator, _ operands: [Expression], _ format: inout Format
  ) -> Format.Result {
    let results = operands.map { write($0, to: &format) }
    return format.apply(operation, results)
  }

  /// A number that is none counts as larger and as smaller than any: so these are the opposites of other comparisons.
  private mutating func apply(_ condition: Expression.Condition, _ format: inout Format) -> Format.Result {
    switch condition {
    case .comparison(let a, .larger, let b): return format.apply(.not, [apply(.atMost, [a, b], &format)])
    case .comparison(let a, .smaller, let b): return format.apply(.not, [apply(.atLeast, [a, b], &format)])
    case .comparison(let a, .equal, let b): return apply(.equal, [a, b], &format)
    case .comparison(let a, .atLeast, let b): return apply(.atLeast, [a, b], &format)
    case .both(let first, let second):
      let both = [apply(first, &format), apply(second, &format)]
      return format.apply(.and, both)
    }
  }
}
