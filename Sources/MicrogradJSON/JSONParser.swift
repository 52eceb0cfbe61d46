/// Reads the grammar of RFC 8259 by recursive descent, whose depth is limited.
///
/// Source: T. Bray, *The JavaScript Object Notation (JSON) Data Interchange Format*,
/// [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  /// The number of arrays and objects around the position.
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipWhiteSpace()
    if position < bytes.count { throw expected("the end of the document") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipWhiteSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try text())
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
    default: return try word()
    }
  }

  private mutating func word() throws(JSONError) -> JSON {
    let words: [(StaticString, JSON)] = [("true", .boolean(true)), ("false", .boolean(false)), ("null", .null)]
    for (word, value) in words where skip(word) { return value }
    throw expected("a value")
  }
}

// MARK: - Arrays and objects

extension JSONParser {
  /// Skips an opening bracket.
  private mutating func enter() throws(JSONError) {
    if depth == JSON.nestingLimit {
      throw error("more than \(JSON.nestingLimit) arrays and objects stand in each other")
    }
    depth += 1
    position += 1
  }

  private mutating func array() throws(JSONError) -> JSON {
    try enter()
    defer { depth -= 1 }
    var elements: [JSON] = []
    if skipToken("]") { return .array(elements) }
    repeat { elements.append(try value()) } while skipToken(",")
    if !skipToken("]") { throw expected("a comma or the end of the array") }
    return .array(elements)
  }

  private mutating func object() throws(JSONError) -> JSON {
    try enter()
    defer { depth -= 1 }
    var members: [(String, JSON)] = [], names: Set<String> = []
    if skipToken("}") { return .object(members) }
    repeat {
      let name = try memberName(unlike: &names)
      if !skipToken(":") { throw expected("a colon") }
      members.append((name, try value()))
    } while skipToken(",")
    if !skipToken("}") { throw expected("a comma or the end of the object") }
    return .object(members)
  }

  private mutating func memberName(unlike names: inout Set<String>) throws(JSONError) -> String {
    skipWhiteSpace()
    let start = position
    if next != UInt8(ascii: "\"") { throw expected("the name of a member, in quotes") }
    let name = try text()
    if !names.insert(name).inserted { throw error("the object has two members of this name", at: start) }
    return name
  }
}

// MARK: - Numbers

extension JSONParser {
  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    let isWhole = try skipNumber()
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, text != "-0", let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw error("the number is too large; the largest is 1.79e308", at: start)
    }
    return .number(number)
  }

  /// Returns whether the number has neither a fraction nor an exponent.
  private mutating func skipNumber() throws(JSONError) -> Bool {
    _ = skip("-")
    let start = position
    try skipDigits()
    if bytes[start] == UInt8(ascii: "0"), position > start + 1 {
      throw error("a number does not begin with 0, unless a point follows", at: start)
    }
    var isWhole = true
    if skip(".") {
      isWhole = false
      try skipDigits()
    }
    if skip("e") || skip("E") {
      isWhole = false
      if !skip("+") { _ = skip("-") }
      try skipDigits()
    }
    return isWhole
  }

  /// Skips at least one digit.
  private mutating func skipDigits() throws(JSONError) {
    let start = position
    while let byte = next, isDigit(byte) { position += 1 }
    if position == start { throw expected("a digit") }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

// MARK: - Strings

extension JSONParser {
  private mutating func text() throws(JSONError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      if byte < 0x20 {
        throw error("a control character in a string is written as an escape, such as \\n or \\u0000")
      }
      position += 1
      if byte == UInt8(ascii: "\\") {
        content += UTF8.encode(try escaped())!
      } else {
        content.append(byte)
      }
    }
    if !skip("\"") { throw error("the string is never closed", at: start) }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw error("the string is not text in UTF-8", at: start)
    }
    return text
  }

  private static let shortEscapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// Reads what follows a backslash.
  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    let start = position - 1
    if let byte = next, let scalar = Self.shortEscapes[byte] {
      position += 1
      return scalar
    }
    if !skip("u") { throw expected(#"one of "\/bfnrtu after a backslash"#) }
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), skip("\\u") {
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) { return UTF16.decode(UTF16.EncodedScalar([first, second])) }
    }
    throw error("the escape is half of a surrogate pair", at: start)
  }

  /// Reads four hexadecimal digits.
  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("a hexadecimal digit")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

// MARK: - Bytes

extension JSONParser {
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipWhiteSpace() {
    while let byte = next, isWhiteSpace(byte) { position += 1 }
  }

  private func isWhiteSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }

  /// Skips the text if it comes next.
  private mutating func skip(_ text: StaticString) -> Bool {
    let isNext = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if isNext { position += text.utf8CodeUnitCount }
    return isNext
  }

  /// Skips white space, and then the sign if it comes next.
  private mutating func skipToken(_ sign: StaticString) -> Bool {
    skipWhiteSpace()
    return skip(sign)
  }

  private func error(_ problem: String, at offset: Int? = nil) -> JSONError {
    JSONError(problem, at: offset ?? position, of: bytes)
  }

  private func expected(_ what: String) -> JSONError {
    let found =
      switch next {
      case nil: "the end of the text"
      case let byte? where (0x21...0x7E).contains(byte): "“\(Unicode.Scalar(byte))”"
      case let byte?: "the byte 0x\(String(byte, radix: 16, uppercase: true))"
      }
    return error("expected \(what), found \(found)")
  }
}
