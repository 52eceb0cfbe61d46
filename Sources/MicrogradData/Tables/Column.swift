import MicrogradRequirement

extension Table {
  /// A column of a table: a name, and a field for each row.
  public struct Column: Sendable, Equatable {
    /// The fields, all numbers or all texts.
    public enum Fields: Sendable, Equatable {
      /// Numbers; a missing one is nan.
      case numbers([Double])
      /// Texts; a missing one is empty.
      case texts([String])
    }

    /// A kind of fields.
    public enum Kind: String, Sendable {
      /// Numbers.
      case numbers
      /// Texts.
      case texts
    }

    /// The name.
    public let name: String
    /// The fields, from the first row to the last.
    public let fields: Fields

    /// Creates a column.
    public init(_ name: String, _ fields: Fields) {
      self.name = name
      self.fields = fields
    }

    /// Creates a column of numbers.
    public init(_ name: String, numbers: [Double]) { self.init(name, .numbers(numbers)) }

    /// Creates a column of texts.
    public init(_ name: String, texts: [String]) { self.init(name, .texts(texts)) }

    /// The numbers; nil if the fields are texts.
    public var numbers: [Double]? { if case .numbers(let numbers) = fields { numbers } else { nil } }

    /// The fields as texts: numbers as ``Table/csv(delimiter:)`` writes them, missing ones empty.
    public var texts: [String] {
      switch fields {
      case .numbers(let numbers): numbers.map { $0.isNaN ? "" : $0.shortText }
      case .texts(let texts): texts
      }
    }

    /// The kind of the fields.
    public var kind: Kind {
      switch fields {
      case .numbers: .numbers
      case .texts: .texts
      }
    }

    /// The count of fields.
    public var count: Int {
      switch fields {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }

    func selecting(_ rows: [Int]) -> Column {
      switch fields {
      case .numbers(let numbers): Column(name, numbers: rows.map { numbers[$0] })
      case .texts(let texts): Column(name, texts: rows.map { texts[$0] })
      }
    }
  }
}

extension Table {
  /// Returns the position of the column of a name.
  ///
  /// - Throws: ``CSVError`` if there is none.
  func index(ofColumn name: String) throws(CSVError) -> Int {
    guard let index = columns.firstIndex(where: { $0.name == name }) else {
      throw CSVError(line: 1, reason: .noColumn(named: name, among: columnNames))
    }
    return index
  }

  /// Returns the numbers of the column at a position.
  ///
  /// - Throws: ``CSVError`` for the first text, if the column has texts.
  func numbers(at index: Int) throws(CSVError) -> [Double] {
    switch columns[index].fields {
    case .numbers(let numbers): return numbers
    case .texts(let texts):
      let row = texts.firstIndex { CSVNumber($0) == .malformed } ?? 0
      throw CSVError(
        line: lines.isEmpty ? 1 : lines[row], column: index, of: columnNames,
        reason: .notANumber(texts.isEmpty ? "" : texts[row]))
    }
  }
}

extension Double {
  /// The number as CSV writes it: with the fewest digits that give exactly this number, and no point if it is whole.
  package var shortText: String {
    let text = text
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
