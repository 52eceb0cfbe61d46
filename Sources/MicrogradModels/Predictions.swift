public import MicrogradData

/// The predictions of a model for the rows of a table.
public enum Predictions: Sendable, Equatable {
  /// The probabilities of the classes, in their order, for each row.
  case classes([String], probabilities: [[Double]])
  /// A number for each row, in the unit of the target.
  case numbers([Double])

  /// The count of rows.
  public var count: Int {
    switch self {
    case .classes(_, let probabilities): probabilities.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// The position of the most probable class for each row, the first of several; nil if numbers are predicted.
  public var labels: [Int]? {
    guard case .classes(_, let probabilities) = self else { return nil }
    return probabilities.map(indexOfLargest)
  }

  /// The most probable class for each row; nil if numbers are predicted.
  public var classes: [String]? {
    guard case .classes(let classes, _) = self else { return nil }
    return labels?.map { classes[$0] }
  }

  /// The numbers; nil if classes are predicted.
  public var numbers: [Double]? { if case .numbers(let numbers) = self { numbers } else { nil } }

  /// Returns the predictions as a table: the class in a column named after the target, and a column for the probability of
  /// each class; or the numbers in a column named after the target.
  public func table(target: String) -> Table {
    switch self {
    case .classes(let classes, let probabilities):
      let predicted = Table.Column(target, texts: self.classes ?? [])
      var names = [target]
      return Table(
        [predicted]
          + classes.enumerated().map { index, name in
            names.append(Self.unique("p(\(name))", among: names))
            return Table.Column(names.last!, numbers: probabilities.map { $0[index] })
          })
    case .numbers(let numbers): return Table([Table.Column(target, numbers: numbers)])
    }
  }

  /// Returns a name that no column has yet.
  private static func unique(_ name: String, among names: [String]) -> String {
    var name = name
    while names.contains(name) { name += "'" }
    return name
  }
}

/// Returns the position of the largest number, the first of several.
func indexOfLargest(_ numbers: [Double]) -> Int { numbers.indices.reduce(0) { numbers[$1] > numbers[$0] ? $1 : $0 } }
