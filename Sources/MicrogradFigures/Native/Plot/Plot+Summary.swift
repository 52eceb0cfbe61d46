import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

extension Plot {
  /// Returns a description of the picture for those who cannot see it.
  func summary(_ content: PlotContent) -> String {
    var sentences: [String] = []
    let counts = content.sampleCounts
    if !counts.isEmpty {
      let parts = counts.sorted { $0.key < $1.key }.prefix(24).map { "\($1) × \(className($0))" }
      let total = counts.values.reduce(0, +), list = parts.joined(separator: ", ")
      let samples = Localized.counted(total, en: "sample", fr: "échantillon")(in: language)
      sentences.append(Localized(en: "\(samples): \(list).", fr: "\(samples) : \(list).")(in: language))
    }
    if content.inputCount > 2 { sentences.append(selection(of: content.inputCount)) }
    for regions in content.regions {
      let list = regions.classes.prefix(24).map(className).joined(separator: ", ")
      sentences.append(
        Localized(en: "Decision regions: \(list).", fr: "Régions de décision : \(list).")(in: language))
      if regions.areas.contains(where: { $0.shade != .medium }) { sentences.append(shadeSummary) }
    }
    sentences += Series.Scale.allCases.flatMap { scale in
      content.curves(scale).map { curveSummary($0.name, $0.points, unit: scale == .percent ? " %" : "") }
    }
    if content.omitted > 0 { sentences.append(omission(content.omitted)) }
    return sentences.isEmpty
      ? Localized(en: "There are no data.", fr: "Il n'y a pas de données.")(in: language)
      : sentences.joined(separator: " ")
  }

  private func selection(of inputs: Int) -> String {
    Localized(
      en: "The samples have \(inputs) inputs, two of which are drawn.",
      fr: "Les échantillons ont \(inputs) entrées, dont deux sont dessinées."
    )(in: language)
  }

  private var shadeSummary: String {
    let list = DecisionRegions.thresholds.map { "\((100 * $0).fixed(0)) %" }.joined(separator: ", ")
    return Localized(
      en: "Shades change where the probability of class 1 is \(list).",
      fr: "Les teintes changent là où la probabilité de la classe 1 vaut \(list)."
    )(in: language)
  }

  private func curveSummary(_ name: String, _ points: [Point], unit: String) -> String {
    guard let first = points.first, let last = points.last else {
      return Localized(en: "\(name): no values.", fr: "\(name) : pas de valeurs.")(in: language)
    }
    let start = first.y.short() + unit, end = last.y.short() + unit
    let values = Localized.counted(points.count, en: "value", fr: "valeur")(in: language)
    return Localized(
      en: "\(name): \(values), from \(start) to \(end).", fr: "\(name) : \(values), de \(start) à \(end)."
    )(in: language)
  }

  private func omission(_ count: Int) -> String {
    Localized(
      en: count == 1
        ? "1 point is left out because it is not a finite number."
        : "\(count) points are left out because they are not finite numbers.",
      fr: count == 1
        ? "1 point est omis parce que ce n'est pas un nombre fini."
        : "\(count) points sont omis parce que ce ne sont pas des nombres finis."
    )(in: language)
  }
}
