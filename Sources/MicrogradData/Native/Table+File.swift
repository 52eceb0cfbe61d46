extension Table {
  /// Reads a table from a CSV file in UTF-8, in the format of ``init(csv:format:)``.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``FileError`` with the path and the reason. For a mistake in the text it names the line.
  public init(contentsOf path: String, format: Format = Format()) throws(FileError) {
    var stream = try TableStream(path: path, format: format)
    self = try stream.rest()
  }

  /// Reads a table from a CSV file with a delimiter of its own.
  public init(contentsOf path: String, delimiter: Delimiter) throws(FileError) {
    try self.init(contentsOf: path, format: Format(delimiter: delimiter))
  }

  /// Writes the text of ``csv(delimiter:)`` to a file, and replaces the file if there is one.
  ///
  /// The file is written whole or not at all: readers see either the old content or the new one. (Only a device or a
  /// pipe, such as `/dev/stdout`, is written to directly.) The path `-` is standard output.
  ///
  /// - Throws: ``FileError`` with the path and the reason of the operating system.
  public func write(to path: String, delimiter: Delimiter = .comma) throws(FileError) {
    try TextFile.write(csv(delimiter: delimiter), to: path)
  }
}

extension Dataset {
  /// Reads a data set from a CSV file in UTF-8: one column has the labels, and all others are features.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``FileError`` with the path and the reason. For a mistake in the text it names the line.
  public init(
    contentsOf path: String, labelColumn: String = "label", delimiter: Table.Delimiter = .comma
  ) throws(FileError) {
    let table = try Table(contentsOf: path, format: Table.Format(delimiter: delimiter, kinds: .numbers))
    do {
      try self.init(table, labelColumn: labelColumn)
    } catch {
      throw .malformed(path: path, error)
    }
  }
}
