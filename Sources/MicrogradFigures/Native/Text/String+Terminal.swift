extension String {
  /// The text in a form that is safe to send to a terminal: without control characters, which could command it, and without
  /// those that change the direction of writing. White space is replaced by spaces.
  package var printable: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .lineSeparator, .paragraphSeparator, .spaceSeparator: result += " "
      case .control: result += scalar == "\n" || scalar == "\t" ? " " : ""
      // Joiners hold emoji and the letters of many scripts together.
      case .format where scalar != "\u{200C}" && scalar != "\u{200D}": break
      case .surrogate, .privateUse, .unassigned: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The number of columns of a terminal that the text takes.
  package var columns: Int { pieces.reduce(0) { $0 + $1.columns } }

  /// Returns the text, or as much of its beginning as fits with an ellipsis.
  package func shortened(toColumns limit: Int, ellipsis: String) -> String {
    guard columns > limit else { return self }
    var result = "", room = limit - ellipsis.columns, isStyled = false
    for piece in pieces {
      room -= piece.columns
      if room < 0 { break }
      result += piece.text
      isStyled = isStyled || piece.isStyle
    }
    return result + ellipsis + (isStyled ? Self.plainStyle : "")
  }

  /// Returns the text in lines that fit, broken at spaces. A word that is too long is broken at the end of the line.
  /// Continuation lines are indented to the first word that is not a number, as in a numbered list.
  package func wrapped(toColumns limit: Int) -> [String] {
    let start = pieces.prefix { $0.isStyle || $0.text == " " || $0.text.allSatisfy(\.isNumber) }
    let hanging = start.reduce(0) { $0 + $1.columns }, indent = hanging <= limit / 2 ? hanging : 0
    var lines: [String] = [], line = "", width = 0, gap = 0, word: [Piece] = []
    func breakLine() {
      lines.append(line)
      (line, width, gap) = (spaces(indent), indent, 0)
    }
    func endWord() {
      let length = word.reduce(0) { $0 + $1.columns }
      if width > indent, width + gap + length > limit { breakLine() }
      line += spaces(gap)
      width += gap
      for piece in word {
        if width + piece.columns > limit { breakLine() }
        line += piece.text
        width += piece.columns
      }
      (gap, word) = (0, [])
    }
    for piece in pieces {
      if piece.text == " " {
        if !word.isEmpty { endWord() }
        gap += 1
      } else {
        word.append(piece)
      }
    }
    endWord()
    return lines + [line]
  }

  /// The escape sequence that ends all styles.
  private static var plainStyle: String { "\u{1B}[0m" }

  /// A character, or an escape sequence that sets a style and takes no columns.
  private struct Piece {
    var text: String
    var columns: Int
    var isStyle: Bool { columns == 0 && text.hasPrefix("\u{1B}") }
  }

  private var pieces: [Piece] {
    var pieces: [Piece] = [], rest = self[...]
    while let first = rest.first {
      let sequence = first == "\u{1B}" ? rest.prefix { $0 != "m" }.count + 1 : 1
      pieces.append(Piece(text: String(rest.prefix(sequence)), columns: first == "\u{1B}" ? 0 : first.columns))
      rest = rest.dropFirst(sequence)
    }
    return pieces
  }

  package func padded(toColumns width: Int) -> String { self + spaces(width - columns) }
  package func leftPadded(toColumns width: Int) -> String { spaces(width - columns) + self }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count)) }
}

extension Character {
  /// The number of columns: two for characters of East Asian scripts and for emoji, none for those that only change another
  /// character, and one for others.
  ///
  /// Source: [Unicode Standard Annex 11](https://www.unicode.org/reports/tr11/).
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }) { return 2 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default:
      switch first.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }
}
