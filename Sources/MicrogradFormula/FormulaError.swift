/// A mistake in an expression, and where it is.
public struct FormulaError: Error, CustomStringConvertible {
  /// The mistake, and how to mend it.
  public let message: String
  /// The expression.
  public let formula: String
  /// The range of the characters in question, counted from 0. It is empty, at the end, if something is missing there.
  public let range: Range<Int>

  init(_ message: String, in formula: String, at range: Range<Int>) {
    self.message = message
    self.formula = formula
    self.range = range
  }

  /// The number of characters of a long expression that are shown.
  private static let width = 80

  /// The message, the expression (of a long one, the part with the mistake), and a caret below each wrong character.
  public var description: String {
    let start = formula.count <= Self.width ? 0 : max(0, range.lowerBound - Self.width / 2)
    let piece = formula.dropFirst(start).prefix(Self.width), isCut = piece.endIndex < formula.endIndex
    let before = start > 0 ? "…" : "", indent = String(repeating: " ", count: before.count + range.lowerBound - start)
    let carets = String(repeating: "^", count: min(max(range.count, 1), Self.width / 2))
    return "\(message)\n  \(before)\(piece)\(isCut ? "…" : "")\n  \(indent)\(carets)"
  }
}
