import MicrogradRequirement

extension Pipeline {
  /// A kind of prediction.
  public enum Problem: String, CaseIterable, Sendable {
    /// Which of several classes a row belongs to.
    case classification
    /// Which number belongs to a row.
    case regression
  }

  /// The largest count of classes, or of categories of a column.
  static let largestCategoryCount = 1000

  /// Learns the rules from rows.
  ///
  /// - A column of numbers is standardized by its mean and its standard deviation (that of all rows, divided by their count),
  ///   as scikit-learn's `StandardScaler` does it. Missing numbers are left out of both.
  /// - A column of texts becomes a category for each different text, in the order of Unicode. A missing text is a
  ///   category as well.
  /// - The target has classes if it has texts, or at most 20 different whole numbers, at most half as many as there are
  ///   rows. Classes that are numbers are in their order, others in that of Unicode. Another target is a number.
  ///
  /// - Parameters:
  ///   - table: The training rows, and only those.
  ///   - target: The name of the column that is predicted.
  ///   - problem: The kind of prediction; nil: as the target says.
  ///   - excluded: The names of columns that predictions are not made from.
  /// - Throws: ``CSVError`` if there is no such column, or no other one; if there are no rows; if a number is infinite or a
  ///   target is missing; if all targets are the same; if a column has more than 1000 categories, or 20 rows or more and
  ///   a different text in each.
  public init(
    learning table: Table, target: String, problem: Problem? = nil, excluding excluded: Set<String> = []
  ) throws(CSVError) {
    for name in [target] + excluded.sorted() { _ = try table.index(ofColumn: name) }
    var features: [Feature] = []
    for (index, column) in table.columns.enumerated() where column.name != target && !excluded.contains(column.name) {
      features.append(Feature(name: column.name, encoding: try Self.encoding(of: index, in: table)))
    }
    if features.isEmpty { throw CSVError(line: 1, reason: .noFeatures(labelColumn: target)) }
    try table.checkRows()
    self.init(features: features, target: try Self.target(target, problem, in: table))
  }

  private static func encoding(of index: Int, in table: Table) throws(CSVError) -> Feature.Encoding {
    switch table.columns[index].fields {
    case .numbers(let numbers):
      try table.checkFinite(numbers, at: index)
      let (mean, deviation) = moments(numbers.filter { !$0.isNaN })
      return .standardized(mean: mean, deviation: deviation)
    case .texts(let texts):
      let categories = sorted(Set(texts))
      let isDifferentInEachRow = texts.count >= 20 && categories.count == texts.count
      if categories.count > largestCategoryCount || isDifferentInEachRow {
        try table.checkStrayText(at: index)
        throw CSVError(line: 1, column: index, of: table.columnNames, reason: .tooManyCategories(categories.count))
      }
      return .oneHot(categories)
    }
  }

  // MARK: The target

  private static func target(_ name: String, _ problem: Problem?, in table: Table) throws(CSVError) -> Target {
    let index = try table.index(ofColumn: name)
    try table.checkComplete(at: index)
    switch try self.problem(problem, of: index, in: table) {
    case .classification: return Target(name: name, encoding: .classes(try classes(of: index, in: table)))
    case .regression:
      let numbers = try table.numbers(at: index)
      try table.checkFinite(numbers, at: index)
      guard let first = numbers.first, numbers.contains(where: { $0 != first }) else {
        throw CSVError(line: 1, column: index, of: table.columnNames, reason: .oneClass(numbers[0].shortText))
      }
      let (mean, deviation) = moments(numbers)
      return Target(name: name, encoding: .standardized(mean: mean, deviation: deviation))
    }
  }

  /// The largest count of different whole numbers that are taken for classes.
  fileprivate static let largestNumberedClassCount = 20

  /// Returns the kind of prediction that is asked for, or else the one that the target says.
  ///
  /// - Throws: ``CSVError`` for a text among numbers that are no classes.
  static func problem(_ asked: Problem?, of index: Int, in table: Table) throws(CSVError) -> Problem {
    if let asked { return asked }
    let column = table.columns[index]
    guard let numbers = column.numbers else {
      try table.checkStrayText(at: index)
      return .classification
    }
    let different = Set(numbers)
    let isWhole = different.allSatisfy { $0 == $0.rounded() }
    return isWhole && different.count <= min(largestNumberedClassCount, numbers.count / 2)
      ? .classification : .regression
  }

  static func classes(of index: Int, in table: Table) throws(CSVError) -> [String] {
    let column = table.columns[index]
    let classes =
      if let numbers = column.numbers {
        Set(numbers).sorted().map { $0.shortText }
      } else {
        sorted(Set(column.texts))
      }
    let reason: CSVError.Reason? =
      if classes.count == 1 {
        .oneClass(classes[0])
      } else if classes.count > largestCategoryCount {
        .tooManyCategories(classes.count)
      } else {
        nil
      }
    if let reason { throw CSVError(line: 1, column: index, of: table.columnNames, reason: reason) }
    return classes
  }

  // MARK: Arithmetic

  private static func sorted(_ texts: Set<String>) -> [String] {
    texts.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// Returns the mean, and the standard deviation, or 1 if it is not larger than what rounding makes of a constant: a rule of
  /// scikit-learn's `StandardScaler`.
  private static func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let largest = numbers.map { $0.magnitude }.max() ?? 0
    if largest == 0 { return (0, 1) }
    // Squares of large or small numbers would overflow or vanish. A power of 2 costs no digits.
    let scale = largest.binade
    let scaled = numbers.map { $0 / scale }, count = Double(numbers.count)
    let mean = scaled.reduce(0, +) / count
    let variance = scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let roundingError = count * Double.ulpOfOne * variance + (count * mean * .ulpOfOne) * (count * mean * .ulpOfOne)
    let deviation = variance.squareRoot() * scale
    return (mean * scale, variance <= roundingError || deviation == 0 ? 1 : deviation)
  }
}

extension Table {
  /// Throws an error if there are no rows.
  package func checkRows() throws(CSVError) {
    if rowCount == 0 { throw CSVError(line: 2, reason: .noRows) }
  }

  /// Throws an error for the first infinite number.
  func checkFinite(_ numbers: [Double], at index: Int) throws(CSVError) {
    guard let row = numbers.firstIndex(where: { $0.isInfinite }) else { return }
    throw CSVError(line: lines[row], column: index, of: columnNames, reason: .notFinite(numbers[row]))
  }

  /// Throws an error for the first text of a column if nine of ten of its fields are numbers, too many different ones to be
  /// classes: then the text is a mistake, or stands for a missing number.
  package func checkStrayText(at index: Int) throws(CSVError) {
    guard case .texts(let texts) = columns[index].fields else { return }
    let strays = texts.indices.filter { CSVNumber(texts[$0]) == .malformed }
    guard let row = strays.first, strays.count * 10 <= texts.count,
      Set(texts).count > Pipeline.largestNumberedClassCount
    else { return }
    throw CSVError(line: lines[row], column: index, of: columnNames, reason: .notANumber(texts[row]))
  }

  /// Throws an error for the first missing field of a target.
  func checkComplete(at index: Int) throws(CSVError) {
    let row =
      switch columns[index].fields {
      case .numbers(let numbers): numbers.firstIndex { $0.isNaN }
      case .texts(let texts): texts.firstIndex(of: "")
      }
    guard let row else { return }
    throw CSVError(line: lines[row], column: index, of: columnNames, reason: .missingTarget)
  }
}
