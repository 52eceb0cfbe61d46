extension AttentionFigure {
  /// Returns the picture as text for a terminal: a table with a number and a shade for each weight. Heads that do not fit
  /// beside the others follow below.
  ///
  /// Control characters in labels are left out, so that they cannot command the terminal.
  ///
  /// - Parameters:
  ///   - columns: The width in characters, at least 40.
  ///   - style: The characters of the shades.
  public func text(columns: Int = 72, style: TextStyle = TextStyle()) -> String {
    let names = labels.map {
      style.plain($0.printable).shortened(toColumns: Self.widestName, ellipsis: style.ellipsis)
    }
    let width = names.map(\.columns).max() ?? 0
    let perBlock = max(1, (max(columns, 40) - width) / (Self.cellColumns + 2))
    let blocks = stride(from: 0, to: heads.count, by: perBlock).map { first in
      block(first..<min(first + perBlock, heads.count), names.map { $0.leftPadded(toColumns: width) }, style)
    }
    let head = title.isEmpty ? "" : style.plain(title.printable) + "\n"
    return head + blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private static var widestName: Int { 16 }
  /// The columns of a weight such as `0.42 ▓▓`, which are also those of a heading.
  private static var cellColumns: Int { 7 }

  /// Returns the lines of some heads.
  private func block(_ range: Range<Int>, _ names: [String], _ style: TextStyle) -> [String] {
    func line(_ name: String, _ cells: [String]) -> String {
      let line = ([name] + cells.map { $0.padded(toColumns: Self.cellColumns) }).joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    let headings = range.map { style.plain(heading($0)) }
    let blank = "".padded(toColumns: names.first?.columns ?? 0)
    return [line(blank, headings)]
      + names.enumerated().map { row, name in line(name, range.map { shaded(heads[$0][row], style) }) }
  }

  private func shaded(_ weight: Double, _ style: TextStyle) -> String {
    let shades: [Character] = style.characters == .unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "*", "#"]
    let level = Int((Self.share(weight) * 4).rounded())
    return "\(weight.fixed(2)) " + style.colored(String(repeating: shades[level], count: 2), asClass: 0)
  }
}
