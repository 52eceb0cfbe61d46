import MicrogradLab
import Notebook

/// The chapters of the lab's report, without the programs.
struct ShownReport: Displayable {
  let report: Report

  /// The chapters with their figures, and the same as text.
  var representations: Representations {
    let parts = report.chapters.flatMap { chapter in
      ["<p><strong>\(chapter.task.number). \(escaped(chapter.task.title(in: language)))</strong></p>"]
        + chapter.blocks.map(html)
    }
    return [.html: parts.joined(separator: "\n"), .plainText: report.text(figuresIn: nil, isStyled: false)]
  }

  private func html(_ block: Chapter.Block) -> String {
    switch block {
    case .text(let text): "<p>\(prose(text))</p>"
    case .result(let result):
      "<div>\(escaped(result.name(in: language))) <code>\(escaped(result.text))</code></div>"
    case .table(let table):
      HTMLTable(caption: "", headings: table.headings.map { $0(in: language) }, rows: table.rows).markup
    case .figure(let illustration):
      "<figure>\(fitted(illustration.figure.svg()))<figcaption>\(prose(illustration.caption))</figcaption></figure>"
    }
  }
}
