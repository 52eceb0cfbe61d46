import MicrogradRandom
import MicrogradRequirement

/// Numbers in rows under named columns: the content of a CSV file.
///
///     let table = try Table(csv: "x1,x2,label\n0.5,-1,0\n2,3.25,1\n")
///     table.columnNames    // ["x1", "x2", "label"]
///     table.rows[1]        // [2.0, 3.25, 1.0]
///     table[column: "x2"]  // [-1.0, 3.25]
///
/// Two tables are equal if their names and their numbers are equal. As always, nan is not equal to itself.
public struct Table: Sendable {
  /// The names of the columns, all different and none empty.
  public let columnNames: [String]
  /// The rows, each with a number for each column.
  public let rows: [[Double]]
  /// The line of each row in the CSV text that it came from, or would be written to. Errors name it.
  let lines: [Int]

  /// Creates a table.
  ///
  /// - Precondition: there is a column; the names are all different and none is empty; each row has as many
  ///   numbers as there are columns.
  public init(columnNames: [String], rows: [[Double]]) {
    self.init(columnNames: columnNames, rows: rows, lines: Array(2..<rows.count + 2))
  }

  init(columnNames: [String], rows: [[Double]], lines: [Int]) {
    require(!columnNames.isEmpty, "a table needs a column")
    require(
      !columnNames.contains("") && Set(columnNames).count == columnNames.count,
      "the names of columns must be all different and none empty, but they are \(columnNames)")
    for (index, row) in rows.enumerated() {
      require(
        row.count == columnNames.count,
        "row \(index) has \(row.count) numbers for \(columnNames.count) columns")
    }
    self.columnNames = columnNames
    self.rows = rows
    self.lines = lines
  }

  /// The numbers of a column from the first row to the last. It is `nil` if no column has that name.
  ///
  /// - Complexity: O(n), where n is the number of rows.
  public subscript(column name: String) -> [Double]? {
    columnNames.firstIndex(of: name).map { index in rows.map { $0[index] } }
  }

  /// Returns the rows in a random order: that of NumPy's `permutation(count)` with a `RandomState` in the state of
  /// `generator`.
  ///
  /// Errors name the lines that the rows had before.
  ///
  /// - Complexity: O(n), where n is the number of rows.
  public func shuffled(using generator: inout NumPyRandom) -> Table {
    let order = generator.permutation(rows.count)
    return Table(columnNames: columnNames, rows: order.map { rows[$0] }, lines: order.map { lines[$0] })
  }

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
  /// Returns whether names and numbers are equal, whichever lines they came from.
  public static func == (left: Table, right: Table) -> Bool {
    left.columnNames == right.columnNames && left.rows == right.rows
  }
}
