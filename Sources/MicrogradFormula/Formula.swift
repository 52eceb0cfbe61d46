public import MicrogradEngine

/// An expression in ordinary notation, as people type it: `relu(a*b + c)^2` or `(a*b + c).relu()`.
///
/// ```swift
/// let formula = try Formula("tanh(w*x + b)")
/// let a = Value(0.5, label: "w"), x = Value(2, label: "x"), b = Value(-1, label: "b")
/// try formula(["w": a, "x": x, "b": b])  // a value, with its graph
/// ```
///
/// There are `+ - * /`, `^` or `**` for powers, brackets, numbers, names, `pi` and `e`, and all functions of the table of
/// operations, before their argument or, with a point, behind it. A power whose exponent has no names in it is one with
/// a number as exponent.
public struct Formula: Sendable {
  /// As it was given.
  public let text: String
  /// The names that need values, in the order of their first use.
  public let names: [String]
  let term: Term

  /// Parses an expression.
  ///
  /// - Throws: ``FormulaError``, which points at the character.
  public init(_ text: String) throws(FormulaError) {
    var parser = FormulaParser(text)
    let term = try parser.parse()
    self.text = text
    self.term = term
    var seen: Set<String> = []
    names = term.names.filter { Term.constants[$0] == nil && seen.insert($0).inserted }
  }

  /// Whether a name stands in the expression, that of a constant included, which can be given another value.
  public func uses(_ name: String) -> Bool { term.names.contains(name) }

  /// The names of all functions.
  public static var functions: [String] { Operation.functions.keys.sorted() }

  /// Computes the expression, which records its graph.
  ///
  /// - Throws: ``FormulaError`` if a name has no value.
  public func callAsFunction(_ values: [String: Value]) throws(FormulaError) -> Value {
    try evaluate(term, values)
  }

  private func evaluate(_ term: Term, _ values: [String: Value]) throws(FormulaError) -> Value {
    switch term {
    case .number(let number): return Value(number)
    case .name(let name, let place):
      if let value = values[name] ?? Term.constants[name].map({ Value($0, label: name) }) { return value }
      throw FormulaError("“\(name)” has no value; add \(name)=1, or another number", in: text, at: place)
    case .call(let operation, let operands):
      var recorded: [Value] = []
      for operand in operands { recorded.append(try evaluate(operand, values)) }
      return operation.record(recorded)
    }
  }
}

/// What an expression says.
indirect enum Term: Sendable {
  case number(Double)
  case name(String, Range<Int>)
  case call(Operation, [Term])

  /// Names with a value of their own, unless they are given another one.
  static let constants = ["pi": Double.pi, "π": Double.pi, "e": 2.718_281_828_459_045]

  /// All names in it, as often as they occur.
  var names: [String] {
    switch self {
    case .number: []
    case .name(let name, _): [name]
    case .call(_, let operands): operands.flatMap(\.names)
    }
  }

  /// Its number, if it does not depend on names.
  var constant: Double? {
    switch self {
    case .number(let number): return number
    case .name: return nil
    case .call(let operation, let operands):
      let numbers = operands.compactMap(\.constant)
      guard numbers.count == operands.count else { return nil }
      return operation.value(numbers[0], numbers.dropFirst().first ?? 0)
    }
  }
}
