/// What is wrong with an expression, and where.
public struct FormulaError: Error, CustomStringConvertible {
  /// What is wrong, and how to mend it.
  public let message: String
  /// The expression.
  public let formula: String
  /// The characters that it is about, counted from 0; those behind the end if something is missing there.
  public let place: Range<Int>

  init(_ message: String, in formula: String, at place: Range<Int>) {
    self.message = message
    self.formula = formula
    self.place = place
  }

  /// The message, the expression, and a caret below each character that is meant.
  public var description: String {
    let carets = String(repeating: " ", count: place.lowerBound) + String(repeating: "^", count: max(place.count, 1))
    return "\(message)\n  \(formula)\n  \(carets)"
  }
}
