/// A row of the table of operations, as data.
package struct OperationRule: Sendable {
  /// The name that Swift users call it by.
  package let name: String
  let form: Form
  package let value: Expression
  /// The partial derivatives with respect to the operands that a gradient flows into: what is handed on of a gradient of 1.
  package let partials: [Expression]
}

/// Reads a rule with letters for the operands and the result, and a gradient of 1.
private struct RuleLetters: RuleReader {
  let d: Expression
  var a: Expression { .letter(.a) }
  var b: Expression { .letter(.b) }
  var y: Expression { .letter(.y) }

  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> Expression, _ toA: @autoclosure () -> Expression,
    _ toB: @autoclosure () -> Expression
  ) -> OperationRule {
    OperationRule(
      name: name, form: form, value: value(),
      partials: form == .none ? [] : form.reachesB ? [toA(), toB()] : [toA()])
  }
}

extension Operation {
  private static let rules = allCases.map { RuleLetters(d: 1).read($0) }
  package var rule: OperationRule { Self.rules[Int(rawValue)] }

  /// The rule with the letter `d` for the gradient: `partials` are what it hands on of it.
  package var ruleOfGradient: OperationRule { RuleLetters(d: .letter(.d)).read(self) }

  /// The name that Swift users call it by: `tanh`, `+`.
  public var name: String { rule.name }

  /// The result in terms of the operands `a` and `b`, such as `1 ÷ (1 + e^−a)`.
  public var formula: String { self == .dot ? "bias + Σ w × x" : Self.texts[Int(rawValue)].formula }

  /// The partial derivatives with respect to the operands that a gradient flows into, in terms of `a`, `b` and the result
  /// `y`: `["y × (1 − y)"]`.
  public var partialFormulas: [String] {
    self == .dot ? ["1 for the bias, x for each w, w for each x"] : Self.texts[Int(rawValue)].partials
  }

  /// Written once: explanations of large graphs ask for each node.
  private static let texts = rules.map {
    (formula: ($0.value.definition ?? $0.value).text, partials: $0.partials.map { $0.text })
  }

  /// The letters that a partial derivative is computed from: operands, or the result.
  package func letters(ofPartial index: Int) -> Set<Expression.Letter> { Self.letters[Int(rawValue)][index] }
  private static let letters = rules.map { $0.partials.map { $0.letters } }

  /// Whether a partial derivative is one of several formulas, by the numbers at hand. When the backward pass is recorded, the
  /// one that was chosen is, and not the choice.
  package var choosesDerivative: Bool { Self.choosing & 1 << UInt64(rawValue) != 0 }
  private static let choosing: UInt64 = allCases.reduce(0) { bits, operation in
    operation.rule.partials.contains { $0.chooses } ? bits | 1 << UInt64(operation.rawValue) : bits
  }

  /// Whether the second operand is a number that belongs to the operation, such as an exponent or a slope, and
  /// that no gradient flows into.
  public var hasConstant: Bool { [.parametricFunction, .parametricActivation].contains(rule.form) }

  /// Whether neurons end with it.
  package var isActivation: Bool { [.activation, .parametricActivation].contains(rule.form) }

  /// Whether the operands cannot be exchanged.
  package var hasOrderedOperands: Bool { rule.form == .ordered }

  /// The operations whose result is a sum of the operands, with signs: a bit for each, so that loops over whole graphs
  /// read it once.
  package static let sums: UInt64 = allCases.reduce(0) { bits, operation in
    let rule = operation.rule
    let isSum =
      ![.none, .estimator].contains(rule.form) && rule.partials.allSatisfy { $0 == 1 || $0 == .negative(1) }
    return isSum ? bits | 1 << operation.rawValue : bits
  }
}

extension Expression {
  /// The letters that it takes to compute the formula.
  package var letters: Set<Letter> {
    switch self {
    case .number: []
    case .letter(let letter): [letter]
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b):
      a.letters.union(b.letters)
    case .negative(let x): x.letters
    case .call(_, let arguments):
      definition?.letters ?? arguments.reduce(into: []) { $0.formUnion($1.letters) }
    case .choice(let condition, let x, let y), .exception(let condition, let x, let y):
      condition.letters.union(x.letters).union(y.letters)
    }
  }
}

extension Expression {
  /// Whether the formula has a choice between two. Exceptions, such as limits at infinity, count as none.
  fileprivate var chooses: Bool {
    switch self {
    case .number, .letter: false
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b):
      a.chooses || b.chooses
    case .negative(let x), .exception(_, _, let x): x.chooses
    case .call(let function, let arguments): function == .sign || arguments.contains { $0.chooses }
    case .choice: true
    }
  }
}

extension Expression.Condition {
  fileprivate var letters: Set<Expression.Letter> {
    switch self {
    case .comparison(let a, _, let b): a.letters.union(b.letters)
    case .both(let first, let second): first.letters.union(second.letters)
    }
  }
}
