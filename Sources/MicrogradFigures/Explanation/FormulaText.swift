/// A text with blanks for numbers and names: a formula of the table of operations, or a sentence.
///
/// `{a}` is a blank. `{(a)}` is one in which a negative number is put into brackets. Whether a blank is of this kind
/// is decided here alone: the terminal, the pictures and the page fill in the same text.
struct FormulaText {
  /// The text with its blanks.
  let text: String

  /// A sentence whose blanks are in braces: `{operand} receives {gradient} × {partial}`.
  init(sentence: String) {
    var text = "", rest = sentence[...]
    while let blank = Blank(in: rest) {
      text += rest[..<blank.range.lowerBound]
      rest = rest[blank.range.upperBound...]
      let isOperand = Self.isOperand(after: text.last { $0 != " " }, before: rest.first { $0 != " " })
      text += isOperand ? "{(\(blank.name))}" : "{\(blank.name)}"
    }
    self.text = text + rest
  }

  /// A formula such as `b × a ^ (b − 1)`. What is no variable, such as `log`, stays as it is.
  init(formula: String, variables: Set<String>) {
    var sentence = "", word = ""
    func flush() {
      sentence += variables.contains(word) ? "{\(word)}" : word
      word = ""
    }
    // By scalars and ranges: the tables of Unicode would be a tenth of the engine in a page.
    for scalar in formula.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z": word.unicodeScalars.append(scalar)
      case "0"..."9" where !word.isEmpty: word.unicodeScalars.append(scalar)
      default:
        flush()
        sentence.unicodeScalars.append(scalar)
      }
    }
    flush()
    self.init(sentence: sentence)
  }

  /// Whether a minus sign at this place needs brackets: behind an operation, and before a power, which binds more
  /// tightly than a sign: -3 ^ 2 is -9.
  private static func isOperand(after last: Character?, before next: Character?) -> Bool {
    last.map("+−×÷^√".contains) ?? false || next.map("^²".contains) ?? false
  }

  /// The text with words in its blanks: `2 × (-0.62) ^ (2 − 1)`.
  func filled(_ word: (String) -> String) -> String {
    var result = "", rest = text[...]
    while let blank = Blank(in: rest) {
      let filling = word(blank.name)
      result += rest[..<blank.range.lowerBound]
      result += blank.isOperand && filling.hasPrefix("-") ? "(\(filling))" : filling
      rest = rest[blank.range.upperBound...]
    }
    return result + rest
  }

  /// The first blank of a text.
  private struct Blank {
    let range: Range<String.Index>
    let name: String
    let isOperand: Bool

    init?(in text: Substring) {
      guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else { return nil }
      let inside = text[text.index(after: open)..<close]
      range = open..<text.index(after: close)
      isOperand = inside.hasPrefix("(")
      name = String(isOperand ? inside.dropFirst().dropLast() : inside)
    }
  }
}
