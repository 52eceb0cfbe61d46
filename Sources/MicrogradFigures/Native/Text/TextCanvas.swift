/// A grid of characters to draw on. Lines consist of dots: a character has 2 × 4 of them, or one in ASCII.
struct TextCanvas {
  /// The mark, colour and dashes of a line.
  struct Pen {
    /// The character for a dot in ASCII.
    var mark: Character
    var color: RGB?
    /// The numbers of dots drawn and left out, in turns. If it is empty, all dots are drawn.
    var dash: [Int] = []
  }

  private struct Cell {
    var character: Character = " "
    /// The dots of a braille pattern, by their numbers less one.
    var dots: UInt8 = 0
    var color: RGB?
  }

  /// Returns the number of dots in a character, horizontally and vertically.
  static func dots(in style: TextStyle) -> (x: Int, y: Int) { style.characters == .unicode ? (2, 4) : (1, 1) }

  let columns: Int
  let rows: Int
  private let style: TextStyle
  private var cells: [Cell]

  init(columns: Int, rows: Int, style: TextStyle) {
    self.columns = columns
    self.rows = rows
    self.style = style
    cells = Array(repeating: Cell(), count: columns * rows)
  }

  // MARK: Drawing

  /// Writes a character over the one that is there.
  mutating func put(_ character: Character, column: Int, row: Int, color: RGB?) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    cells[row * columns + column] = Cell(character: character, color: color)
  }

  /// Draws a line through points that are given in dots. A single point is a dot.
  mutating func line(_ points: [Point], _ pen: Pen) {
    guard var last = points.first else { return }
    var length = 0.0
    dot(last, pen)
    for point in points.dropFirst() {
      let distance = max((point.x - last.x).magnitude, (point.y - last.y).magnitude)
      // Points nearer than half a dot are skipped.
      guard distance > 0.5 else { continue }
      let steps = distance.rounded(.up)
      for step in stride(from: 1, through: steps, by: 1) {
        length += distance / steps
        guard Self.isDrawn(Int(length), pen.dash) else { continue }
        let part = step / steps
        dot(Point(last.x + (point.x - last.x) * part, last.y + (point.y - last.y) * part), pen)
      }
      last = point
    }
  }

  private static func isDrawn(_ length: Int, _ dash: [Int]) -> Bool {
    guard !dash.isEmpty else { return true }
    var rest = length % dash.reduce(0, +)
    for (index, part) in dash.enumerated() {
      if rest < part { return index.isMultiple(of: 2) }
      rest -= part
    }
    return true
  }

  private mutating func dot(_ place: Point, _ pen: Pen) {
    let size = Self.dots(in: style)
    let x = Int(place.x.rounded()), y = Int(place.y.rounded())
    guard x >= 0, y >= 0, x < columns * size.x, y < rows * size.y else { return }
    let index = y / size.y * columns + x / size.x
    cells[index].color = pen.color
    if style.characters == .ascii {
      cells[index].character = pen.mark
    } else {
      // Braille counts 1 2 3 down the left, 4 5 6 down the right, and 7 and 8 below.
      cells[index].dots |= 1 << (y % 4 == 3 ? 6 + x % 2 : x % 2 * 3 + y % 4)
    }
  }

  // MARK: Reading

  /// Returns a row of characters, with the escape codes for their colours.
  func line(_ row: Int) -> String {
    var line = "", run = "", color: RGB?
    for cell in cells[row * columns..<(row + 1) * columns] {
      if cell.color?.hex != color?.hex {
        line += run.isEmpty ? "" : style.colored(run, color)
        (run, color) = ("", cell.color)
      }
      run.append(cell.dots == 0 ? cell.character : Character(Unicode.Scalar(0x2800 + UInt32(cell.dots))!))
    }
    return line + style.colored(run, color)
  }
}
