import MicrogradData
import MicrogradFigures
import MicrogradLanguage
import MicrogradModels
import MicrogradTraining

/// The page of a report.
struct ModelReportPage: ReportPage {
  let report: ModelReport
  let illustration: ModelIllustration?
  let language: Language

  var model: TabularModel { report.model }

  func html() -> String {
    let sections = [quality, confusion, crossValidation, picture, training, columns, layers].compactMap(\.self)
    return HTMLPage(
      title: title { $0 }, in: language, style: Self.style,
      body: """
        <header>
        <h1>\(title(\.isolated))</h1>
        <p>\(introduction)</p>
        </header>
        <main>
        \(sections.joined(separator: "\n"))
        </main>
        """
    ).html()
  }

  private func title(_ show: (String) -> String) -> String {
    let target = show(model.pipeline.target.name)
    guard let file = model.record?.fileName.map(show) else {
      return words(en: "Predicting \(target)", fr: "Prédire \(target)")
    }
    return words(en: "Predicting \(target) from \(file)", fr: "Prédire \(target) à partir de \(file)")
  }

  private var introduction: String {
    let target = model.pipeline.target.name.isolated,
      parameters = counted(model.parameterCount, "parameter", "paramètre")
    let columns = counted(model.pipeline.features.count, "column", "colonne")
    let layers = counted(model.layers.count, "layer", "couche")
    let subject = model.output.classes.map { classes in
      let names = listed(classes.map(\.isolated), atMost: 12)
      return words(en: "the class \(target) (\(names))", fr: "la classe \(target) (\(names))")
    }
    return words(
      en: "A network of \(layers) and \(parameters) predicts \(subject ?? "the number \(target)") from \(columns).",
      fr: "Un réseau de \(layers) et \(parameters) prédit \(subject ?? "le nombre \(target)") à partir de \(columns)."
    )
  }
}
