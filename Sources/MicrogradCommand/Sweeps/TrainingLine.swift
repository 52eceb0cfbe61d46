import Micrograd

/// The line for a shell that trains the model which a sweep would keep.
struct TrainingLine: CustomStringConvertible {
  let description: String

  init(_ arguments: SweepArguments, _ plan: SweepPlan, _ best: SweepResults.Summary) {
    let source = arguments.source, conditions = arguments.conditions, usual = TabularTrainer.usual
    func unless<Value: Equatable>(_ usual: Value, _ value: Value) -> String? { value == usual ? nil : "\(value)" }
    let settings = plan.fixed + Array(zip(best.configuration.names, best.configuration.settings))
    let options: [(String, String?)] =
      [
        ("--target", source.target), ("--delimiter", source.input.options.delimiter?.rawValue),
        ("--columns", source.input.options.columns), ("--problem", source.problem?.rawValue),
        ("--ignore", source.ignore), ("--categories", source.categories), ("--test", unless(0.2, source.test)),
      ] + settings.map { (Self.names[$0] ?? "--\($0)", $1.description) }
      + [
        ("--epochs", best.budget.map(String.init)),
        ("--validation", unless(usual.validationShare, conditions.validation)),
        ("--patience", unless(usual.patience, conditions.patience)), ("--seed", unless(usual.seed, conditions.seed)),
      ]
    let flags = [("--balance", conditions.balance), ("--float", conditions.float)].filter(\.1).map(\.0)
    let words = options.flatMap { option, value in value.map { [option, $0] } ?? [] } + flags
    description = (["micrograd", "train", source.input.path] + words).map(\.quotedForShell).joined(separator: " ")
  }

  /// The names of options of `train` that have others in a sweep.
  private static let names = ["rate": "--learning-rate", "batch": "--batch-size", "decay": "--weight-decay"]
}

extension String {
  /// The text as one word of a POSIX shell.
  fileprivate var quotedForShell: String {
    let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./,:".contains($0)) }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
