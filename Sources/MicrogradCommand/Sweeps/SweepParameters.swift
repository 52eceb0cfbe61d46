import ArgumentParser
import Micrograd

/// The settings that a sweep tries: each option has one value or several, or a range.
struct SweepParameters: ParsableArguments {
  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp("The neurons of each hidden layer, such as 8 16 16,16; 0: none.", valueName: "a,b,…"))
  var hidden: [String] = []

  @Option(
    name: .long, parsing: .upToNextOption, help: ArgumentHelp("Activations of hidden neurons.", valueName: "name"))
  var activation: [String] = []

  @Option(name: .long, parsing: .upToNextOption, help: ArgumentHelp("Losses.", valueName: "loss"))
  var loss: [LossName] = []

  @Option(
    name: [.customLong("rate"), .customLong("learning-rate")], parsing: .upToNextOption,
    help: ArgumentHelp("Learning rates, such as 0.01 0.1, or 0.01..0.3.", valueName: "number"))
  var rate: [String] = []

  @Option(
    name: [.customLong("batch"), .customLong("batch-size")], parsing: .upToNextOption,
    help: ArgumentHelp("Numbers of rows of a step.", valueName: "count"))
  var batch: [String] = []

  @Option(
    name: [.customLong("decay"), .customLong("weight-decay")], parsing: .upToNextOption,
    help: ArgumentHelp("How strongly weights are drawn to 0.", valueName: "number"))
  var decay: [String] = []

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "The largest numbers of passes over the rows. Halving goes from the first to the last.", valueName: "count"))
  var epochs: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The number of values that a grid takes from a range.", valueName: "count"))
  var points = 5

  func validate() throws {
    guard (2...1000).contains(points) else {
      throw ValidationError("--points is \(points); it must be from 2 to 1000.")
    }
  }

  /// The settings that are tried, and those that all trials have.
  struct Settings {
    var varying: [Sweep.Parameter]
    var fixed: [(name: String, setting: Sweep.Setting)]
  }

  /// Returns the settings of a sweep. If each option has one value only, none is fixed: it is tried with several seeds.
  func settings(_ kind: SweepSearch.Kind) throws -> Settings {
    let given = try parameters(kind)
    let fixed = given.compactMap { parameter in parameter.onlyChoice.map { (parameter.name, $0) } }
    let varying = given.filter { $0.onlyChoice == nil }
    return varying.isEmpty ? Settings(varying: given, fixed: []) : Settings(varying: varying, fixed: fixed)
  }

  private func parameters(_ kind: SweepSearch.Kind) throws -> [Sweep.Parameter] {
    let list = OptionValues(isGrid: kind == .grid, points: points)
    var parameters = [
      try list.parameter("hidden", hidden) { try layerSetting($0, list) },
      try list.parameter("activation", activation) { .choice(.text(try checked($0))) },
      try list.parameter("loss", loss.map(\.rawValue)) { .choice(.text($0)) },
      try list.parameter("rate", rate) { try list.number($0, of: "--rate", TrainingRules.rate) },
      try list.parameter("batch", batch) { try list.integer($0, of: "--batch", TrainingRules.count) },
      try list.parameter("decay", decay) { try list.number($0, of: "--decay", TrainingRules.decay) },
    ]
    if kind != .halving {
      parameters.append(
        try list.parameter("epochs", epochs) { try list.integer($0, of: "--epochs", TrainingRules.count) })
    }
    return parameters.compactMap(\.self)
  }

  /// The kind of prediction that the losses are for; nil if there are none.
  func problem(_ given: Pipeline.Problem?) throws -> Pipeline.Problem? {
    for loss in loss { try loss.check(given ?? self.loss.first?.problem) }
    return given ?? loss.first?.problem
  }

  /// Returns the numbers of epochs that halving goes from and to.
  func budgets(factor: Int) throws -> (from: Int, to: Int) {
    let list = OptionValues(isGrid: false, points: points)
    guard let first = epochs.first else {
      let most = TabularTrainer.usual.epochs
      return (max(1, most / (factor * factor * factor)), most)
    }
    let parts = try epochs.map { try list.integer($0, of: "--epochs", TrainingRules.count) }
    guard epochs.count == 1, case .integers(let low, let high)? = parts.first else {
      throw ValidationError(
        "--epochs is “\(first)”; with --search halving it must be a range, such as 10..90: from the first rung to the last."
      )
    }
    return (low, high)
  }

  private func layerSetting(_ text: String, _ list: OptionValues) throws -> OptionValues.Part {
    if text.contains("..") {
      return try list.integer(text, of: "--hidden") { number, _ in
        _ = try TrainingRules.layers("\(number)"); return number
      }
    }
    let layers = try TrainingRules.layers(text)
    return .choice(.text(layers.isEmpty ? "0" : layers.map(String.init).joined(separator: ",")))
  }

  private func checked(_ activation: String) throws -> String {
    _ = try TrainingRules.activation(activation)
    return activation
  }
}

extension Sweep.Parameter {
  /// The setting of a parameter that has only one.
  fileprivate var onlyChoice: Sweep.Setting? {
    if case .choices(let choices) = domain, choices.count == 1 { choices[0] } else { nil }
  }
}
