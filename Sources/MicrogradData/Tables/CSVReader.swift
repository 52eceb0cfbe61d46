/// The bytes that have a meaning in CSV text with any delimiter.
enum CSVByte {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

/// One field of CSV text, without its quotes and the blanks around it, and the line on which it begins.
struct CSVField {
  var text: String
  var line: Int
  var isQuoted: Bool
}

/// Splits CSV text into records of fields.
///
/// It works on bytes, since a single `Character` of Swift can be CR LF, or a delimiter with an accent.
struct CSVReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  init(_ text: String, delimiter: UInt8) {
    bytes = Array(text.utf8)
    self.delimiter = delimiter
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { position = byteOrderMark.count }
  }

  /// Returns the next record that is not a blank line, or `nil` at the end of the text.
  mutating func nextRecord() throws(CSVError) -> [CSVField]? {
    while position < bytes.count {
      var fields = [try nextField(column: 1)]
      while position < bytes.count, bytes[position] == delimiter {
        position += 1
        fields.append(try nextField(column: fields.count + 1))
      }
      skipLineEnd()
      let isBlank = fields.count == 1 && fields[0].text.isEmpty && !fields[0].isQuoted
      if !isBlank { return fields }
    }
    return nil
  }

  /// Reads a field, up to the delimiter or the end of the line.
  private mutating func nextField(column: Int) throws(CSVError) -> CSVField {
    skipBlanks()
    guard position < bytes.count, bytes[position] == CSVByte.quote else {
      return try plainField(column: column)
    }
    let field = try quotedField(column: column)
    skipBlanks()
    guard isAtEndOfField else { throw CSVError(line: line, column: column, reason: .strayQuote) }
    return field
  }

  private mutating func plainField(column: Int) throws(CSVError) -> CSVField {
    let start = position
    while !isAtEndOfField {
      if bytes[position] == CSVByte.quote {
        throw CSVError(line: line, column: column, reason: .strayQuote)
      }
      position += 1
    }
    var end = position
    while end > start, CSVByte.isBlank(bytes[end - 1]) { end -= 1 }
    return CSVField(text: String(decoding: bytes[start..<end], as: UTF8.self), line: line, isQuoted: false)
  }

  private mutating func quotedField(column: Int) throws(CSVError) -> CSVField {
    let firstLine = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == CSVByte.quote {
        position += 1
        let isDoubled = position < bytes.count && bytes[position] == CSVByte.quote
        guard isDoubled else {
          return CSVField(text: String(decoding: content, as: UTF8.self), line: firstLine, isQuoted: true)
        }
      }
      content.append(byte)
      position += 1
      if byte == CSVByte.lineFeed || (byte == CSVByte.carriageReturn && !isAtLineFeed) { line += 1 }
    }
    throw CSVError(line: firstLine, column: column, reason: .unclosedQuote)
  }

  private var isAtLineFeed: Bool { position < bytes.count && bytes[position] == CSVByte.lineFeed }

  private var isAtEndOfField: Bool {
    guard position < bytes.count else { return true }
    let byte = bytes[position]
    return byte == delimiter || byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn
  }

  private mutating func skipBlanks() {
    while position < bytes.count, CSVByte.isBlank(bytes[position]), bytes[position] != delimiter {
      position += 1
    }
  }

  /// Skips LF, CR LF or CR.
  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    let isCarriageReturn = bytes[position] == CSVByte.carriageReturn
    position += 1
    if isCarriageReturn, isAtLineFeed { position += 1 }
    line += 1
  }
}

/// The number that the text of a field stands for.
enum CSVNumber: Equatable {
  case value(Double)
  /// A number that is too large for a `Double`.
  case tooLarge
  case malformed

  init(_ text: String) {
    // `Double(_:)` would also accept hexadecimal digits, and a nan with a payload.
    let isDecimal = text.utf8.allSatisfy(Self.isDecimal)
    guard isDecimal || Self.isName(text), let value = Double(text) else {
      self = .malformed
      return
    }
    self = isDecimal && value.isInfinite ? .tooLarge : .value(value)
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static func isName(_ text: String) -> Bool {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    return ["nan", "inf", "infinity"].contains(unsigned.lowercased())
  }
}
