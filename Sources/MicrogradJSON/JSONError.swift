/// A mistake in the text of a JSON document, and its place.
///
///     print(error)
///     // line 2, column 5: expected a comma or the end of the array, found "x"
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The count of bytes before the mistake.
  package let offset: Int
  /// The line, counted from 1.
  package let line: Int
  /// The column, counted from 1 in Unicode scalars.
  package let column: Int
  /// The mistake.
  package let problem: String

  /// Creates an error at a position of the text, whose line and column it counts.
  ///
  /// - Complexity: O(offset)
  init(_ problem: String, at offset: Int, of bytes: [UInt8]) {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.offset = offset
    self.line = 1 + before.count { $0 == UInt8(ascii: "\n") }
    // Bytes 10xxxxxx continue a scalar.
    self.column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    self.problem = problem
  }

  /// The line and column, and the mistake.
  package var description: String { "line \(line), column \(column): \(problem)" }
}
