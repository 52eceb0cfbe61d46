import MicrogradData
import MicrogradFigures
import MicrogradLanguage
import MicrogradModels

// The parts of the model: the rules for its columns, and its layers.

extension ModelReportPage {
  /// The largest count of categories that are shown at once.
  private static let mostCategories = 12

  var columns: String? {
    let heading = words(en: "Columns", fr: "Colonnes")
    let table = HTMLTable(
      name: heading,
      columns: [
        .words(words(en: "column", fr: "colonne")), .numbers(words(en: "inputs", fr: "entrées")),
        .words(words(en: "rule", fr: "règle")),
      ],
      rows: model.pipeline.features.map { feature in
        [feature.name.isolated, "\(feature.width)", rule(feature.encoding)]
      })
    return section("columns", heading, [paragraph(rules), table.html()])
  }

  private var rules: String {
    words(
      en: """
        The model takes the raw columns. A number is standardized by the mean and the standard deviation of the training \
        rows, and a missing one counts as the mean. A text becomes an input for each category, 1 for its own and 0 for the \
        others; if training never had it, all of them are 0.
        """,
      fr: """
        Le modèle prend les colonnes telles quelles. Un nombre est centré et réduit par la moyenne et l'écart type des \
        lignes d'entraînement, et un nombre manquant compte comme la moyenne. Un texte devient une entrée par catégorie, 1 \
        pour la sienne et 0 pour les autres ; s'il manquait à l'entraînement, toutes valent 0.
        """.unbroken)
  }

  private func rule(_ encoding: Pipeline.Feature.Encoding) -> String {
    switch encoding {
    case .standardized(let mean, let deviation):
      return words(
        en: "mean \(number(mean)), standard deviation \(number(deviation))",
        fr: "moyenne \(number(mean)), écart type \(number(deviation))")
    case .oneHot(let categories):
      let names = categories.map(name)
      if names.count <= Self.mostCategories { return names.joined(separator: ", ") }
      let count = Localized(en: "\(names.count) categories", fr: "\(names.count) catégories")(in: language)
      return "<details><summary>\(count)</summary>\(names.joined(separator: ", "))</details>"
    }
  }

  var layers: String? {
    let heading = words(en: "Layers", fr: "Couches")
    return section(
      "layers", heading,
      [
        HTMLTable(
          name: heading,
          columns: [
            .words(words(en: "layer", fr: "couche")), .numbers(words(en: "inputs", fr: "entrées")),
            .numbers(words(en: "outputs", fr: "sorties")), .words("activation"),
            .numbers(words(en: "parameters", fr: "paramètres")),
          ],
          rows: model.layers.enumerated().map { index, layer in
            [
              "\(index + 1)", "\(layer.inputCount)", "\(layer.outputCount)",
              (layer.activation.identifier ?? "").escaped,
              "\(layer.parameterCount)",
            ]
          }
        ).html(),
        paragraph(prediction),
      ])
  }

  private var prediction: String {
    switch model.output {
    case .logistic(let classes):
      words(
        en: "The sigmoid of the output is the probability of \(name(classes[1])).",
        fr: "La sigmoïde de la sortie est la probabilité de \(name(classes[1])).")
    case .softmax:
      words(
        en: "The softmax of the outputs gives the probability of each class.",
        fr: "Le softmax des sorties donne la probabilité de chaque classe.")
    case .number(let mean, let deviation):
      words(
        en: "The prediction is \(number(mean)) + \(number(deviation)) · output.",
        fr: "La prédiction vaut \(number(mean)) + \(number(deviation)) · sortie.")
    }
  }
}
