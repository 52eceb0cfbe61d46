import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

/// The course of the learning rate, which begins at that of the optimizer.
struct ScheduleSettings: Sendable {
  enum Kind: String, CaseIterable, PlaygroundChoice {
    case constant, linear, exponential, step, cosine

    var identifier: String { rawValue }
    static var all: [Self] { allCases }

    var words: Localized {
      switch self {
      case .constant: Localized(en: "constant", fr: "constant")
      case .linear: Localized(en: "linear", fr: "linéaire")
      case .exponential: Localized(en: "exponential", fr: "exponentiel")
      case .step: Localized(en: "in steps", fr: "par paliers")
      case .cosine: Localized(en: "cosine", fr: "cosinus")
      }
    }

    /// A factor that suits: that of a step is much smaller than one that is applied at each step.
    fileprivate var factor: Double { self == .step ? 0.5 : NumberSetting.factor.standard }

    /// The names of the numbers that it needs.
    var properties: [(String, JSON)] {
      let names =
        switch self {
        case .constant: [String]()
        case .linear, .cosine: ["to", "over"]
        case .exponential: ["factor"]
        case .step: ["factor", "every"]
        }
      return [("needs", .texts(names)), ("factor", .number(factor))]
    }
  }

  var kind: Kind
  var to: Double
  var over: Int
  var factor: Double
  var every: Int

  init(_ json: JSON?) throws(PlaygroundError) {
    let reader = try SettingsReader(json, at: "schedule", names: ["kind", "to", "over", "factor", "every"])
    kind = try reader.choice("kind", .constant)
    to = try reader.number(.to)
    over = try reader.whole(.over)
    factor = try reader.number(NumberSetting.factor.with(standard: kind.factor))
    every = try reader.whole(.every)
  }

  var json: JSON {
    .object([
      ("kind", .text(kind.rawValue)), ("to", .number(to)), ("over", .integer(over)), ("factor", .number(factor)),
      ("every", .integer(every)),
    ])
  }

  func schedule(from rate: Double) -> Schedule {
    switch kind {
    case .constant: .constant(rate)
    case .linear: .linear(from: rate, to: to, over: over)
    case .exponential: .exponential(initial: rate, factor: factor)
    case .step: .step(initial: rate, factor: factor, every: every)
    case .cosine: .cosine(from: rate, to: to, over: over)
    }
  }
}
