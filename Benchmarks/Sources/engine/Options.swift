/// The command line.
struct Options {
  var names: [String] = []
  var budget = Budget()
  var isJSON = false
  var wantsHelp = false

  static let help = """
    Measures the engine of swift-micrograd on this machine.

    usage: swift run -c release --package-path Benchmarks engine [NAME ...] [options]

    NAME is one or more of these; all of them if there is none:
    \(benchmarks.map { "  " + $0.name.padded(to: 14) + $0.summary }.joined(separator: "\n"))

    options:
      --seconds S   how long each benchmark is repeated; 2 by default
      --steps N     steps of a training run, each run from the same initial weights; 100 by default
      --quick       a smoke run: small graphs, hardly any repetition; its numbers mean nothing
      --json        one line of JSON for each result, as compare.py reads it
      --help        this text

    The columns are the fastest and the median run. After them, where a graph is swept, the parts of the fastest
    run: forward records the graph, backward sweeps it, rest releases it (and updates the parameters).
    compare.py runs the training step against other libraries.
    """

  /// Throws a message for the user.
  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    if rest.contains("--quick") { budget = .quick }
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": wantsHelp = true
      case "--json": isJSON = true
      case "--quick": break
      case "--seconds": budget.seconds = try Options.number(after: argument, in: &rest)
      case "--steps": budget.steps = try Options.number(after: argument, in: &rest)
      default:
        guard benchmarks.contains(where: { $0.name == argument }) else {
          let known = benchmarks.map(\.name).joined(separator: ", ")
          let kind = argument.hasPrefix("-") ? "option" : "benchmark"
          throw UsageError("there is no \(kind) \(argument); the benchmarks are \(known)")
        }
        names.append(argument)
      }
    }
  }

  private static func number<Number: LosslessStringConvertible & Comparable & ExpressibleByIntegerLiteral>(
    after option: String, in rest: inout ArraySlice<String>
  ) throws(UsageError) -> Number {
    guard let text = rest.popFirst(), let number = Number(text), number > 0, "\(number)" != "inf" else {
      throw UsageError("\(option) needs a positive number")
    }
    return number
  }
}

struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
