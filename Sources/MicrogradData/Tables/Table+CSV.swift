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

  /// The way in which CSV text is to be read.
  public struct Format: Sendable {
    /// The kinds of the columns.
    public enum Kinds: Sendable {
      /// A column has numbers if its first 100 fields that are not empty are numbers, else texts. The columns of these
      /// names have texts in any case: postal codes, for example.
      case inferred(texts: Set<String> = [])
      /// All columns have numbers.
      case numbers
      /// These columns have these kinds, and others are left out. One that is missing is an error.
      case only([String: Column.Kind])
    }

    /// The character between the fields of a line; nil: the one that the first line has most of.
    public var delimiter: Delimiter?
    /// The names of the columns, if the text does not begin with them.
    public var columnNames: [String]?
    /// The kinds of the columns.
    public var kinds: Kinds

    /// Creates a format.
    public init(
      delimiter: Delimiter? = .comma, columnNames: [String]? = nil, kinds: Kinds = .inferred()
    ) {
      self.delimiter = delimiter
      self.columnNames = columnNames
      self.kinds = kinds
    }
  }
}

extension Table.Format.Kinds {
  /// The kind of a column, as far as it is known before it is read.
  enum Choice: Equatable { case known(Table.Column.Kind), inferred, ignored }

  func kind(of name: String) -> Choice {
    switch self {
    case .inferred(let texts): texts.contains(name) ? .known(.texts) : .inferred
    case .numbers: .known(.numbers)
    case .only(let kinds): kinds[name].map { .known($0) } ?? .ignored
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
  /// - Numbers are decimal, with a point: `3`, `-0.5`, `1e-3`. `inf` and `infinity` may have a sign, and be in upper or
  ///   lower case. A missing number is an empty field, `nan`, `NA`, `N/A` or `null`, and becomes nan.
  /// - A column whose first 100 fields that are not empty are numbers has numbers; a text after them is an error. Other
  ///   columns have texts. `kinds` can say otherwise.
  /// - A first line that has only numbers is an error, since the header seems to be missing. Names that are numbers
  ///   stand in quotes.
  ///
  /// - Throws: ``CSVError``, which names line and column, for the first mistake.
  /// - Complexity: O(n), where n is the length of the text.
  public init(csv: String, format: Format = Format()) throws(CSVError) {
    var bytes = Array(csv.utf8)
    var reader = try TableReader(format) { _ in
      defer { bytes = [] }
      return bytes
    }
    self = try reader.rest()
  }

  /// Reads a table from CSV text with a delimiter of its own.
  public init(csv: String, delimiter: Delimiter) throws(CSVError) {
    try self.init(csv: csv, format: Format(delimiter: delimiter))
  }
}

// MARK: - Writing

extension Table {
  /// Returns the table as CSV text. ``init(csv:format:)`` reads the same table from it, if columns of texts that look like
  /// numbers are named.
  ///
  /// Every number has the fewest digits that give exactly this `Double` when read, and no decimal point if it is whole.
  /// Those that are not finite are `nan` (without sign and payload), `inf` and `-inf`. Lines end with LF, including the
  /// last one.
  public func csv(delimiter: Delimiter = .comma) -> String {
    let separator = String(UnicodeScalar(delimiter.byte))
    return columnNames.map { Self.name($0, delimiter) }.joined(separator: separator) + "\n"
      + csvRows(delimiter: delimiter)
  }

  /// Returns the rows as CSV text, without the names of the columns.
  package func csvRows(delimiter: Delimiter = .comma) -> String {
    var text = ""
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { text.unicodeScalars.append(UnicodeScalar(delimiter.byte)) }
        switch column.fields {
        case .numbers(let numbers): text += numbers[row].shortText
        case .texts(let texts): text += Self.field(texts[row], delimiter)
        }
      }
      text += "\n"
    }
    return text
  }

  /// Returns a name as a field: in quotes if it would not be read as the same name without them.
  private static func name(_ name: String, _ delimiter: Delimiter) -> String {
    let isNumber = CSVNumber(name) != .malformed
    return isNumber || name.unicodeScalars.starts(with: ["\u{FEFF}"]) ? quoted(name) : field(name, delimiter)
  }

  /// Returns a text as a field: in quotes if it would not be read as the same text without them. An empty one is, too, since
  /// a line with nothing else would be skipped.
  private static func field(_ text: String, _ delimiter: Delimiter) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0 != delimiter.byte && $0 != CSVByte.quote && $0 != CSVByte.lineFeed && $0 != CSVByte.carriageReturn
    }
    guard isPlain, let first = text.utf8.first, let last = text.utf8.last else { return quoted(text) }
    return CSVByte.isBlank(first) || CSVByte.isBlank(last) ? quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    let doubled = text.unicodeScalars.reduce(into: "") { text, scalar in
      text.unicodeScalars.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar])
    }
    return "\"\(doubled)\""
  }
}
