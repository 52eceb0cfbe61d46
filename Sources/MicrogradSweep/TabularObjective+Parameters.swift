import MicrogradData
import MicrogradModels
import MicrogradNetworks
import MicrogradRequirement
import MicrogradTabular
import MicrogradTraining

extension TabularObjective {
  /// The names of the parameters that are understood.
  public static let parameterNames = settingsByName.map(\.name)

  /// Checks that each parameter of a sweep is understood, so is each of its settings, and that the sweep and the score have
  /// the same goal.
  ///
  /// - Throws: ``SweepError`` for the first that is not.
  /// - Complexity: Linear in the number of choices.
  public func check(_ sweep: Sweep) throws(SweepError) {
    try sweep.check()
    guard sweep.goal == score.goal else {
      throw SweepError("the goal of the sweep is to \(sweep.goal) the \(score.name): it is \(score.goal)")
    }
    for parameter in sweep.parameters {
      if case .halving = sweep.search, parameter.name == "epochs" {
        throw SweepError("successive halving decides on the epochs: leave the parameter “epochs” out")
      }
      if parameter.name == "loss", score == .validationLoss {
        throw SweepError(
          "losses of different kinds cannot be compared: choose another score than the validation loss")
      }
      for setting in parameter.domain.samples {
        var trainer = trainer
        try Self.apply(setting, named: parameter.name, to: &trainer)
      }
    }
  }

  /// Returns the trainer of a trial, which trains the very model that the trial judges.
  ///
  /// - Throws: ``SweepError`` for a parameter that is not understood.
  public func trainer(for trial: Trial) throws(SweepError) -> TabularTrainer {
    var trainer = trainer
    for (name, setting) in zip(trial.configuration.names, trial.configuration.settings) {
      try Self.apply(setting, named: name, to: &trainer)
    }
    if let budget = trial.budget { trainer.epochs = budget }
    trainer.seed = trial.seed
    return trainer
  }

  /// Changes a trainer by a setting of the parameter of a name.
  ///
  /// - Throws: ``SweepError`` if the parameter or the setting is not understood.
  package static func apply(
    _ setting: Sweep.Setting, named name: String, to trainer: inout TabularTrainer
  ) throws(SweepError) {
    guard let apply = settingsByName.first(where: { $0.name == name })?.apply else {
      throw SweepError("the parameter “\(name)” is none of \(parameterNames.joined(separator: ", "))")
    }
    if let expected = apply(setting, &trainer) {
      throw SweepError("the parameter “\(name)” is \(quoted(setting.description)); it must be \(expected)")
    }
  }

  /// The parameters: how each changes a trainer. The function returns what it would have needed.
  private static let settingsByName:
    [(name: String, apply: @Sendable (Sweep.Setting, inout TabularTrainer) -> String?)] = [
      (
        "hidden",
        { setting, trainer in
          guard let sizes = setting.layerSizes else { return "whole numbers such as 16,16, or 0" }
          trainer.hidden = sizes
          return nil
        }
      ),
      (
        "activation",
        { setting, trainer in
          guard let activation = Activation(identifier: setting.description) else {
            return "one of \(Activation.identifiers.joined(separator: ", "))"
          }
          trainer.activation = activation
          return nil
        }
      ),
      ("rate", { $1.learningRate.set(to: $0.number) }), ("decay", { $1.weightDecay.set(to: $0.number) }),
      ("batch", { $1.batchSize.set(to: $0.integer) }), ("epochs", { $1.epochs.set(to: $0.integer) }),
      ("patience", { $1.patience.set(to: $0.integer) }),
      (
        "loss",
        { setting, trainer in
          guard let loss = losses.first(where: { $0.name == setting.description }) else {
            return "one of \(losses.map(\.name).joined(separator: ", "))"
          }
          trainer.loss = loss.loss
          return nil
        }
      ),
    ]

  /// The losses by name; nil for the one that depends on the count of classes.
  private static let losses: [(name: String, loss: Loss?)] = [
    ("cross-entropy", nil), ("squared-error", .meanSquaredError), ("absolute-error", .meanAbsoluteError),
    ("huber", .huber()),
  ]
}

extension Sweep.Setting {
  fileprivate var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .text: nil
    }
  }

  fileprivate var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  /// The neurons of hidden layers; none for 0.
  fileprivate var layerSizes: [Int]? {
    if case .number = self { return nil }
    let sizes = description.split(separator: ",", omittingEmptySubsequences: false).map { Int($0.trimmed) ?? -1 }
    return sizes == [0] ? [] : sizes.allSatisfy { $0 > 0 } ? sizes : nil
  }
}

extension Double {
  fileprivate mutating func set(to number: Double?) -> String? {
    guard let number else { return "a number" }
    self = number
    return nil
  }
}

extension Int {
  fileprivate mutating func set(to number: Int?) -> String? {
    guard let number, number > 0 else { return "a whole number from 1 on" }
    self = number
    return nil
  }
}

extension Sweep.Parameter.Domain {
  /// All choices, or the ends of a range.
  fileprivate var samples: [Sweep.Setting] {
    switch self {
    case .choices(let choices): choices
    case .numbers(let low, let high, _, _): [.number(low), .number(high)]
    case .integers(let low, let high, _): [.integer(low), .integer(high)]
    }
  }
}

extension TabularObjective {
  /// A text that says what the scores depend on besides the parameters, for ``Sweep/identity``: a checksum of the table, and
  /// the settings.
  ///
  /// - Complexity: Linear in the size of the table.
  public var identity: String {
    let trainer = trainer
    let settings = [
      "hidden \(trainer.hidden.map(String.init).joined(separator: ","))", "activation \(trainer.activation.name)",
      "loss \(trainer.loss?.name ?? "usual")\(trainer.balancesClasses ? ", balanced" : "")",
      "epochs \(trainer.epochs)",
      "batch \(trainer.batchSize)", "rate \(trainer.learningRate)", "decay \(trainer.weightDecay)",
      "validation \(trainer.validationShare)", "patience \(trainer.patience)", "precision \(trainer.precision)",
      "problem \(trainer.problem.map { "\($0)" } ?? "usual")",
      "excluded \(trainer.excludedColumns.sorted().joined(separator: ","))",
      "score \(score.name)", "folds \(folds.map { "\($0)" } ?? "none")",
    ]
    return "\(target) of \(counted(table.rowCount, "row")), checksum \(table.checksum); "
      + settings.joined(separator: "; ")
  }
}

extension Table {
  /// The 64-bit FNV-1a hash of the table as CSV, in hexadecimal digits.
  fileprivate var checksum: String {
    let hash = csv().utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
