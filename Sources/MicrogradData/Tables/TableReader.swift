/// Reads a table from CSV text, some rows at a time.
struct TableReader {
  /// The names of the columns in the text.
  let columnNames: [String]
  private var csv: CSVReader
  private var builders: [ColumnBuilder]

  /// Reads the names of the columns, unless the format gives them.
  init(_ format: Table.Format, from source: @escaping CSVReader.Source) throws(CSVError) {
    csv = CSVReader(delimiter: format.delimiter, from: source)
    if let names = format.columnNames {
      columnNames = names
    } else {
      guard let header = try csv.nextRecord() else { throw CSVError(line: 1, reason: .noHeader) }
      columnNames = try Self.columnNames(header)
    }
    try Self.check(columnNames, for: format.kinds)
    builders = columnNames.map { ColumnBuilder($0, kind: format.kinds.kind(of: $0)) }
  }

  /// Returns the next rows, at most `count`; nil if there are no more.
  mutating func next(_ count: Int = .max) throws(CSVError) -> Table? {
    var lines: [Int] = []
    while lines.count < count, let record = try csv.nextRecord() {
      try append(record)
      lines.append(record[0].line)
    }
    if lines.isEmpty { return nil }
    return Table(takeColumns(), lines: lines)
  }

  /// Returns all rows that remain.
  mutating func rest() throws(CSVError) -> Table { try next() ?? Table(takeColumns(), lines: []) }

  private mutating func takeColumns() -> [Table.Column] { builders.indices.compactMap { builders[$0].take() } }

  private mutating func append(_ record: [CSVField]) throws(CSVError) {
    for index in 0..<min(record.count, columnNames.count) {
      if let mistake = builders[index].append(record[index].text) {
        throw CSVError(line: record[index].line, column: index, of: columnNames, reason: mistake)
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
  }

  /// Throws an error for the first of the columns to read, in alphabetical order, that is missing.
  private static func check(_ names: [String], for kinds: Table.Format.Kinds) throws(CSVError) {
    guard case .only(let kinds) = kinds else { return }
    let missing = Set(kinds.keys).subtracting(names)
    if let name = missing.min() { throw CSVError(line: 1, reason: .noColumn(named: name, among: names)) }
  }

  private static func columnNames(_ header: [CSVField]) throws(CSVError) -> [String] {
    if header.allSatisfy({ !$0.isQuoted && CSVNumber($0.text) != .malformed && !$0.text.isEmpty }) {
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
    return header.map { $0.text }
  }
}

/// The fields of one column, as they are read.
private struct ColumnBuilder {
  /// A column whose first filled fields are all numbers has numbers.
  private static let decidingFields = 100

  private let name: String
  /// Nil as long as all fields are numbers, but not enough of them to be sure.
  private var kind: Table.Column.Kind?
  private let isIgnored: Bool
  private var numbers: [Double] = []
  private var texts: [String] = []
  private var filledCount = 0

  init(_ name: String, kind: Table.Format.Kinds.Choice) {
    self.name = name
    isIgnored = kind == .ignored
    self.kind = if case .known(let kind) = kind { kind } else { nil }
  }

  /// Appends a field. Returns the mistake in it, if there is one.
  mutating func append(_ text: String) -> CSVError.Reason? {
    if isIgnored { return nil }
    switch kind == .texts ? .malformed : CSVNumber(text) {
    case .value(let number): appendNumber(number, text)
    case .tooLarge: return .tooLarge(text)
    case .malformed:
      if kind == .numbers { return .notANumber(text) }
      kind = .texts
      texts.append(text)
    }
    return nil
  }

  private mutating func appendNumber(_ number: Double, _ text: String) {
    numbers.append(number)
    if kind == .numbers { return }
    texts.append(text)
    if !text.isEmpty { filledCount += 1 }
    if filledCount == Self.decidingFields {
      kind = .numbers
      texts = []
    }
  }

  /// Returns the fields that were read since the last call; nil if the column is ignored.
  mutating func take() -> Table.Column? {
    if isIgnored { return nil }
    defer {
      numbers.removeAll(keepingCapacity: true)
      texts.removeAll(keepingCapacity: true)
    }
    // Rows that follow are of the same kind.
    if kind == nil { kind = .numbers }
    return kind == .texts ? Table.Column(name, texts: texts) : Table.Column(name, numbers: numbers)
  }
}
