extension HeatMap {
  /// Returns the picture as text for a terminal: a table with a number and a shade for each score, the denser the better,
  /// and a star at the best. Columns that do not fit beside the others follow below.
  ///
  /// Control characters in labels are left out, so that they cannot command the terminal.
  ///
  /// - Parameters:
  ///   - width: The width in characters, at least 40.
  ///   - style: The characters of the shades.
  public func text(columns width: Int = 72, style: TextStyle = TextStyle()) -> String {
    func label(_ text: String) -> String {
      style.plain(text.printable).shortened(toColumns: 24, ellipsis: style.ellipsis)
    }
    let corner = [rowName, columnName].filter { !$0.isEmpty }.joined(separator: style.arrow)
    let names = ([corner] + rows).map(label), nameWidth = names.map(\.columns).max() ?? 0
    // A heading ends where the numbers do, before their shades.
    let headings = columns.map { label($0) + String(repeating: " ", count: Self.shadeColumns) }
    let lines = [headings] + cells(style), cellWidth = lines.joined().map(\.columns).max() ?? 0
    let perBlock = max(1, (max(width, 40) - nameWidth) / (cellWidth + 2))
    let blocks = stride(from: 0, to: columns.count, by: perBlock).map { first in
      zip(names, lines).map { name, cells in
        let shown = cells[first..<min(first + perBlock, cells.count)].map { $0.leftPadded(toColumns: cellWidth) }
        let line = ([name.padded(toColumns: nameWidth)] + shown).joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
      }.joined()
    }
    let heading = [title, scoreName].first { !$0.isEmpty }.map { style.plain($0.printable) + "\n" } ?? ""
    return heading + blocks.joined(separator: "\n")
  }

  /// The columns of a blank, a shade and the sign of the best score.
  private static var shadeColumns: Int { 4 }

  private func cells(_ style: TextStyle) -> [[String]] {
    let colors = ScoreColors(shown, prefersLow: prefersLow)
    return scores.enumerated().map { row, scores in
      scores.enumerated().map { column, score in
        guard let score, Scale.canShow(score) else { return (Self.text(score) ?? "-") + "    " }
        let shade = style.colored(style.shade(colors.level(score)), asClass: 0)
        return "\(score.short(digits: 3)) \(shade)\(isBest(row, column) ? "*" : " ")"
      }
    }
  }
}

extension TextStyle {
  /// Returns two characters that are the denser the higher the level of a score.
  fileprivate func shade(_ level: Int) -> String {
    let shades: [Character] = characters == .unicode ? ["░", "▒", "▓", "█"] : [".", ":", "*", "#"]
    return String(repeating: shades[level * (shades.count - 1) / ScoreColors.top], count: 2)
  }

  /// The sign between the names of rows and columns.
  fileprivate var arrow: String { characters == .unicode ? " ↓ " : " / " }
}
