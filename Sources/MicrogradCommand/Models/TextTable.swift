import Micrograd
import MicrogradFigures

/// Lines of cells in columns, of which the first is aligned to the left and the others to the right.
struct TextTable {
  private var lines: [[String]] = []

  /// Appends a line. It has as many cells as the others.
  mutating func append(_ cells: String...) { append(cells) }

  mutating func append(_ cells: [String]) {
    lines.append(cells.map { $0.printable.shortened(toColumns: Self.widest, ellipsis: "…") })
  }

  /// The largest width of a cell, in columns of the terminal.
  private static let widest = 60

  func text(indent: Int = 2) -> String {
    guard let first = lines.first else { return "" }
    let widths = first.indices.map { column in lines.map { $0[column].columns }.max() ?? 0 }
    return lines.map { cells in
      var line = String(repeating: " ", count: indent)
      for (index, cell) in cells.enumerated() {
        let gap = String(repeating: " ", count: widths[index] - cell.columns)
        line += (index == 0 ? "" : "  ") + (index == 0 ? cell + gap : gap + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
