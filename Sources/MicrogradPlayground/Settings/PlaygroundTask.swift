import MicrogradLanguage

/// The kind of problem that a network is to solve.
enum PlaygroundTask: String, CaseIterable, PlaygroundChoice {
  case classification, regression

  var identifier: String { rawValue }
  static var all: [Self] { allCases }

  var words: Localized {
    switch self {
    case .classification: Localized(en: "classification", fr: "classification")
    case .regression: Localized(en: "regression", fr: "régression")
    }
  }
}
