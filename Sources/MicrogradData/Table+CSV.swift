import MicrogradRequirement

extension Table {
  /// What stands between the fields of a line.
  public enum Delimiter: String, CaseIterable, Sendable {
    /// `,`, as RFC 4180 has it.
    case comma
    /// `;`, as spreadsheets write it where the comma is the decimal sign.
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
  /// - Fields may stand in quotes, and then hold delimiters, line ends, and quotes written twice. Spaces and
  /// tabs
  ///   around a field do not count.
  /// - Lines end with LF, CR LF or CR; blank lines and a byte order mark are passed over.
  /// - Numbers are decimal, with a point: `3`, `-0.5`, `1e-3`; and `nan`, `inf`, `infinity` with or without a
  /// sign,
  ///   in any case. An empty field is an error: a missing value is to be written `nan`.
  /// - A first line of nothing but numbers is taken for a forgotten header, and is an error; in quotes, they
  /// are
  ///   names.
  ///
  /// - Throws: ``CSVError``, which names line and column, for the first thing that is wrong.
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
  /// The table as CSV text, of which ``init(csv:delimiter:)`` makes the same table again.
  ///
  /// Every number has the fewest digits that give exactly this `Double` when read, and none after the point
  /// where it is whole; the ones that are no numbers are `nan` (without its sign and payload), `inf` and
  /// `-inf`. Lines end with LF, the last one too.
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

  /// A name, in quotes if it would not be read as the same name without.
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
