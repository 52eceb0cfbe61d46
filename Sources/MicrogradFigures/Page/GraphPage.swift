import CMicrogradPage
import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// A page, complete in one HTML file, in which a reader steps forward and backward through a graph. The current value is
/// marked, and its sentence and arithmetic stand beside it. Leaves can be edited, and parts of large graphs open on a
/// click.
///
/// ```swift
/// try loss.html(title: "My loss").write(toFile: "loss.html", atomically: true, encoding: .utf8)  // import Foundation
/// ```
///
/// It needs no network and no server. It is in English and in French, light and dark, and can be used with the keyboard
/// and with a screen reader.
public struct GraphPage: Sendable {
  /// The graph.
  public var graph: ComputationGraph
  /// The title above the graph.
  public var title: String
  /// The language in which the page begins. The reader can change it.
  public var language: Language
  /// The introduction to the graph, as HTML that needs no script: beside it on a wide screen, above it on a narrow one.
  package var introduction: Localized?

  /// Creates a page about a graph. Large graphs are grouped.
  public init(_ graph: ComputationGraph, title: String = "", language: Language = .english) {
    self.graph = graph
    self.title = title
    self.language = language
  }

  /// Returns the page as HTML.
  ///
  /// - Complexity: About linear in the number of nodes.
  public func html() -> String {
    let title =
      self.title.isEmpty ? Localized(en: "Gradient graph", fr: "Graphe du gradient")(in: language) : self.title
    let scripts = [
      "mathematics", "operations", "graph", "words", "narration", "layout", "shapes", "picture", "view", "app",
    ]
    let graph = GraphFigure.isLarge(graph) ? graph.grouped() : graph
    return Self.filled(
      Self.file("index.html"),
      [
        "title": SVGElement.escaped(title), "style": Self.colors + Self.file("page.css"),
        "language": language.rawValue, "introduction": introduction.map(Self.section) ?? "",
        "graph": PageDescription(graph, in: language).json.description,
        "noscript": Localized(
          en: "Allow scripts to step through the graph.",
          fr: "Autorisez les scripts pour parcourir le graphe pas à pas.")(in: language),
        "picture": GraphFigure(graph, language: language).svg(),
        "script": scripts.map { Self.file("\($0).js") }.joined(separator: "\n"),
      ])
  }

  /// Returns a section in all languages, of which the style sheet shows the page's.
  private static func section(_ introduction: Localized) -> String {
    let versions = Language.allCases.map { "<div lang=\"\($0.rawValue)\">\n\(introduction(in: $0))\n</div>" }
    return "<section class=\"introduction\">\n\(versions.joined(separator: "\n"))\n</section>"
  }

  /// Returns the text of a file of `Page/Web`.
  static func file(_ name: String) -> String {
    guard let text = mg_page_text(name) else { preconditionFailure("CMicrogradPage embeds no file \(name)") }
    return String(cString: text)
  }

  /// Fills the blanks of a template. Blanks in a text that has been put in are not filled.
  private static func filled(_ template: String, _ blanks: [String: String]) -> String {
    var result = "", rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open] + (blanks[String(rest[rest.index(after: open)..<close])] ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The colours of the figures as variables of the style sheet.
  private static var colors: String {
    func rules(_ choose: (Tone) -> RGB) -> String {
      Palette.ofGraphs.map { "--\($0.key): \(choose($0.value).css);" }.joined(separator: " ")
    }
    return """
      :root { color-scheme: light dark; \(rules(\.light)) }
      @media (prefers-color-scheme: dark) { :root { \(rules(\.dark)) } }

      """
  }
}

extension Value {
  /// Returns a page in which the gradient graph behind this value can be stepped through.
  public func page(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english
  ) -> GraphPage {
    GraphPage(graph(detail), title: title, language: language)
  }

  /// Returns the page in which the gradient graph behind this value can be stepped through, as HTML.
  public func html(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english
  ) -> String {
    page(title: title, detail: detail, language: language).html()
  }
}
