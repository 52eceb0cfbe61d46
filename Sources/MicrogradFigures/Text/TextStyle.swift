/// What a figure as text is made of.
public struct TextStyle: Hashable, Sendable {
  /// The characters that a picture is put together from. Words stay as they are.
  public enum Characters: Hashable, Sendable {
    /// Braille patterns, eight dots to a character, block elements and geometric shapes.
    case unicode
    /// Nothing but ASCII, for terminals and files that know no more.
    case ascii
  }

  /// The characters of the picture.
  public var characters: Characters
  /// Whether classes and curves have colours, by the escape codes of terminals (256 colours). Nothing is told by colour
  /// alone.
  public var isColored: Bool

  /// Creates a style.
  public init(_ characters: Characters = .unicode, isColored: Bool = false) {
    self.characters = characters
    self.isColored = isColored
  }
}

extension TextStyle {
  /// The sign for a class, by its position among those of the figure: the shapes of ``Marker``, then letters.
  func marker(_ index: Int) -> Character {
    let signs = Array((characters == .unicode ? "●▲■◆▼✚" : "o^#xv+") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return signs[index % signs.count]
  }

  /// What a curve is drawn with where there are no dots.
  func mark(_ index: Int) -> Character { ["*", "+", "o", "x", "#", "%"][index % 6] }

  /// What fills a region: with colours, the denser the surer; without, another pattern for each class.
  func ground(_ index: Int, _ shade: DecisionRegions.Shade) -> Character {
    let patterns: [Character] = characters == .unicode ? [" ", "░", "▒", "▓"] : [" ", ".", ":", "%"]
    return patterns[isColored ? shade.rawValue : index % patterns.count]
  }

  /// The lines around the data: corners from the upper left clockwise, sides, and where numbers stand.
  var frame:
    (corners: [String], horizontal: Character, vertical: String, left: String, right: String, below: Character)
  {
    characters == .unicode
      ? (["┌", "┐", "┘", "└"], "─", "│", "┤", "├", "┬") : (["+", "+", "+", "+"], "-", "|", "+", "+", "+")
  }

  package var ellipsis: String { characters == .unicode ? "…" : "..." }

  /// Characters in a colour, if colours are wanted.
  func colored(_ text: String, _ color: RGB?) -> String {
    guard isColored, let color else { return text }
    return "\u{1B}[38;5;\(color.terminalIndex)m\(text)\u{1B}[39m"
  }
}

extension RGB {
  /// The nearest of the 216 colours that terminals have from 16 on, six levels of red, green and blue.
  fileprivate var terminalIndex: Int {
    [16, 8, 0].reduce(0) { index, shift in
      let value = Int(hex >> UInt32(shift) & 0xFF)
      return index * 6 + (value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40)
    } + 16
  }
}
