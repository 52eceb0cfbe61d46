/// A size and weight of letters, with estimates of the width of text.
///
/// The font depends on the reader's system. The widths are those of DejaVu Sans, the widest of the usual fonts; in others
/// there is a little room to spare.
struct Font: Equatable {
  static let base = 12.0
  static let family =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

  static let normal = Font(size: base)
  static let bold = Font(size: base, isBold: true)
  static let small = Font(size: 11)
  static let label = Font(size: 13)
  static let title = Font(size: 16, isBold: true)

  let size: Double
  var isBold = false

  /// Returns an upper estimate of the width of a line of text.
  func width(of text: some StringProtocol) -> Double {
    text.unicodeScalars.reduce(0) { $0 + Self.advance($1) } * size * (isBold ? 1.15 : 1)
  }

  /// Returns the text, or as much of its beginning as fits with an ellipsis.
  func shortened(_ text: String, to limit: Double) -> String {
    guard width(of: text) > limit else { return text }
    var room = limit - width(of: "…")
    let fitting = text.prefix { character in
      room -= width(of: String(character))
      return room >= 0
    }
    return fitting + "…"
  }

  /// Returns the text in lines of at most the given width, broken at spaces. A word that is too long is shortened.
  func wrapped(_ text: String, to limit: Double) -> [String] {
    var lines: [String] = [], used = 0.0
    for word in text.split(whereSeparator: { $0.isWhitespace }) {
      let more = width(of: " ") + width(of: word)
      if !lines.isEmpty, used + more <= limit {
        lines[lines.count - 1] += " \(word)"
        used += more
      } else {
        lines.append(shortened(String(word), to: limit))
        used = width(of: lines[lines.count - 1])
      }
    }
    return lines
  }

  /// Returns the width of a character, in ems.
  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "J", "'": 0.3
    case " ", ".", ",", ":", ";", "|", "/", "\\": 0.34
    case "-", "f", "t", "r", "(", ")", "[", "]", "!", "\"": 0.42
    case "m", "w", "M", "W", "@", "%", "…": 1
    case "<", ">", "=", "+", "−", "×", "÷", "~", "^", "#": 0.84
    case "A"..."Z", "&": 0.76
    case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200F}", "\u{FE00}"..."\u{FE0F}": 0
    case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{D7AF}", "\u{F900}"..."\u{FAFF}", "\u{FF00}"..."\u{FF60}": 1
    case "\u{1F000}"...: 1.3
    default: scalar.value < 0x250 ? 0.64 : 0.8
    }
  }
}
