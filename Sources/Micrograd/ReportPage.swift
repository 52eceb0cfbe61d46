import MicrogradFigures
import MicrogradLanguage

/// A page of a report: the parts that all of its sections are made of.
protocol ReportPage {
  var language: Language { get }
}

extension ReportPage {
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

  func figure(_ figure: some Figure, caption: String) -> String {
    "<figure>\n\(figure.svg())\n<figcaption>\(caption)</figcaption>\n</figure>"
  }

  /// The size of a picture whose text can still be read when it shrinks to a telephone.
  static var pictureSize: (width: Double, height: Double) { (480, 380) }

  /// Returns a list of names and what they are, as HTML.
  func facts(_ facts: [(String, String)]) -> String {
    "<dl>\n\(facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n"))\n</dl>"
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

  static var style: String {
    """
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
}
