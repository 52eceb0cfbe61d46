/// The characters and colours of a figure as text.
public struct TextStyle: Hashable, Sendable {
  /// A set of characters to draw with. Labels and names stay as they are.
  public enum Characters: Hashable, Sendable {
    /// Braille patterns, eight dots to a character, block elements and geometric shapes.
    case unicode
    /// ASCII only, for terminals and files that support no more.
    case ascii
  }

  /// The characters of the picture.
  public var characters: Characters
  /// Whether classes and curves have colours, by the escape codes of terminals (256 colours). Nothing is shown by colour
  /// alone.
  public var isColored: Bool

  /// Creates a style.
  public init(_ characters: Characters = .unicode, isColored: Bool = false) {
    self.characters = characters
    self.isColored = isColored
  }
}

extension TextStyle {
  /// Returns the sign for a class, by its position among the classes of the figure: the shapes of `Marker`, then letters.
  func marker(_ index: Int) -> Character {
    let signs = Array((characters == .unicode ? "●▲■◆▼✚" : "o^#xv+") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return signs[index % signs.count]
  }

  /// Returns the character for a curve in ASCII.
  func mark(_ index: Int) -> Character { ["*", "+", "o", "x", "#", "%"][index % 6] }

  /// Returns the character that fills a region. With colours, it is denser where the classifier is surer; without, it depends
  /// on the class.
  func ground(_ index: Int, _ shade: DecisionRegions.Shade) -> Character {
    let patterns: [Character] = characters == .unicode ? [" ", "░", "▒", "▓"] : [" ", ".", ":", "%"]
    return patterns[isColored ? shade.rawValue : index % patterns.count]
  }

  /// The lines around the data: the corners from the upper left clockwise, the sides, and the sides at a number.
  var frame:
    (corners: [String], horizontal: Character, vertical: String, left: String, right: String, below: Character)
  {
    characters == .unicode
      ? (["┌", "┐", "┘", "└"], "─", "│", "┤", "├", "┬") : (["+", "+", "+", "+"], "-", "|", "+", "+", "+")
  }

  package var ellipsis: String { characters == .unicode ? "…" : "..." }

  /// Returns the text in the colour of a class, by its position, if the style has colours.
  package func colored(_ text: String, asClass index: Int) -> String { colored(text, Palette.class(index).light) }

  /// Returns the text in a colour, if the style has colours.
  func colored(_ text: String, _ color: RGB?) -> String {
    guard isColored, let color else { return text }
    return "\u{1B}[38;5;\(color.terminalIndex)m\(text)\u{1B}[39m"
  }
}

extension RGB {
  /// The index of the nearest of the 216 terminal colours that begin at 16, with six levels each of red, green and blue.
  fileprivate var terminalIndex: Int {
    [16, 8, 0].reduce(0) { index, shift in
      let value = Int(hex >> UInt32(shift) & 0xFF)
      return index * 6 + (value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40)
    } + 16
  }
}
