public import MicrogradEngine

/// An expression in ordinary notation, as people type it: `relu(a*b + c)^2` or `(a*b + c).relu()`.
///
/// ```swift
/// let formula = try Formula("tanh(w*x + b)")
/// let a = Value(0.5, label: "w"), x = Value(2, label: "x"), b = Value(-1, label: "b")
/// try formula(["w": a, "x": x, "b": b])  // a value, with its graph
/// ```
///
/// An expression may contain `+ - * /`, `^` or `**` for powers, brackets, numbers, names, `pi` and `e`, and all functions
/// of the table of operations, before their argument or, with a point, behind it. A power whose exponent contains no
/// names is recorded as a power with a constant exponent.
public struct Formula: Sendable {
  /// The expression as it was typed.
  public let text: String
  /// The names that need values, in the order in which they occur first.
  public let names: [String]
  private let terms: TermList

  /// Parses an expression.
  ///
  /// - Throws: ``FormulaError``, which points at the mistake.
  public init(_ text: String) throws(FormulaError) {
    var parser = FormulaParser(text)
    terms = try parser.parse()
    self.text = text
    var seen: Set<String> = []
    names = terms.names.filter { Self.constants[$0] == nil && seen.insert($0).inserted }
  }

  /// The names that have a value, unless the caller gives another one.
  private static let constants = ["pi": Double.pi, "π": Double.pi, "e": 2.718_281_828_459_045]

  /// Returns whether the expression contains a name. It may be that of a constant, which can be given another value.
  public func uses(_ name: String) -> Bool { terms.names.contains(name) }

  /// The names of all functions, in alphabetical order.
  public static var functions: [String] { Operation.functions.keys.sorted() }

  /// Computes the expression, and records its graph.
  ///
  /// - Throws: ``FormulaError`` if a name has no value.
  /// - Complexity: Linear in the length of the expression.
  public func callAsFunction(_ values: [String: Value]) throws(FormulaError) -> Value {
    var results: [Value] = []
    results.reserveCapacity(terms.terms.count)
    for term in terms.terms {
      switch term {
      case .number(let number): results.append(Value(number))
      case .name(let name, let place): results.append(try value(of: name, at: place, values))
      case .call(let operation, let operands): results.append(operation.record(operands.map { results[$0] }))
      }
    }
    return results[results.count - 1]
  }

  private func value(
    of name: String, at place: Range<Int>, _ values: [String: Value]
  ) throws(FormulaError) -> Value {
    if let value = values[name] ?? Self.constants[name].map({ Value($0, label: name) }) { return value }
    throw FormulaError("“\(name)” has no value; add \(name)=1, or another number", in: text, at: place)
  }
}
