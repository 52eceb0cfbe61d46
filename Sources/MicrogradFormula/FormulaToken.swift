/// A token of an expression, and the positions of its characters.
struct FormulaToken {
  enum Kind {
    case number, name, symbol, unknown, end
  }

  var kind: Kind
  var text: String
  var place: Range<Int>

  /// Splits an expression into tokens, and adds one of kind `end`.
  static func split(_ text: String) -> [FormulaToken] {
    let characters = Array(text)
    var tokens: [FormulaToken] = [], start = 0
    while start < characters.count {
      if characters[start].isWhitespace {
        start += 1
        continue
      }
      let (kind, end) = word(characters, at: start)
      let word = String(characters[start..<end])
      tokens.append(.init(kind: kind, text: kind == .symbol ? spelled(word) : word, place: start..<end))
      start = end
    }
    return tokens + [.init(kind: .end, text: "", place: characters.count..<characters.count)]
  }

  private static func word(_ characters: [Character], at start: Int) -> (Kind, end: Int) {
    func end(_ isPart: (Character) -> Bool, from: Int) -> Int {
      characters[from...].firstIndex { !isPart($0) } ?? characters.count
    }
    let first = characters[start], second = start + 1 < characters.count ? characters[start + 1] : " "
    if first.isDigit || (first == "." && second.isDigit) {
      return (.number, endOfNumber(characters, at: start))
    }
    if first.isLetter || first == "_" {
      return (.name, end({ $0.isLetter || $0.isNumber || $0 == "_" }, from: start))
    }
    if first == "*", second == "*" { return (.symbol, start + 2) }
    return ("+-*/^(),.−–×·÷".contains(first) ? .symbol : .unknown, start + 1)
  }

  /// Returns the end of a number: digits, an optional point with more digits, and an optional exponent. A point before a
  /// letter belongs to a function.
  private static func endOfNumber(_ characters: [Character], at start: Int) -> Int {
    var end = start
    func character(_ offset: Int) -> Character {
      end + offset < characters.count ? characters[end + offset] : " "
    }
    while character(0).isDigit { end += 1 }
    if character(0) == ".", !character(1).isLetter {
      end += 1
      while character(0).isDigit { end += 1 }
    }
    if character(0) == "e" || character(0) == "E" {
      let sign = character(1) == "-" || character(1) == "+" ? 1 : 0
      if character(1 + sign).isDigit {
        end += 2 + sign
        while character(0).isDigit { end += 1 }
      }
    }
    return end
  }

  /// Returns the one spelling of a sign that can be typed in several ways.
  private static func spelled(_ symbol: String) -> String {
    ["−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "**": "^"][symbol] ?? symbol
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
}
