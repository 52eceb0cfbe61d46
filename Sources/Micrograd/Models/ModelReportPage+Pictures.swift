import MicrogradData
import MicrogradFigures
import MicrogradModels
import MicrogradTraining

// The picture of what the model predicts.

extension ModelReportPage {
  var picture: String? {
    switch illustration {
    case .regions(let regions, let samples): picture(of: regions, samples)
    case .numbers(let pairs): picture(of: pairs)
    case nil: nil
    }
  }

  private func picture(of regions: DecisionRegions, _ samples: Dataset) -> String {
    let names = model.pipeline.features.map(\.name), classes = model.output.classes ?? []
    let plot = Plot(
      layers: [.regions(regions), .samples(samples)], xLabel: names[0], yLabel: names[1],
      classNames: Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($0, $1) }))
    let points =
      samples.isEmpty ? "" : " \(words(en: "The points are test rows", fr: "Les points sont des lignes de test"))"
    let caption = words(
      en: "The class that the model predicts at each place of the plane.",
      fr: "La classe que le modèle prédit en chaque point du plan.")
    return section(
      "regions", words(en: "Decision regions", fr: "Régions de décision"),
      [picture(plot, caption: caption + (samples.isEmpty ? "" : "\(points)\(selection).") + shades)])
  }

  func picture(_ plot: Plot, caption: String) -> String {
    var plot = plot
    (plot.width, plot.height) = Self.pictureSize
    plot.language = language
    return figure(plot, caption: caption)
  }

  private var shades: String {
    model.output.classes?.count != 2
      ? ""
      : words(
        en: " The colour is deeper where the model is surer.",
        fr: " La couleur est plus forte là où le modèle est plus sûr.")
  }

  private func picture(of pairs: [(truth: Double, prediction: Double)]) -> String {
    let target = model.pipeline.target.name
    let ends = [pairs.map(\.truth).min() ?? 0, pairs.map(\.truth).max() ?? 0].map { (x: $0, y: $0) }
    let diagonal = Series(words(en: "prediction = true value", fr: "prédiction = vraie valeur"), points: ends)
    let samples = Dataset(inputs: pairs.map { [$0.truth, $0.prediction] }, labels: pairs.map { _ in 0 })
    let plot = Plot(
      layers: [.curve(diagonal), .samples(samples)],
      xLabel: words(en: "\(target), true", fr: "\(target), vraie valeur"),
      yLabel: words(en: "\(target), predicted", fr: "\(target), prédiction"),
      classNames: [0: words(en: "test row", fr: "ligne de test")])
    return section(
      "predictions", words(en: "Predicted and true values", fr: "Valeurs prédites et vraies valeurs"),
      [
        picture(
          plot,
          caption: words(
            en: "Each point is a test row\(selection): the nearer to the line, the better its prediction.",
            fr:
              "Chaque point est une ligne de test\(selection) : plus il est près de la droite, meilleure est la prédiction."
              .unbroken))
      ])
  }

  /// A remark in brackets if not all test rows are drawn.
  private var selection: String {
    guard let count = report.evaluation?.rowCount, count > ModelIllustration.mostRows else { return "" }
    let most = ModelIllustration.mostRows
    return words(en: " (\(most) of \(count) are drawn)", fr: " (\(most) sur \(count) sont dessinées)")
  }
}
