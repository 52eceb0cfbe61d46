import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

/// The rule that parameters move by.
struct OptimizerSettings: Sendable {
  enum Rule: String, CaseIterable, PlaygroundChoice {
    case sgd, adam

    var identifier: String { rawValue }
    static var all: [Self] { allCases }

    var words: Localized {
      switch self {
      case .sgd: Localized(en: "gradient descent", fr: "descente de gradient")
      case .adam: Localized(en: "Adam", fr: "Adam")
      }
    }
  }

  var rule: Rule
  var learningRate, momentum: Double
  var isNesterov: Bool
  var beta1, beta2, epsilon, weightDecay: Double
  var isDecoupled: Bool

  init(_ json: JSON?) throws(PlaygroundError) {
    let reader = try SettingsReader(
      json, at: "optimizer",
      names: [
        "rule", "learningRate", "momentum", "nesterov", "beta1", "beta2", "epsilon", "weightDecay", "decoupled",
      ])
    rule = try reader.choice("rule", .sgd)
    learningRate = try reader.number(.learningRate)
    momentum = try reader.number(.momentum)
    isNesterov = try reader.flag("nesterov")
    beta1 = try reader.number(.beta1)
    beta2 = try reader.number(.beta2)
    epsilon = try reader.number(.epsilon)
    weightDecay = try reader.number(.weightDecay)
    isDecoupled = try reader.flag("decoupled")
  }

  var json: JSON {
    .object([
      ("rule", .text(rule.rawValue)), ("learningRate", .number(learningRate)), ("momentum", .number(momentum)),
      ("nesterov", .boolean(isNesterov)), ("beta1", .number(beta1)), ("beta2", .number(beta2)),
      ("epsilon", .number(epsilon)), ("weightDecay", .number(weightDecay)), ("decoupled", .boolean(isDecoupled)),
    ])
  }

  /// The library's rule. Without momentum, Nesterov's variant is plain gradient descent.
  var updateRule: UpdateRule {
    switch rule {
    case .sgd: .sgd(momentum: momentum, weightDecay: weightDecay, isNesterov: isNesterov && momentum > 0)
    case .adam:
      .adam(
        betas: (beta1, beta2), epsilon: epsilon,
        weightDecay: isDecoupled ? .decoupled(weightDecay) : .inGradient(weightDecay))
    }
  }
}
