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
    if words.first?.first?.isLetter != true { words.insert(Array(kind.utf8), at: 0) }
    let name = String(decoding: joined(words), as: UTF8.self)
    return reserved.contains(name) ? name + "_" : name
  }

  private func joined(_ words: [[UInt8]]) -> [UInt8] {
    var name: [UInt8] = []
    for (index, word) in words.enumerated() {
      switch style {
      case .lowerCamelCase where index == 0: name += word.map { $0.lowercased }
      case .lowerCamelCase, .upperCamelCase: name += [word[0].uppercased] + word.dropFirst()
      case .snakeCase: name += (index == 0 ? [] : [UInt8(ascii: "_")]) + word.map { $0.lowercased }
      }
    }
    return name
  }

  /// The words in ASCII.
  private static func words(of text: String) -> [[UInt8]] {
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars where !scalar.isAccent {
      guard let letter = scalar.letterOrDigit else {
        words.append([])
        continue
      }
      if letter.isUppercase, words.last!.last?.isLowercase == true { words.append([]) }
      words[words.count - 1].append(letter)
    }
    return words.filter { !$0.isEmpty }
  }
}
