/// A formula of the table of operations, such as `b × a ^ (b − 1)`, into which numbers can be put.
struct FormulaText {
  let text: String

  init(_ text: String) { self.text = text }

  /// The formula with other words for its letters: `2 × (-0.62) ^ (2 − 1)`. What is longer than a letter and its number,
  /// such as `log`, is no variable.
  func filled(_ words: [String: String]) -> String {
    var result = "", word = ""
    func flush(before next: Character?) {
      let other = words[word] ?? word
      result += needsParentheses(other, after: result.last { $0 != " " }, next) ? "(\(other))" : other
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || (character.isNumber && !word.isEmpty) {
        word.append(character)
      } else {
        flush(before: character)
        result.append(character)
      }
    }
    flush(before: nil)
    return result
  }

  /// A negative number needs them unless it is alone between brackets or bars.
  private func needsParentheses(_ number: String, after last: Character?, _ next: Character?) -> Bool {
    guard number.hasPrefix("-") else { return false }
    let opens = last.map { "(|,?:".contains($0) } ?? true
    let closes = next.map { ")|, ".contains($0) } ?? true
    return !(opens && closes)
  }
}
