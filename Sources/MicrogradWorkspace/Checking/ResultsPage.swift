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
    let sections = report.results.map { $0.section(in: report.language) }.joined(separator: "\n")
    return HTMLPage(
      title: title, in: report.language, style: Self.style,
      body: "<header><h1>\(title)</h1></header>\n<main>\n\(sections)\n</main>"
    ).html()
  }

  private static let style = """
    h2 { font-size: 1.15rem; }
    .passed h2 { color: #1b6e2c; } .open h2 { color: #8a4b00; }
    @media (prefers-color-scheme: dark) { .passed h2 { color: #7bd88f; } .open h2 { color: #f0b35a; } }
    """
}

extension TaskResult {
  /// Returns the feedback to a task, and its pictures, as a part of a page.
  func section(in language: Language) -> String {
    let feedback = feedback(in: language), title = exercise.title(in: language)
    return """
      <section class="\(isPassed ? "passed" : "open")">
      <h2>\(isPassed ? "✓" : "○") \(feedback.headline.escaped) (\(title.escaped))</h2>
      \(feedbackHTML(in: language))
      \(figuresHTML(in: language))
      </section>
      """
  }
}

extension CheckReport {
  /// Writes the page `results.html` to a folder.
  package func writePage(to folder: String) throws {
    try TextFile.makeFolder(folder)
    try TextFile.write(ResultsPage(report: self).html(), to: "\(folder)/results.html")
  }
}
