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

/// Splits CSV text into records of fields, a block of the text at a time.
///
/// It works on bytes, since a single `Character` of Swift can be CR LF, or a delimiter with an accent.
struct CSVReader {
  /// Returns the next bytes of the text, about as many as asked for; none at the end.
  typealias Source = (_ count: Int) -> [UInt8]

  /// The rest of the block that was read last.
  private var bytes: [UInt8] = []
  private var position = 0
  private var line = 1
  private var isComplete = false
  private var delimiter = Table.Delimiter.comma.byte
  private let source: Source

  private static let blockSize = 1 << 20

  /// - Parameter delimiter: The character between fields; nil: the one that the first line has most of.
  init(delimiter: Table.Delimiter?, from source: @escaping Source) {
    self.source = source
    readOn()
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { position = byteOrderMark.count }
    self.delimiter = (delimiter ?? mostFrequentDelimiter).byte
  }

  /// The delimiter that the first line has most of, outside quotes; a comma if it has none.
  private var mostFrequentDelimiter: Table.Delimiter {
    var counts: [UInt8: Int] = [:], isQuoted = false
    let lineEnds = [CSVByte.lineFeed, CSVByte.carriageReturn]
    for byte in bytes[position...].drop(while: lineEnds.contains) {
      if byte == CSVByte.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if lineEnds.contains(byte) { break }
      counts[byte, default: 0] += 1
    }
    return Table.Delimiter.allCases.reduce(.comma) {
      counts[$1.byte, default: 0] > counts[$0.byte, default: 0] ? $1 : $0
    }
  }

  /// Returns the next record that is not a blank line, or `nil` at the end of the text.
  mutating func nextRecord() throws(CSVError) -> [CSVField]? {
    while true {
      let start = position, startLine = line
      var mistake: CSVError?
      var fields: [CSVField]?
      do { fields = try nextRecordOfBlock() } catch { mistake = error }
      // At the end of a block, the record or its line end may continue in the next one.
      if position == bytes.count, !isComplete {
        (position, line) = (start, startLine)
        readOn()
      } else if let mistake {
        throw mistake
      } else {
        return fields
      }
    }
  }

  /// Reads another block behind what remains of the last one. It is at least as long, so that the time that it takes to read
  /// a long record again and again is linear.
  private mutating func readOn() {
    bytes.removeFirst(position)
    position = 0
    let block = source(max(Self.blockSize, bytes.count))
    isComplete = block.isEmpty
    bytes += block
  }

  private mutating func nextRecordOfBlock() throws(CSVError) -> [CSVField]? {
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
    return CSVField(text: try text(bytes[start..<end], line: line, column), line: line, isQuoted: false)
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
          return CSVField(text: try text(content[...], line: firstLine, column), line: firstLine, isQuoted: true)
        }
      }
      content.append(byte)
      position += 1
      if byte == CSVByte.lineFeed || (byte == CSVByte.carriageReturn && !isAtLineFeed) { line += 1 }
    }
    throw CSVError(line: firstLine, column: column, reason: .unclosedQuote)
  }

  /// Returns bytes as text. A zero byte is none: it is what UTF-16 and programs are full of.
  private func text(_ bytes: ArraySlice<UInt8>, line: Int, _ column: Int) throws(CSVError) -> String {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw CSVError(line: line, column: column, reason: .notUTF8)
    }
    return text
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
      self = Self.isMissing(text) ? .value(.nan) : .malformed
      return
    }
    self = isDecimal && value.isInfinite ? .tooLarge : .value(value)
  }

  /// The number, or nil if there is none that fits a `Double`.
  var value: Double? { if case .value(let number) = self { number } else { nil } }

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

  /// Whether the text is what programs write in place of a missing number.
  private static func isMissing(_ text: String) -> Bool {
    text.isEmpty || ["na", "n/a", "null"].contains(text.lowercased())
  }
}
