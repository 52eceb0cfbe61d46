import Micrograd

/// The command line.
struct Options {
  var names: [String] = []
  var batches = [1, 32, 128]
  var precisions = Precision.allCases
  var seconds = 1.0
  var data: String?
  var seed = 42
  var folder: String?
  var isJSON = false
  var isCheck = false
  var isServing = false
  var wantsHelp = false

  static let help = """
    Measures the training of a small GPT, microgpt's, in microseconds per document: forward, backward, a step of Adam.

    usage: swift run -c release --package-path Benchmarks gpt [VARIANT ...] [options]

    VARIANT is one or more of these; all of them if there is none:
      plain           values and backward(), with sums of products
      dot             the same with dot
      compiled        programs of all lengths, made beforehand

    options:
      --batch A,B     documents of a step; 1,32,128 by default, for values 1 alone unless it is given
      --precision P   float or double for programs; both by default
      --seconds S     how long each is repeated, a pass over all documents at least; 1 by default
      --data FILE     documents, one a line, such as makemore's names.txt; invented names otherwise
      --seed N        of the documents' order and the weights; 42 by default
      --write FOLDER  writes documents and weights for the peers, and measures nothing
      --check         compares the losses of all variants instead, in a moment
      --quick         a smoke run; its numbers mean nothing
      --json          one line of JSON for each result
      --serve         measures what lines of standard input ask for, as compare-gpt.py does
      --help          this text

    compare-gpt.py runs other libraries in turn with these.
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...], chosen: [Int]?
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": wantsHelp = true
      case "--json": isJSON = true
      case "--check": isCheck = true
      case "--serve": isServing = true
      case "--quick": seconds = 0.01
      case "--data": data = try Options.value(of: argument, in: &rest)
      case "--write": folder = try Options.value(of: argument, in: &rest)
      case "--seed": seed = try Options.number(of: argument, in: &rest) { $0 >= 0 }
      case "--seconds": seconds = try Options.number(of: argument, in: &rest) { $0 > 0 && $0.isFinite }
      case "--batch": chosen = try Options.batches(try Options.value(of: argument, in: &rest))
      case "--precision":
        let name = try Options.value(of: argument, in: &rest)
        guard let precision = Precision.allCases.first(where: { "\($0)" == name }) else {
          throw UsageError(message: "--precision needs float or double")
        }
        precisions = [precision]
      default:
        guard Variant.names.contains(argument) else {
          let kind = argument.hasPrefix("-") ? "option" : "variant"
          throw UsageError(message: "there is no \(kind) \(argument)")
        }
        names.append(argument)
      }
    }
    if names.isEmpty { names = Variant.names }
    if let chosen { batches = chosen }
    hasChosenBatches = chosen != nil
  }

  private var hasChosenBatches = false

  /// The variants that the command line asks for: values in batches only if it says so.
  var variants: [Variant] {
    Variant.all(names: names, batches: batches, precisions: precisions)
      .filter { hasChosenBatches || $0.batch == 1 || $0.name == "compiled" }
  }

  private static func value(of option: String, in rest: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let text = rest.popFirst() else { throw UsageError(message: "\(option) needs a value") }
    return text
  }

  private static func number<Number: LosslessStringConvertible>(
    of option: String, in rest: inout ArraySlice<String>, where isAllowed: (Number) -> Bool
  ) throws(UsageError) -> Number {
    guard let number = Number(try value(of: option, in: &rest)), isAllowed(number) else {
      throw UsageError(message: "\(option) needs a number that is not negative")
    }
    return number
  }

  private static func batches(_ text: String) throws(UsageError) -> [Int] {
    let sizes = text.split(separator: ",").map { Int($0) ?? 0 }
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 && Problem.documentCount % $0 == 0 }) else {
      throw UsageError(message: "--batch needs sizes that divide \(Problem.documentCount), such as 1,32")
    }
    return sizes
  }
}

struct UsageError: Error { let message: String }
