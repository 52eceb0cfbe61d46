import Foundation
import Micrograd
import MicrogradData
import MicrogradLab

/// A page with the results of a check and the figures that the programs drew. It is complete in itself.
struct ResultsPage {
  let report: CheckReport

  func html() -> String {
    let title = report.words(
      en: "How a gradient propagates: results", fr: "Comment un gradient se propage : résultats")
    return """
      <!DOCTYPE html>
      <html lang="\(report.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(report.results.map { $0.section(in: report.language) }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// The style sheet, light and dark.
  static let style = """
    :root { color-scheme: light dark; --line: #d0d4d9; --soft: #555b63; --code: #f4f5f7; --good: #1b6e2c; --bad: #8a4b00; }
    @media (prefers-color-scheme: dark) {
      :root { --line: #3a3f46; --soft: #a3abb5; --code: #212429; --good: #7bd88f; --bad: #f0b35a; }
    }
    body { font: 1.02rem/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem 1.25rem 4rem; }
    h1 { line-height: 1.2; } h2 { border-top: 1px solid var(--line); padding-top: .8rem; font-size: 1.15rem; }
    .passed h2 { color: var(--good); } .open h2 { color: var(--bad); }
    pre, code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--code); }
    pre { padding: .5rem .8rem; overflow-x: auto; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0 .4rem 1rem; }
    dt { color: var(--soft); } dd { margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    .question { font-style: italic; }
    figure { margin: 1rem 0; } figure img { max-width: 100%; background: #fff; }
    """
}

extension TaskResult {
  /// The number of pictures of a task that a page shows.
  private static let shownFigures = 3

  /// Returns the feedback to a task, and its pictures, as a part of a page.
  func section(in language: Language) -> String {
    let feedback = feedback(in: language), title = exercise.title(in: language)
    return """
      <section class="\(isPassed ? "passed" : "open")">
      <h2>\(isPassed ? "✓" : "○") \(feedback.headline.escapedForHTML) (\(title.escapedForHTML))</h2>
      \(feedback.paragraphs.map(\.html).joined(separator: "\n"))
      \(figures.prefix(Self.shownFigures).map { Self.image($0, alt: title) }.joined(separator: "\n"))
      </section>
      """
  }

  /// Returns a student's picture as an image, in which no script can run.
  private static func image(_ svg: String, alt: String) -> String {
    let data = Data(svg.utf8).base64EncodedString()
    return "<figure><img alt=\"\(alt.escapedForHTML)\" src=\"data:image/svg+xml;base64,\(data)\"></figure>"
  }
}

extension Feedback.Paragraph {
  /// The paragraph as a part of a page.
  var html: String {
    switch self {
    case .prose(let text): "<p>\(Self.prose(text))</p>"
    case .question(let text): "<p class=\"question\">\(Self.prose(text))</p>"
    case .fact(let name, let value): "<dl><dt>\(name.escapedForHTML)</dt><dd>\(value.escapedForHTML)</dd></dl>"
    case .code(let text): "<pre>\(text.escapedForHTML)</pre>"
    }
  }

  /// Returns prose with the parts in backticks as code.
  private static func prose(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 0 ? String(part).escapedForHTML : "<code>\(String(part).escapedForHTML)</code>"
    }.joined()
  }
}

extension String {
  /// The text with the special characters of HTML written as entities.
  var escapedForHTML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

extension CheckReport {
  /// Writes the page `results.html` to a folder.
  package func writePage(to folder: String) throws {
    try TextFile.makeFolder(folder)
    try TextFile.write(ResultsPage(report: self).html(), to: "\(folder)/results.html")
  }
}
