/// Swift source to be shown as HTML, with its comments, strings, numbers and keywords marked.
struct SwiftMarkup {
  private static let keywords: Set<Substring> = [
    "as", "case", "default", "else", "enum", "extension", "false", "for", "func", "guard", "if", "import", "in",
    "init",
    "let", "mutating", "nil", "private", "public", "return", "self", "static", "struct", "switch", "true", "var",
    "where", "while",
  ]

  private let source: Substring

  init(_ source: String) { self.source = source[...] }

  /// Returns the source as HTML in which the class of an element is the kind of its token.
  func html() -> String {
    var html = "", rest = source
    while !rest.isEmpty {
      let (kind, end) = token(in: rest), text = String(rest[..<end]).escaped
      html += kind.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
      rest = rest[end...]
    }
    return html
  }

  private enum Kind { case comment, string, number, keyword }

  /// Returns the kind of the token at the beginning of the text, and its end.
  private func token(in text: Substring) -> (kind: Kind?, end: Substring.Index) {
    switch text.first {
    case "/" where text.hasPrefix("//"): return (.comment, text.firstIndex(of: "\n") ?? text.endIndex)
    case "\"": return (.string, endOfString(text))
    case let first? where first.isNumber:
      return (.number, text.firstIndex { !$0.isNumber && $0 != "_" } ?? text.endIndex)
    case let first? where first.isLetter:
      let end = text.firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? text.endIndex
      return (Self.keywords.contains(text[..<end]) ? .keyword : nil, end)
    default: return (nil, text.index(after: text.startIndex))
    }
  }

  private func endOfString(_ text: Substring) -> Substring.Index {
    let quote = text.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var rest = text.dropFirst(quote.count)
    while !rest.isEmpty, !rest.hasPrefix(quote) {
      rest = rest.hasPrefix("\\(") ? rest[endOfInterpolation(rest)...] : rest.dropFirst(rest.first == "\\" ? 2 : 1)
    }
    return rest.dropFirst(quote.count).startIndex
  }

  /// Returns the end of an interpolation, which may contain brackets and strings.
  private func endOfInterpolation(_ text: Substring) -> Substring.Index {
    var rest = text.dropFirst(2), depth = 1
    while let next = rest.first, depth > 0 {
      if next == "(" { depth += 1 }
      if next == ")" { depth -= 1 }
      rest = next == "\"" ? rest[endOfString(rest)...] : rest.dropFirst()
    }
    return rest.startIndex
  }
}
