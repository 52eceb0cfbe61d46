import MicrogradFigures

/// A table of a page. The first cell of each row is its heading.
struct HTMLTable {
  /// A column: its heading, and whether it has numbers or words.
  struct Column {
    let heading: String
    let isNumber: Bool

    static func words(_ heading: String) -> Column { Column(heading: heading, isNumber: false) }
    static func numbers(_ heading: String) -> Column { Column(heading: heading, isNumber: true) }
  }

  /// The name, for those who cannot see the table.
  let name: String
  let columns: [Column]
  /// The cells as HTML.
  let rows: [[String]]

  func html() -> String {
    let headings = columns.map { "<th scope=\"col\"\(Self.look($0))>\($0.heading.escaped)</th>" }
    return Self.scrolling(
      name,
      """
      <thead><tr>\(headings.joined())</tr></thead>
      <tbody>
      \(rows.map(html).joined(separator: "\n"))
      </tbody>
      """)
  }

  private func html(_ row: [String]) -> String {
    let cells = zip(columns, row).enumerated().map { index, cell in
      let (column, content) = cell, look = Self.look(column)
      return index == 0 ? "<th scope=\"row\"\(look)>\(content)</th>" : "<td\(look)>\(content)</td>"
    }
    return "<tr>\(cells.joined())</tr>"
  }

  private static func look(_ column: Column) -> String { column.isNumber ? "" : " class=\"words\"" }

  /// Returns a table that scrolls separately from the page.
  ///
  /// - Parameters:
  ///   - kind: The class of the table in the style sheet, if it has one.
  ///   - content: The parts of the table as HTML.
  static func scrolling(_ name: String, kind: String? = nil, _ content: String) -> String {
    """
    <div class="scrolls" tabindex="0" role="region" aria-label="\(name.escaped)">\
    <table\(kind.map { " class=\"\($0)\"" } ?? "")>
    \(content)
    </table></div>
    """
  }
}

extension String {
  /// A name from a file as HTML, which cannot change the direction of the text around it.
  var isolated: String { "<bdi>\(escaped)</bdi>" }
}
