import Micrograd
import MicrogradJSON

extension Report {
  /// Returns the results as JSON, for programs: numbers with all their digits, tables, and the names of the figures. Numbers
  /// that are not finite are strings: `"nan"`, `"inf"` and `"-inf"`.
  ///
  /// Keys and headings are English in every language.
  public func json() -> String { JSON.object([("tasks", .array(chapters.map(json)))]).indented() }

  private func json(_ chapter: Chapter) -> JSON {
    var results: [String: JSON] = [:], tables: [String: JSON] = [:]
    for block in chapter.blocks {
      switch block {
      case .result(let result):
        results[result.name(in: .english)] = json(result)
      case .table(let table):
        tables[table.name] = .object([
          ("headings", .texts(table.headings.map { $0(in: .english) })), ("rows", .array(table.rows.map(JSON.texts))),
        ])
      case .text, .figure: break
      }
    }
    return .object([
      ("figures", .texts(chapter.illustrations.map { $0.name + ".svg" })),
      ("number", .integer(chapter.task.number)), ("results", .sorted(results)), ("tables", .sorted(tables)),
      ("title", .text(chapter.task.title(in: language))),
    ])
  }

  private func json(_ result: Chapter.NamedResult) -> JSON {
    // Counts stay whole numbers.
    Int(result.text).map(JSON.integer) ?? result.number.map(JSON.number) ?? .text(result.text)
  }
}
