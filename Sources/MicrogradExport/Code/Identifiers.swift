/// Names in a program for the columns of a table, which may have any text as their name.
///
/// A name is taken apart into words: of letters of the Latin alphabet, whose accents are dropped, and digits. A word ends
/// before a capital letter that follows a small one. The words are put together as the language does, `sepalLength` or
/// `sepal_length`. A word in front makes sure that the name begins with a letter, an underscore at the end that it is none
/// of the language's own, and a number that no two are equal.
struct Identifiers {
  /// The way to put words together.
  enum Style {
    case lowerCamelCase, upperCamelCase, snakeCase
  }

  let style: Style
  /// The words that the language has a meaning for.
  let reserved: Set<String>

  /// The names for some texts, all different.
  ///
  /// - Parameter kind: What the texts are the names of; it stands in for a first letter.
  func names(for texts: [String], kind: String) -> [String] {
    var unique = UniqueNames()
    return texts.map { unique.take(name(for: $0, kind: kind)) }
  }

  /// The name for a text.
  func name(for text: String, kind: String) -> String {
    var words = Self.words(of: text)
    if words.first?.first?.isLetter != true { words.insert(kind, at: 0) }
    let name = joined(words)
    return reserved.contains(name) ? name + "_" : name
  }

  private func joined(_ words: [String]) -> String {
    let capitalized = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return switch style {
    case .lowerCamelCase: words[0].lowercased() + capitalized.dropFirst().joined()
    case .upperCamelCase: capitalized.joined()
    case .snakeCase: words.map { $0.lowercased() }.joined(separator: "_")
    }
  }

  private static func words(of text: String) -> [String] {
    var words = [""]
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
      let character = ascii(scalar)
      if character == nil || (character!.isUppercase && words.last!.last?.isLowercase == true) { words.append("") }
      if let character { words[words.count - 1].append(character) }
    }
    return words.filter { !$0.isEmpty }
  }

  /// A digit or a letter, without its accent; nil for all else.
  private static func ascii(_ scalar: Unicode.Scalar) -> Character? {
    let character = Character(scalar)
    if scalar.isASCII { return character.isLetter || character.isNumber ? character : nil }
    guard let words = scalar.properties.name?.split(separator: " "), words.count >= 4, words[0] == "LATIN",
      words[2] == "LETTER", words[3].count == 1
    else { return nil }
    return Character(words[1] == "CAPITAL" ? String(words[3]) : words[3].lowercased())
  }
}
