import MicrogradFigures
import MicrogradLanguage
import MicrogradModels

extension PredictionGraph {
  /// The contributions, the largest first, whatever their sign.
  var sortedContributions: [Contribution] {
    contributions.enumerated().sorted { left, right in
      let (first, second) = (left.element.amount.magnitude, right.element.amount.magnitude)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  /// The prediction in a few words.
  ///
  /// - Parameter show: Returns a name as it is shown.
  func prediction(in language: Language, _ show: (String) -> String = { $0 }) -> String {
    let target = show(target)
    guard let predictedClass = predictedClass.map(show) else {
      let number = prediction.short(digits: 6)
      return Localized(en: "\(target): \(number)", fr: "\(target)\u{A0}: \(number)")(in: language)
    }
    let percent = "\((100 * prediction).fixed(1))\u{A0}%"
    return Localized(
      en: "\(target): \(predictedClass), with a probability of \(percent)",
      fr: "\(target)\u{A0}: \(predictedClass), avec une probabilité de \(percent)")(in: language)
  }

  /// The meaning of the contributions.
  ///
  /// - Parameter show: Returns a name as it is shown.
  func meaning(in language: Language, _ show: (String) -> String = { $0 }) -> String {
    let odds = "log(p / (1 - p)) = \(result.data.short())"
    let subject = Localized(
      en: predictedClass.map { "the log-odds of \(show($0)), \(odds)," } ?? "the predicted number",
      fr: predictedClass.map { "le logit de \(show($0)), \(odds)," } ?? "le nombre prédit"
    )(in: language)
    return Localized(
      en: """
        Gradient × input: how far each field moves \(subject) to first order, compared with an average number or with no \
        category.
        """,
      fr: """
        Gradient × entrée\u{A0}: de combien chaque champ déplace \(subject) au premier ordre, par rapport à un nombre moyen \
        ou à aucune catégorie.
        """)(in: language)
  }

  /// The headings of a table of the contributions.
  static func headings(in language: Language) -> (column: String, field: String, amount: String) {
    switch language {
    case .english: ("column", "field", "contribution")
    case .french: ("colonne", "champ", "contribution")
    }
  }

  /// The word for a field that is missing.
  static func blank(in language: Language) -> String { Localized(en: "blank", fr: "vide")(in: language) }
}

extension PredictionGraph.Contribution {
  /// The amount with its sign.
  var text: String { amount.signed }
}
