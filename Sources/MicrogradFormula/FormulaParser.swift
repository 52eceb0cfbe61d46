import MicrogradEngine

/// Parses expressions by recursive descent:
///
///     sum     = product { ("+" | "-") product }
///     product = sign { ("*" | "/") sign }
///     sign    = ("-" | "+") sign | power
///     power   = chain [ ("^" | "**") sign ]
///     chain   = atom { "." function "(" sum { "," sum } ")" }
///     atom    = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
///
/// So -a^2 is -(a^2), a^b^c is a^(b^c), and 2^-1 is one half.
struct FormulaParser {
  /// The limit of nesting. Deeper brackets would exhaust the stack.
  private static let deepest = 200

  private let text: String
  private let tokens: [FormulaToken]
  private var position = 0
  private var depth = 0
  private var terms = TermList()

  init(_ text: String) {
    self.text = text
    tokens = FormulaToken.split(text)
  }

  mutating func parse() throws(FormulaError) -> TermList {
    _ = try sum()
    guard next.kind == .end else { throw unexpected() }
    return terms
  }

  // MARK: Tokens

  private var next: FormulaToken { tokens[position] }

  private mutating func take(_ symbols: String...) -> String? {
    guard next.kind == .symbol, symbols.contains(next.text) else { return nil }
    position += 1
    return tokens[position - 1].text
  }

  private func error(_ message: String, at place: Range<Int>) -> FormulaError {
    FormulaError(message, in: text, at: place)
  }

  private func unexpected() -> FormulaError {
    switch next.kind {
    case .end where tokens.count == 1: error("an expression is missing, such as relu(a*b + c)", at: next.place)
    case .end: error("a number or a name is missing here", at: next.place)
    case .name, .number: error("an operator such as + or * is missing before “\(next.text)”", at: next.place)
    case .unknown: error("“\(next.text)” has no meaning here", at: next.place)
    case .symbol where next.text == ")": error("there is no “(” for this “)”", at: next.place)
    case .symbol: error("a number, a name or a bracket is expected before “\(next.text)”", at: next.place)
    }
  }

  // MARK: Grammar. Each rule appends its terms, and returns the position of the last one, which stands for all of them.

  private mutating func sum() throws(FormulaError) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("more than \(Self.deepest) nested brackets; simplify the expression", at: next.place)
    }
    var term = try product()
    while let symbol = take("+", "-") {
      term = terms.append(.call(symbol == "+" ? .add : .subtract, [term, try product()]))
    }
    return term
  }

  private mutating func product() throws(FormulaError) -> Int {
    var term = try sign()
    while let symbol = take("*", "/") {
      term = terms.append(.call(symbol == "*" ? .multiply : .divide, [term, try sign()]))
    }
    return term
  }

  private mutating func sign() throws(FormulaError) -> Int {
    var isNegative = false
    while let symbol = take("-", "+") { isNegative = isNegative != (symbol == "-") }
    let term = try power()
    guard isNegative else { return term }
    if case .number(let number) = terms.terms[term] { return terms.replaceTerms(from: term, by: -number) }
    return terms.append(.call(.negate, [term]))
  }

  private mutating func power() throws(FormulaError) -> Int {
    let base = try chain()
    guard take("^") != nil else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("more than \(Self.deepest) nested powers; simplify the expression", at: next.place)
    }
    return power(base, try sign())
  }

  /// Appends a power. The terms after the base are those of the exponent.
  private mutating func power(_ base: Int, _ exponent: Int) -> Int {
    guard let constant = terms.constants[exponent] else { return terms.append(.call(.power, [base, exponent])) }
    return terms.append(.call(.constantPower, [base, terms.replaceTerms(from: base + 1, by: constant)]))
  }

  private mutating func chain() throws(FormulaError) -> Int {
    var term = try atom()
    while take(".") != nil {
      guard next.kind == .name else {
        throw error("the name of a function is missing after the point", at: next.place)
      }
      term = try call(after: [term])
    }
    return term
  }

  private mutating func atom() throws(FormulaError) -> Int {
    let token = next
    switch token.kind {
    case .number:
      guard let number = Double(token.text) else { throw error("“\(token.text)” is not a number", at: token.place) }
      position += 1
      return terms.append(.number(number))
    case .name:
      if tokens[position + 1].text == "(" { return try call(after: []) }
      position += 1
      return terms.append(.name(token.text, token.place))
    case .symbol where token.text == "(":
      position += 1
      let term = try sum()
      try close(token)
      return term
    default:
      if token.text == ")", position > 0 {
        throw error("a number or a name is missing before this “)”", at: token.place)
      }
      throw unexpected()
    }
  }

  private mutating func close(_ open: FormulaToken) throws(FormulaError) {
    if take(")") != nil { return }
    if next.kind == .end { throw error("this “(” is never closed", at: open.place) }
    throw unexpected()
  }

  // MARK: Functions

  /// Parses a call of the function whose name comes next. Its arguments are those in `first` and those in its brackets.
  private mutating func call(after first: [Int]) throws(FormulaError) -> Int {
    let name = next
    guard let operations = Operation.functions[name.text] else { throw unknownFunction(name) }
    position += 1
    let open = next
    guard take("(") != nil else { throw error("“(” is missing after \(name.text)", at: open.place) }
    var arguments = first
    if take(")") == nil {
      repeat { arguments.append(try sum()) } while take(",") != nil
      try close(open)
    }
    guard let operation = operations.first(where: { $0.argumentCounts.contains(arguments.count) }) else {
      throw wrongCount(name, operations[0], arguments.count)
    }
    if operation == .power { return power(arguments[0], arguments[1]) }
    if operation.hasConstant, arguments.count > 1 {
      guard let constant = terms.constants[arguments[1]] else {
        throw error("the second argument of \(name.text) must be a number", at: name.place)
      }
      arguments[1] = terms.replaceTerms(from: arguments[0] + 1, by: constant)
    }
    return terms.append(.call(operation, arguments))
  }

  private func unknownFunction(_ name: FormulaToken) -> FormulaError {
    let known = Operation.functions.keys.sorted()
    if let meant = known.first(where: { $0.lowercased() == name.text.lowercased() }) {
      return error("there is no function “\(name.text)”; did you mean \(meant)?", at: name.place)
    }
    return error("there is no function “\(name.text)”; there are \(known.joined(separator: ", "))", at: name.place)
  }

  private func wrongCount(_ name: FormulaToken, _ operation: Operation, _ count: Int) -> FormulaError {
    let expected = operation.argumentCounts
    let numbers = expected.count == 1 ? "\(expected.lowerBound)" : "\(expected.lowerBound) or \(expected.upperBound)"
    return error(
      "\(name.text) takes \(numbers) argument\(expected.upperBound == 1 ? "" : "s"), not \(count)", at: name.place)
  }
}
