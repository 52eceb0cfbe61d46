extension JSON {
  /// Reads a document: one value in UTF-8, with white space around it.
  ///
  /// Whole numbers that an `Int` can hold become `integer`, and all others `number`, `-0` among them. The names of an
  /// object's members must differ, as strings do in Swift: by canonical equivalence.
  ///
  /// - Throws: `JSONError` for whatever RFC 8259 does not allow; for a name that comes twice, a number beyond the range
  ///   of `Double`, half of a surrogate pair, and arrays and objects nested more than ``nestingLimit`` deep.
  /// - Complexity: O(n) in time and memory.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }

  /// Reads a document from text.
  package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }

  /// The number of arrays and objects that may stand in each other in a document that is read.
  package static let nestingLimit = 64
}
