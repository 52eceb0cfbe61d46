import MicrogradEngine

/// A programming language that formulas of the engine's rules can be written in.
package protocol Dialect {
  /// A number as an operand of an operator.
  func number(_ number: Double) -> String
  /// Calls a function; nil if the language has none such.
  func call(_ function: Expression.Function, _ arguments: [String]) -> String?
  /// A comparison. A NaN on the left is both larger and smaller than anything.
  func condition(_ a: String, _ relation: Expression.Condition.Relation, _ b: Expression, _ bText: String)
    -> String
  /// A condition that holds if both do.
  func both(_ first: String, _ second: String) -> String
  /// `x` where the condition holds, `y` elsewhere.
  func choice(_ condition: String, _ x: Expression, _ xText: String, _ y: Expression, _ yText: String)
    -> String
}

extension Dialect {
  /// The formula as code; nil if it needs a function that the language does not have.
  package func code(_ expression: Expression) -> String? { (try? Writer(dialect: self).write(expression))?.text }
}

private struct MissingFunction: Error {}

private struct Writer<D: Dialect> {
  let dialect: D

  /// Code, and how tightly its outermost operator binds: 1 for sums, 2 for products, 3 for the rest.
  struct Code {
    let text: String
    let binding: Int
    func inside(_ outer: Int) -> String { binding < outer ? "(\(text))" : text }
  }

  func write(_ expression: Expression) throws(MissingFunction) -> Code {
    switch expression {
    case .number(let number): return Code(text: dialect.number(number), binding: 3)
    case .letter(let letter): return Code(text: letter.rawValue, binding: 3)
    case .sum(let a, let b): return try infix(a, "+", b, 1, 1)
    case .difference(let a, let b): return try infix(a, "-", b, 1, 2)
    case .product(let a, let b): return try infix(a, "*", b, 2, 3)
    case .quotient(let a, let b): return try infix(a, "/", b, 2, 3)
    case .negative(let x): return Code(text: "-\(try write(x).inside(3))", binding: 3)
    case .choice(let condition, let x, let y), .exception(let condition, let x, let y):
      return Code(
        text: dialect.choice(try write(condition), x, try write(x).text, y, try write(y).text), binding: 3)
    case .call(let function, let arguments):
      let texts = try arguments.map { argument throws(MissingFunction) in try write(argument).text }
      if let call = dialect.call(function, texts) { return Code(text: call, binding: 3) }
      guard let definition = expression.definition else { throw MissingFunction() }
      return try write(definition)
    }
  }

  private func infix(_ a: Expression, _ sign: String, _ b: Expression, _ left: Int, _ right: Int)
    throws(MissingFunction) -> Code
  {
    Code(text: "\(try write(a).inside(left)) \(sign) \(try write(b).inside(right))", binding: left)
  }

  private func write(_ condition: Expression.Condition) throws(MissingFunction) -> String {
    switch condition {
    case .comparison(let a, let relation, let b):
      return dialect.condition(try write(a).inside(3), relation, b, try write(b).inside(3))
    case .both(let first, let second): return dialect.both(try write(first), try write(second))
    }
  }
}

extension Expression {
  package var isNumber: Bool { if case .number = self { true } else { false } }
}
