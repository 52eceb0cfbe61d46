extension String {
  /// The text as it may be sent to a terminal: without control characters, which could command it, and without those
  /// that change the direction of writing; white space made spaces.
  var printable: String {
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

  /// How many columns of a terminal the text takes.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The text, or as much of its beginning as fits, with an ellipsis.
  func shortened(toColumns limit: Int, ellipsis: String) -> String {
    guard columns > limit else { return self }
    var result = self
    while !result.isEmpty, result.columns + ellipsis.columns > limit { result.removeLast() }
    return result + ellipsis
  }

  func padded(toColumns width: Int) -> String { self + spaces(width - columns) }
  func leftPadded(toColumns width: Int) -> String { spaces(width - columns) + self }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count)) }
}

extension Character {
  /// Two for what East Asian scripts and emoji are written with, none for what only changes another character.
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
