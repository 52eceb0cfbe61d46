import MicrogradRequirement

extension Table {
  /// The character between the fields of a line.
  public enum Delimiter: String, CaseIterable, Sendable {
    /// `,`, the one of RFC 4180.
    case comma
    /// `;`, which spreadsheets write where the comma is the decimal sign.
    case semicolon
    /// The tabulator, as in TSV files.
    case tab

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: UInt8(ascii: "\t")
      }
    }
  }
}

// MARK: - Reading

extension Table {
  /// Reads a table from CSV text ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)): a line with the names
  /// of the columns, then a line for each row.
  ///
  /// - A field in quotes may contain delimiters, line ends, and quotes written twice. Spaces and tabs around a field are
  ///   ignored.
  /// - Lines end with LF, CR LF or CR. Blank lines and a byte order mark are skipped.
  /// - Numbers are decimal, with a point: `3`, `-0.5`, `1e-3`. `nan`, `inf` and `infinity` may have a sign, and be in
  ///   upper or lower case. An empty field is an error: a missing value is written `nan`.
  /// - A first line that has only numbers is an error, since the header seems to be missing. Names that are numbers
  ///   stand in quotes.
  ///
  /// - Throws: ``CSVError``, which names line and column, for the first mistake.
  /// - Complexity: O(n), where n is the length of the text.
  public init(csv: String, delimiter: Delimiter = .comma) throws(CSVError) {
    var reader = CSVReader(csv, delimiter: delimiter.byte)
    guard let header = try reader.nextRecord() else { throw CSVError(line: 1, reason: .noHeader) }
    let names = try Self.columnNames(header)

    var rows: [[Double]] = []
    var lines: [Int] = []
    while let record = try reader.nextRecord() {
      rows.append(try Self.row(record, columnNames: names))
      lines.append(record[0].line)
    }
    self.init(columnNames: names, rows: rows, lines: lines)
  }

  private static func columnNames(_ header: [CSVField]) throws(CSVError) -> [String] {
    if header.allSatisfy({ !$0.isQuoted && CSVNumber($0.text) != .malformed }) {
      throw CSVError(line: header[0].line, reason: .headerOfNumbers(header[0].text))
    }
    var columns: [String: Int] = [:]
    for (index, field) in header.enumerated() {
      if field.text.isEmpty {
        throw CSVError(line: field.line, column: index + 1, reason: .emptyColumnName)
      }
      if let first = columns.updateValue(index + 1, forKey: field.text) {
        throw CSVError(
          line: field.line, column: index + 1, columnName: field.text,
          reason: .duplicateColumnName(firstColumn: first))
      }
    }
    return header.map(\.text)
  }

  private static func row(_ record: [CSVField], columnNames: [String]) throws(CSVError) -> [Double] {
    var row: [Double] = []
    row.reserveCapacity(columnNames.count)
    for (index, field) in record.enumerated().prefix(columnNames.count) {
      switch CSVNumber(field.text) {
      case .value(let value): row.append(value)
      case .tooLarge:
        throw CSVError(line: field.line, column: index, of: columnNames, reason: .tooLarge(field.text))
      case .malformed:
        throw CSVError(line: field.line, column: index, of: columnNames, reason: .notANumber(field.text))
      }
    }
    if record.count < columnNames.count {
      throw CSVError(
        line: record[0].line, column: record.count, of: columnNames,
        reason: .missingField(found: record.count, expected: columnNames.count))
    }
    if record.count > columnNames.count {
      throw CSVError(
        line: record[0].line, column: columnNames.count + 1,
        reason: .extraField(found: record.count, expected: columnNames.count))
    }
    return row
  }
}

// MARK: - Writing

extension Table {
  /// Returns the table as CSV text. ``init(csv:delimiter:)`` reads the same table from it.
  ///
  /// Every number has the fewest digits that give exactly this `Double` when read, and no decimal point if it is whole.
  /// Those that are not finite are `nan` (without sign and payload), `inf` and `-inf`. Lines end with LF, including the
  /// last one.
  public func csv(delimiter: Delimiter = .comma) -> String {
    let separator = String(UnicodeScalar(delimiter.byte))
    var text = columnNames.map { Self.field($0, delimiter: delimiter) }.joined(separator: separator) + "\n"
    for row in rows {
      text += row.map(Self.field).joined(separator: separator) + "\n"
    }
    return text
  }

  private static func field(_ number: Double) -> String {
    let text = number.text
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Returns a name as a field: in quotes if it would not be read as the same name without them.
  private static func field(_ name: String, delimiter: Delimiter) -> String {
    let special: [UInt8] = [delimiter.byte, CSVByte.quote, CSVByte.lineFeed, CSVByte.carriageReturn]
    let isPlain =
      !name.utf8.contains(where: special.contains) && !CSVByte.isBlank(name.utf8.first!)
      && !CSVByte.isBlank(name.utf8.last!) && !name.unicodeScalars.starts(with: ["\u{FEFF}"])
      && CSVNumber(name) == .malformed
    if isPlain { return name }
    let doubled = name.unicodeScalars.reduce(into: "") { text, scalar in
      text.unicodeScalars.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar])
    }
    return "\"\(doubled)\""
  }
}
