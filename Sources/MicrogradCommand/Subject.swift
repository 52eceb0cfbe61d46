import ArgumentParser
import Micrograd

/// What `draw` and `step` are about: an expression with values, or a net.
struct Subject: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An expression such as “relu(a*b + c)^2”, and values such as a=2.", valueName: "expression [name=value …]"),
    // An expression may have come with a space in front: see `markingExpressions`.
    transform: { String($0.drop(while: \.isWhitespace)) })
  var words: [String] = []

  @Option(name: .long, help: ArgumentHelp("A net instead: inputs, hidden layers, outputs.", valueName: "2,2,1"))
  var net: String?

  @Option(name: .long, parsing: .unconditional, help: "What the net's weights are drawn from.")
  var seed = 42

  @Option(
    name: .long, parsing: .unconditional, help: ArgumentHelp("The net's inputs.", valueName: "1,-1"))
  var input: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("What the net's outputs are compared with, by the mean squared error.", valueName: "1"))
  var target: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Samples for the net, instead of one input: CSV with a column “label”; - is standard input.", valueName: "file")
  )
  var data: String?

  @Flag(name: .long, help: "One value for each operation recorded: differences and dot products are not taken apart.")
  var recorded = false

  @Option(
    name: .long, help: "What stands above; the expression or the net if none is given.")
  var title: String?

  @OptionGroup var speech: Speech

  /// Once all arguments are parsed: what is missing may be an option that is misspelt.
  private func check() throws {
    if net == nil {
      let stray = [("--input", input), ("--target", target), ("--data", data)].first { $0.1 != nil }
      if let stray { throw ValidationError("\(stray.0) belongs to --net, such as --net 2,2,1.") }
      if words.isEmpty {
        throw ValidationError("Give an expression, such as “a*b + c” a=2 b=-3 c=10, or --net 2,2,1.")
      }
    } else if data != nil, let stray = [("--input", input), ("--target", target)].first(where: { $0.1 != nil }) {
      throw ValidationError("--data and \(stray.0) exclude each other: samples have inputs, and labels for targets.")
    } else if let word = words.first {
      throw ValidationError("--net and the expression “\(word)” exclude each other.")
    }
  }

  /// The result, after `backward()`.
  func value() throws -> Value {
    try check()
    let value = try net.map { try NetSubject(sizes: $0, self).value() } ?? expression()
    value.backward()
    return value
  }

  func graph() throws -> ComputationGraph { try value().graph(recorded ? .recorded : .composed) }

  /// The title, for the pictures.
  var heading: String { title ?? net.map { "MLP \($0)" } ?? words.first ?? "" }

  // MARK: Expressions

  private func expression() throws -> Value {
    do {
      let formula = try Formula(words[0]), numbers = try assignments(words.dropFirst(), for: formula)
      return try formula(numbers)
    } catch let error as FormulaError {
      throw ValidationError("\(error)")
    }
  }

  private func assignments(_ words: ArraySlice<String>, for formula: Formula) throws -> [String: Value] {
    var values: [String: Value] = [:]
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let number = Double(parts[1]) else {
        throw ValidationError("“\(word)” is not a name with a number, such as a=2.")
      }
      guard values[parts[0]] == nil else { throw ValidationError("\(parts[0]) has two values.") }
      guard formula.uses(parts[0]) else {
        throw ValidationError("There is no “\(parts[0])” in the expression “\(formula.text)”.")
      }
      values[parts[0]] = Value(number, label: parts[0])
    }
    return values
  }
}
