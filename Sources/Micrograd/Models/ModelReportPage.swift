import MicrogradData
import MicrogradFigures
import MicrogradLanguage
import MicrogradModels
import MicrogradTraining

/// The page of a report.
struct ModelReportPage {
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

  // MARK: Parts that all sections share

  func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  func counted(_ count: Int, _ en: String, _ fr: String) -> String {
    Localized.counted(count, en: en, fr: fr)(in: language)
  }

  func section(_ name: String, _ heading: String, _ content: [String?]) -> String {
    """
    <section id="\(name)">
    <h2>\(heading.escaped)</h2>
    \(content.compactMap(\.self).joined(separator: "\n"))
    </section>
    """
  }

  func paragraph(_ html: String) -> String { "<p>\(html)</p>" }

  func figure(_ plot: Plot, caption: String) -> String {
    var plot = plot
    // Text of a picture that shrinks to a telephone can still be read.
    (plot.width, plot.height, plot.language) = (480, 380, language)
    return "<figure>\n\(plot.svg())\n<figcaption>\(caption)</figcaption>\n</figure>"
  }

  /// Returns a list, of whose end only the count is given if it is long.
  func listed(_ items: [String], atMost limit: Int) -> String {
    let rest = items.count - limit
    if rest <= 0 { return items.joined(separator: ", ") }
    return items.prefix(limit).joined(separator: ", ") + words(en: ", and \(rest) more", fr: ", et \(rest) de plus")
  }

  /// Returns a number with at most four digits, or with all that are before the point.
  func number(_ number: Double) -> String {
    (1e4..<1e9).contains(number.magnitude) ? number.fixed(0) : number.short()
  }

  func percent(_ share: Double) -> String { share.isNaN ? "–" : "\((100 * share).fixed(1))\u{A0}%" }

  private static let style = """
    h1, p, dd, tbody th { overflow-wrap: anywhere; }
    p bdi { font-style: italic; }
    table { margin: .6rem 0; }
    th, td { padding: .25rem .6rem; vertical-align: top; font-variant-numeric: tabular-nums; }
    .words { text-align: left; font-family: inherit; font-size: 1em; }
    td.words { min-width: 9rem; }
    tbody th { font-weight: 600; min-width: 6.5rem; max-width: 30rem; }
    tbody th small { display: block; font-weight: normal; color: #555b63; }
    dl { margin: .6rem 0; }
    .matrix td, .matrix th { text-align: center; vertical-align: middle; white-space: nowrap; }
    .matrix th { max-width: 10rem; white-space: normal; }
    .matrix small { display: block; opacity: .8; }
    .matrix .right { font-weight: 700; }
    @media (max-width: 30rem) { th, td { padding: .25rem .3rem; } }
    figure { margin: .8rem 0; } figure svg { display: block; width: 100%; max-width: 44rem; height: auto; }
    figcaption { max-width: 44rem; color: #555b63; font-size: .95em; }
    @media (prefers-color-scheme: dark) { figcaption, tbody th small { color: #a3abb5; } }
    @media print { body { color: #000; background: #fff; } .scrolls { overflow: visible; } tr, figure { break-inside: avoid; } }
    """
}
