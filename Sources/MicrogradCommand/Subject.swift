import ArgumentParser
import Micrograd

/// The subject of `draw` and `step`: an expression with values, or a network.
struct Subject: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An expression such as “relu(a*b + c)^2”, and values such as a=2.", valueName: "expression [name=value …]"),
    // An expression may begin with a space: see `markingExpressions`.
    transform: { String($0.drop(while: \.isWhitespace)) })
  var words: [String] = []

  @Option(name: .long, help: ArgumentHelp("A network instead: the sizes of its layers.", valueName: "2,2,1"))
  var net: String?

  @Option(name: .long, parsing: .unconditional, help: "The seed of the network's weights.")
  var seed = 42

  @Option(
    name: .long, parsing: .unconditional, help: ArgumentHelp("The network's inputs.", valueName: "1,-1"))
  var input: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The targets of the network's outputs, for the mean squared error.", valueName: "1"))
  var target: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Samples for the network instead of one input: CSV with a column “label”; - is standard input.",
      valueName: "file"))
  var data: String?

  @Flag(name: .long, help: "One value for each recorded operation, without splitting differences and dot products.")
  var recorded = false

  @Option(
    name: .long, help: "The title. (default: the expression or the network)")
  var title: String?

  @OptionGroup var speech: Speech

  /// Checks the arguments together. It is called when all are parsed, since a missing one may be a misspelt option.
  private func check() throws {
    if net == nil {
      let stray = [("--input", input), ("--target", target), ("--data", data)].first { $0.1 != nil }
      if let stray { throw ValidationError("\(stray.0) needs a network, such as --net 2,2,1.") }
      if words.isEmpty {
        throw ValidationError("Give an expression, such as “a*b + c” a=2 b=-3 c=10, or --net 2,2,1.")
      }
    } else if data != nil, let stray = [("--input", input), ("--target", target)].first(where: { $0.1 != nil }) {
      throw ValidationError(
        "--data and \(stray.0) exclude each other: the samples have the inputs, and labels as targets.")
    } else if let word = words.first {
      throw ValidationError("--net and the expression “\(word)” exclude each other; remove one of them.")
    }
  }

  /// Returns the result, after `backward()`.
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
        throw ValidationError("“\(word)” is not a name with a number; write it as in a=2.")
      }
      guard values[parts[0]] == nil else {
        throw ValidationError("\(parts[0]) is given twice; remove one of its values.")
      }
      guard formula.uses(parts[0]) else {
        throw ValidationError("The expression “\(formula.text)” does not contain “\(parts[0])”; remove \(word).")
      }
      values[parts[0]] = Value(number, label: parts[0])
    }
    return values
  }
}
