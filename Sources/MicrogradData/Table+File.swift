extension Table {
  /// Reads a table from a CSV file in UTF-8; ``init(csv:delimiter:)`` says what it may contain.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``FileError``, which names the path and what is wrong, for a mistake in the text with its
  ///   line.
  public init(contentsOf path: String, delimiter: Delimiter = .comma) throws(FileError) {
    let text = try TextFile.read(path)
    do {
      try self.init(csv: text, delimiter: delimiter)
    } catch {
      throw .malformed(path: path, error)
    }
  }

  /// Writes the table to a file as ``csv(delimiter:)`` gives it, in the place of what may be there.
  ///
  /// The file is written whole or not at all: whoever reads it sees the old content or the new one. (Only a
  /// device or a pipe, such as `/dev/stdout`, is written to directly.) The path `-` is standard output.
  ///
  /// - Throws: ``FileError``, which names the path and what the operating system says.
  public func write(to path: String, delimiter: Delimiter = .comma) throws(FileError) {
    try TextFile.write(csv(delimiter: delimiter), to: path)
  }
}

extension Dataset {
  /// Reads a data set from a CSV file in UTF-8: one column has the labels, and all others are features.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``FileError``, which names the path and what is wrong, for a mistake in the text with its
  ///   line.
  public init(
    contentsOf path: String, labelColumn: String = "label", delimiter: Table.Delimiter = .comma
  ) throws(FileError) {
    let table = try Table(contentsOf: path, delimiter: delimiter)
    do {
      try self.init(table, labelColumn: labelColumn)
    } catch {
      throw .malformed(path: path, error)
    }
  }
}
