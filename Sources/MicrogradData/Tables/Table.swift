import MicrogradRandom
import MicrogradRequirement

/// Named columns of numbers and of texts: the content of a CSV file.
///
///     let table = try Table(csv: "petal,species\n1.4,setosa\n4.7,versicolor\n")
///     table.columnNames                // ["petal", "species"]
///     table[column: "petal"]?.numbers  // [1.4, 4.7]
///     table[column: "species"]?.texts  // ["setosa", "versicolor"]
///
/// Two tables are equal if their names and their fields are equal. As always, nan is not equal to itself.
public struct Table: Sendable {
  /// The columns, with different names, none of them empty, and as many fields each.
  public let columns: [Column]
  /// The count of rows.
  public let rowCount: Int
  /// The line of each row in the CSV text that it came from, or would be written to. Errors name it.
  let lines: [Int]

  /// Creates a table from its columns.
  ///
  /// - Precondition: there is a column; the names are all different and none is empty; all columns have as many fields.
  public init(_ columns: [Column]) {
    self.init(columns, lines: Array(2..<(columns.first?.count ?? 0) + 2))
  }

  /// Creates a table of numbers from its rows.
  ///
  /// - Precondition: there is a column; the names are all different and none is empty; each row has as many
  ///   numbers as there are columns.
  public init(columnNames: [String], rows: [[Double]]) {
    for (index, row) in rows.enumerated() {
      require(
        row.count == columnNames.count,
        "row \(index) has \(row.count) numbers for \(columnNames.count) columns")
    }
    self.init(columnNames.enumerated().map { index, name in Column(name, numbers: rows.map { $0[index] }) })
  }

  init(_ columns: [Column], lines: [Int]) {
    require(!columns.isEmpty, "a table needs a column")
    let names = columns.map { $0.name }
    require(
      !names.contains("") && Set(names).count == names.count,
      "the names of columns must be all different and none empty, but they are \(names)")
    for column in columns {
      require(
        column.count == lines.count, "the columns must have as many fields each: \(column.name) has \(column.count)")
    }
    self.columns = columns
    self.lines = lines
    rowCount = lines.count
  }

  /// The names of the columns.
  public var columnNames: [String] { columns.map { $0.name } }

  /// The column of a name. It is `nil` if there is none.
  public subscript(column name: String) -> Column? { columns.first { $0.name == name } }

  /// Returns the rows at some positions, in the order of these.
  ///
  /// Errors name the lines that the rows had before.
  public func selecting(_ rows: [Int]) -> Table {
    Table(columns.map { $0.selecting(rows) }, lines: rows.map { lines[$0] })
  }

  /// Returns the rows in a random order: that of NumPy's `permutation(count)` with a `RandomState` in the state of
  /// `generator`.
  ///
  /// Errors name the lines that the rows had before.
  ///
  /// - Complexity: O(n), where n is the number of rows.
  public func shuffled(using generator: inout NumPyRandom) -> Table { selecting(generator.permutation(rowCount)) }

  /// Returns the rows in a random order: that of NumPy's `RandomState(seed).permutation(count)`, and of scikit-learn's
  /// `shuffle(table, random_state=seed)`.
  ///
  /// - Parameter seed: The seed of the `NumPyRandom` from which the order is drawn.
  /// - Complexity: O(n), where n is the number of rows.
  public func shuffled(seed: UInt32) -> Table {
    var generator = NumPyRandom(seed: seed)
    return shuffled(using: &generator)
  }
}

extension Table: Equatable {
  /// Returns whether names and fields are equal, whichever lines they came from.
  public static func == (left: Table, right: Table) -> Bool { left.columns == right.columns }
}
