import MicrogradRequirement

extension Pipeline {
  /// Returns the numbers that the network is given for each row.
  ///
  /// - Throws: ``CSVError`` if a column is missing, has a text in place of a number, or an infinite number.
  public func inputs(of table: Table) throws(CSVError) -> [[Double]] {
    var inputs = Array(repeating: Array(repeating: 0.0, count: inputCount), count: table.rowCount), first = 0
    for feature in features {
      switch feature.encoding {
      case .standardized(let mean, let deviation):
        for (row, number) in try numbers(feature.name, of: table).enumerated() {
          inputs[row][first] = number.isNaN ? 0 : (number - mean) / deviation
        }
      case .oneHot(let categories):
        let positions = positions(of: categories)
        for (row, text) in table.columns[try table.index(ofColumn: feature.name)].texts.enumerated() {
          if let position = positions[text] { inputs[row][first + position] = 1 }
        }
      }
      first += feature.width
    }
    return inputs
  }

  /// Returns the class of each row, as a position in the list of classes. A class that is a number may be spelt in any way,
  /// such as `1.0` for `1`.
  ///
  /// - Precondition: The target has classes.
  /// - Throws: ``CSVError`` if the column is missing, or a field is none of the classes.
  public func labels(of table: Table) throws(CSVError) -> [Int] {
    guard case .classes(let classes) = target.encoding else { stop("the target \(target.name) has no classes") }
    let index = try table.index(ofColumn: target.name)
    try table.checkComplete(at: index)
    let positions = positions(of: classes)
    var labels: [Int] = []
    for (row, text) in table.columns[index].texts.enumerated() {
      guard let label = positions[text] ?? CSVNumber(text).value.flatMap({ positions[$0.shortText] }) else {
        throw CSVError(
          line: table.lines[row], column: index, of: table.columnNames,
          reason: .unknownClass(text, among: classes))
      }
      labels.append(label)
    }
    return labels
  }

  /// Returns the target of each row, in its own unit.
  ///
  /// - Precondition: The target is a number.
  /// - Throws: ``CSVError`` if the column is missing, or a field is not a finite number.
  public func targetNumbers(of table: Table) throws(CSVError) -> [Double] {
    guard case .standardized = target.encoding else { stop("the target \(target.name) is not a number") }
    try table.checkComplete(at: try table.index(ofColumn: target.name))
    return try numbers(target.name, of: table)
  }

  private func numbers(_ name: String, of table: Table) throws(CSVError) -> [Double] {
    let index = try table.index(ofColumn: name), numbers = try table.numbers(at: index)
    try table.checkFinite(numbers, at: index)
    return numbers
  }

  /// The kinds of the columns that predictions are made from.
  public var kinds: [String: Table.Column.Kind] {
    Dictionary(uniqueKeysWithValues: features.map { ($0.name, $0.kind) })
  }
}
