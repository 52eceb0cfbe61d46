import CMicrogradPage
import MicrogradEngine

/// One HTML file, complete in itself, in which a reader steps forward and backward through a graph: the current value is
/// marked, its sentence and arithmetic stand beside it, leaves can be edited, and parts of large graphs open on a click.
///
/// ```swift
/// try loss.html(title: "My loss").write(toFile: "loss.html", atomically: true, encoding: .utf8)  // import Foundation
/// ```
///
/// It needs no network and no server; it is in English and in French, light and dark, and can be used by keyboard and
/// with a screen reader.
public struct GraphPage: Sendable {
  /// The graph.
  public var graph: ComputationGraph
  /// What stands above it.
  public var title: String
  /// The language that it begins in.
  public var language: Language

  /// Creates a page about a graph. Large graphs are grouped.
  public init(_ graph: ComputationGraph, title: String = "", language: Language = .english) {
    self.graph = graph
    self.title = title
    self.language = language
  }

  /// The page as HTML.
  ///
  /// - Complexity: About linear in the number of nodes.
  public func html() -> String {
    let title =
      self.title.isEmpty ? Localized(en: "Gradient graph", fr: "Graphe de gradient")(in: language) : self.title
    let scripts = ["operations", "graph", "words", "narration", "layout", "shapes", "picture", "view", "app"]
    let graph = GraphFigure.isLarge(graph) ? graph.grouped() : graph
    return Self.filled(
      Self.file("index.html"),
      [
        "title": SVGElement.escaped(title), "style": Self.colors + Self.file("page.css"),
        "graph": PageDescription(graph, in: language).json.description,
        "noscript": Localized(
          en: "This page steps through the graph where scripts are allowed.",
          fr: "Cette page parcourt le graphe pas à pas là où les scripts sont permis.")(in: language),
        "picture": GraphFigure(graph, language: language).svg(),
        "script": scripts.map { Self.file("\($0).js") }.joined(separator: "\n"),
      ])
  }

  /// The text of a file of `Page/Web`.
  static func file(_ name: String) -> String {
    guard let text = mg_page_text(name) else { preconditionFailure("CMicrogradPage embeds no file \(name)") }
    return String(cString: text)
  }

  /// Each blank stands alone in its line or element, and is filled once: what is put in is not looked at again.
  private static func filled(_ template: String, _ blanks: [String: String]) -> String {
    var result = "", rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open] + (blanks[String(rest[rest.index(after: open)..<close])] ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The figures' colours as variables of the style sheet.
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
  /// A page in which the gradient graph behind this value can be stepped through.
  public func page(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english
  ) -> GraphPage {
    GraphPage(graph(detail), title: title, language: language)
  }

  /// The page in which the gradient graph behind this value can be stepped through, as HTML.
  public func html(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english
  ) -> String {
    page(title: title, detail: detail, language: language).html()
  }
}
