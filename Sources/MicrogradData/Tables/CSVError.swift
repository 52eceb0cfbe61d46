import MicrogradRequirement

/// A mistake in CSV text, or in a table for its purpose, with its line and column.
///
///     print(error)
///     // line 7, column 2 ("x2"): "abc" is not a number; numbers look like 3, -0.5 or 1e-3, and a missing one is nan
public struct CSVError: Error, Sendable, Equatable {
  /// A kind of mistake.
  public enum Reason: Sendable, Equatable {
    /// The text is empty, or all of its lines are blank.
    case noHeader
    /// All names of the first line are numbers, of which this is the first.
    case headerOfNumbers(String)
    /// A column has no name.
    case emptyColumnName
    /// A column has the name of an earlier one.
    case duplicateColumnName(firstColumn: Int)
    /// A line has fewer fields than the header has names.
    case missingField(found: Int, expected: Int)
    /// A line has more fields than the header has names.
    case extraField(found: Int, expected: Int)
    /// The text of a field is not a number.
    case notANumber(String)
    /// The number is too large for a `Double`.
    case tooLarge(String)
    /// A quote is opened and not closed before the end of the text.
    case unclosedQuote
    /// A quote stands in a field that does not begin with one, or text follows the closing quote.
    case strayQuote
    /// The text is not encoded as UTF-8.
    case notUTF8
    /// The table has no column of that name.
    case noColumn(named: String, among: [String])
    /// The table has no column other than that of the labels.
    case noFeatures(labelColumn: String)
    /// A label is not a whole number.
    case notALabel(Double)
    /// A feature is infinite or not a number.
    case notFinite(Double)
    /// There are no rows under the names of the columns.
    case noRows
    /// All rows to learn from have the same target, this one.
    case oneClass(String)
    /// The target of a row is missing.
    case missingTarget
    /// The target of a row is none of the classes.
    case unknownClass(String, among: [String])
    /// A column has too many different texts.
    case tooManyCategories(Int)
  }

  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1, if the mistake is in one.
  public var column: Int?
  /// The name of the column, if it has one.
  public var columnName: String?
  /// The mistake.
  public var reason: Reason

  init(line: Int, column: Int? = nil, columnName: String? = nil, reason: Reason) {
    self.line = line
    self.column = column
    self.columnName = columnName
    self.reason = reason
  }

  /// Creates an error in the column at a position of `columnNames`, counted from 0.
  init(line: Int, column index: Int, of columnNames: [String], reason: Reason) {
    self.init(line: line, column: index + 1, columnName: columnNames[index], reason: reason)
  }
}

extension CSVError: CustomStringConvertible {
  /// The line and column, the mistake, and how to mend it.
  public var description: String {
    var place = "line \(line)"
    if let column { place += ", column \(column)" }
    if let columnName { place += " (\(quoted(columnName)))" }
    return "\(place): \(reason)"
  }
}

extension CSVError.Reason: CustomStringConvertible {
  /// The mistake, and how to mend it.
  public var description: String {
    switch self {
    case .noHeader:
      "there is nothing to read; the first line must name the columns, as in x1,x2,label"
    case .headerOfNumbers(let first):
      "the first line must name the columns, as in x1,x2,label, but it has only numbers, such as \(first); "
        + "put a line with the names above it (names that are numbers go in quotes)"
    case .emptyColumnName:
      "the column has no name; give it one, or remove the column"
    case .duplicateColumnName(let firstColumn):
      "column \(firstColumn) has the same name; rename one of them"
    case .missingField(let found, let expected):
      "the value is missing: the line has \(counted(found, "field")), the header \(expected); "
        + "add it, or write nan if it is not known"
    case .extraField(let found, let expected):
      "the line has \(counted(found, "field")), the header \(expected); "
        + "remove the extra field, or name its column (decimal numbers are written with a point)"
    case .notANumber(let text): notANumber(text)
    case .tooLarge(let text):
      "\(quoted(text)) is too large; the largest number is 1.79e308, and infinity is written inf"
    case .unclosedQuote:
      "the quote that opens here is never closed; add a \" at the end of the value"
    case .strayQuote:
      "there is a quote inside the value; remove it, or put the whole value in quotes and write the quote twice"
    case .notUTF8:
      "the text is not encoded as UTF-8; save the file as UTF-8 (it may be UTF-16, or no text at all)"
    case .noColumn(let name, let names):
      "there is no column \(quoted(name)), only "
        + "\(names.prefix(20).map(quoted).joined(separator: ", "))\(names.count > 20 ? ", …" : ""); "
        + "rename one of them, or give another name"
    case .noFeatures(let labelColumn):
      "the only column is \(quoted(labelColumn)); a data set needs at least one more, such as x1"
    case .notALabel(let value):
      "\(value.text) is not a label; labels are whole numbers, such as 0 and 1"
    case .notFinite(let value):
      value.isNaN
        ? "the value is missing; write a number, or remove the line"
        : "\(value.text) is not a finite number; replace it, or remove the line"
    case .noRows: "there are no rows under the names of the columns; add some"
    case .oneClass(let target):
      "all rows to learn from have the same target, \(quoted(target)), so there is nothing to learn; add rows with another one"
    case .missingTarget: "the target is missing; fill it in, or remove the line"
    case .unknownClass(let text, let classes):
      "\(quoted(text)) is none of the classes that the model knows, "
        + "\(classes.prefix(10).map(quoted).joined(separator: ", "))\(classes.count > 10 ? ", …" : "")"
    case .tooManyCategories(let count):
      "\(count.grouped(by: ",")) different texts are too many for categories; leave the column out, "
        + "or write numbers in it"
    }
  }

  private func notANumber(_ text: String) -> String {
    let problem = "\(quoted(text)) is not a number; "
    if text.contains(";") || text.contains("\t") {
      let name = text.contains(";") ? "semicolon" : "tab"
      return problem + "if the \(name) separates two values, set the delimiter to \(name)"
    }
    if text.contains(",") { return problem + "decimal numbers are written with a point, as in 0.5" }
    return problem + "numbers look like 3, -0.5 or 1e-3, and a missing one is nan"
  }
}
