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
    let description = GraphDescription(graph, title: title)
    return PageTemplate(Self.file("index.html")).filled(
      [
        "title": SVGElement.escaped(title),
        "style": PageColors.ofGraphs + Self.file("stepper.css") + Self.file("page.css"),
        "language": language.rawValue, "languages": languages,
        "languageName": Localized(en: "Language", fr: "Langue")(in: language),
        "introduction": introduction.map(Self.section) ?? "",
        "graph": description.json.description,
        "noscript": Localized(
          en: "Allow scripts to step through the graph.",
          fr: "Autorisez les scripts pour parcourir le graphe pas à pas.")(in: language),
        "picture": GraphFigure(description.graph, language: language).svg(),
        "engine": Self.engine,
        "script": Self.scripts.map { Self.file("\($0).js") }.joined(separator: "\n"),
      ])
  }

  /// The engine, packed.
  private static var engine: String {
    var count = 0
    let bytes = mg_page_engine(&count)
    return PackedText.text(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// The scripts of a part of a page in which a graph can be stepped through, in their order.
  package static let stepperScripts = [
    "unpack", "engine", "stepper-words", "stepper-shapes", "stepper-picture", "stepper-view", "stepper",
  ]

  private static let scripts = stepperScripts + ["page"]

  private var languages: String {
    let names = Language.allCases.map { language in
      let isChosen = language == self.language ? " selected" : ""
      return
        "<option value=\"\(language.rawValue)\"\(isChosen)>\(language == .english ? "English" : "Français")</option>"
    }
    return names.joined()
  }

  /// Returns a section in all languages, of which the style sheet shows the page's.
  private static func section(_ introduction: Localized) -> String {
    let versions = Language.allCases.map { "<div lang=\"\($0.rawValue)\">\n\(introduction(in: $0))\n</div>" }
    return "<section class=\"introduction\">\n\(versions.joined(separator: "\n"))\n</section>"
  }

  /// Returns the text of a file of `Page/Web`.
  package static func file(_ name: String) -> String {
    guard let text = mg_page_text(name) else { preconditionFailure("CMicrogradPage embeds no file \(name)") }
    return String(cString: text)
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
