/// The command line.
struct Options {
  var names: [String] = []
  var variants: [String] = []
  var seconds = 1.0
  var isJSON = false
  var isCheck = false
  var results: String?
  var wantsHelp = false

  static let variantNames = ["number", "tape", "dot", "gradient", "jacobian", "program", "program made anew"]

  static let help = """
    Measures derivatives of the workloads of ADBench and GradBench, each way our users have to compute them.

    usage: swift run -c release --package-path Benchmarks workloads [NAME ...] [options]

    NAME is one or more of these; all of them if there is none:
    \(Entry.all.map { "  " + $0.name.padded(to: 13) + $0.summary }.joined(separator: "\n"))

    options:
      --variants A,B  only these of
                        number               the function alone, with Double
                        tape                 values and backward(), plain sums
                        dot                  the same with dot, where a user would write it
                        gradient             gradient(at:of:)
                        jacobian             jacobian(at:of:)
                        program              a Program, made beforehand
                        program made anew    recorded, made and run once
      --seconds S     how long each is repeated, three times at least; 1 by default
      --check         compares small workloads with central differences instead, in a moment
      --results FILE  writes what one variant of one workload computes, as numbers of 8 bytes
      --json          one line of JSON for each result, as compare-workloads.py reads it
      --help          this text

    The columns are the least and the median time of a run. compare-workloads.py runs other libraries in turn with these.
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": wantsHelp = true
      case "--json": isJSON = true
      case "--check": isCheck = true
      case "--variants":
        variants = try Options.value(of: argument, in: &rest).split(separator: ",").map(String.init)
        if let unknown = variants.first(where: { !Options.variantNames.contains($0) }) {
          throw UsageError(
            message: "there is no variant \(unknown); there are \(Options.variantNames.joined(separator: ", "))")
        }
      case "--results": results = try Options.value(of: argument, in: &rest)
      case "--seconds":
        guard let number = Double(try Options.value(of: argument, in: &rest)), number > 0, number.isFinite else {
          throw UsageError(message: "--seconds needs a positive number")
        }
        seconds = number
      default:
        guard Entry.all.contains(where: { $0.name == argument }) else {
          let kind = argument.hasPrefix("-") ? "option" : "workload"
          throw UsageError(message: "there is no \(kind) \(argument)")
        }
        names.append(argument)
      }
    }
    if results != nil && (names.count != 1 || variants.count != 1) {
      throw UsageError(message: "--results needs one workload, and one of --variants")
    }
  }

  private static func value(of option: String, in rest: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let text = rest.popFirst() else { throw UsageError(message: "\(option) needs a value") }
    return text
  }
}

struct UsageError: Error { let message: String }

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
