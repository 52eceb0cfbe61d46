extension Dataset {
  /// Creates a data set from a table: one column has the labels, and all others are features, in the table's order.
  ///
  /// - Parameters:
  ///   - table: The samples, one in each row.
  ///   - labelColumn: The name of the column with the labels.
  /// - Throws: ``CSVError``, which names the line, if the table has no such column or no other one, if a label is not a
  ///   whole number, or if a feature is infinite or not a number.
  public init(_ table: Table, labelColumn: String = "label") throws(CSVError) {
    let labelIndex = try table.index(ofColumn: labelColumn)
    guard table.columnNames.count > 1 else {
      throw CSVError(line: 1, reason: .noFeatures(labelColumn: labelColumn))
    }

    var columns: [[Double]] = []
    for index in table.columns.indices { columns.append(try table.numbers(at: index)) }
    let labels = try Self.labels(columns.remove(at: labelIndex), table, labelIndex)
    let featureIndices = table.columns.indices.filter { $0 != labelIndex }
    for (row, line) in table.lines.enumerated() {
      for (column, index) in zip(columns, featureIndices) where !column[row].isFinite {
        throw CSVError(line: line, column: index, of: table.columnNames, reason: .notFinite(column[row]))
      }
    }
    self.init(inputs: (0..<table.rowCount).map { row in columns.map { $0[row] } }, labels: labels)
  }

  private static func labels(_ numbers: [Double], _ table: Table, _ index: Int) throws(CSVError) -> [Int] {
    var labels: [Int] = []
    for (number, line) in zip(numbers, table.lines) {
      guard let label = Int(exactly: number) else {
        throw CSVError(line: line, column: index, of: table.columnNames, reason: .notALabel(number))
      }
      labels.append(label)
    }
    return labels
  }
}

extension Table {
  /// Creates a table of samples, a row for each: the features in columns x1, x2, …, and the label in a last one, `label`.
  public init(_ samples: Dataset) {
    let names = (0..<samples.featureCount).map { "x\($0 + 1)" } + ["label"]
    self.init(columnNames: names, rows: samples.map { $0.input + [Double($0.label)] })
  }
}
