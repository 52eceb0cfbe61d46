/// Rows below headings, as a part of an HTML page.
struct HTMLTable {
  /// The number of rows that are shown.
  static let shownRows = 20

  var caption: String
  var headings: [String]
  var rows: [[String]]

  /// Makes a table that shows the first rows, and says so if there are more.
  init(caption: String, headings: [String], rows: some Collection<[String]>) {
    let isCut = rows.count > Self.shownRows
    self.caption =
      isCut
      ? caption
        + words(
          en: " (the first \(Self.shownRows) are shown)", fr: " (les \(Self.shownRows) premières sont montrées)")
      : caption
    self.headings = headings
    self.rows = Array(rows.prefix(Self.shownRows))
  }

  var markup: String {
    let body = rows.map { Self.row($0, "td") }.joined(separator: "\n")
    return """
      <table>
      <caption>\(escaped(caption))</caption>
      <thead>\(Self.row(headings, "th"))</thead>
      <tbody>
      \(body)
      </tbody>
      </table>
      """
  }

  private static func row(_ cells: [String], _ tag: String) -> String {
    "<tr>\(cells.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined())</tr>"
  }
}
