/// A table in a file, read some rows at a time.
///
///     var stream = try TableStream(path: "rows.csv")
///     while let rows = try stream.next(10_000) { … }
public struct TableStream {
  private let path: String
  private let file: FileSource
  private var reader: TableReader

  /// Opens a CSV file in UTF-8, and reads the names of its columns. The file may be a pipe; the path `-` is standard
  /// input.
  ///
  /// - Throws: ``FileError`` with the path and the reason. For a mistake in the text it names the line.
  public init(path: String, format: Table.Format = Table.Format()) throws(FileError) {
    self.path = path
    file = try FileSource(path)
    reader = try Self.read(path, file) { file throws(CSVError) in try TableReader(format, from: file.read) }
  }

  /// The names of the columns in the file.
  public var columnNames: [String] { reader.columnNames }

  /// Returns the next rows, at most `count`; nil if there are no more.
  ///
  /// - Throws: ``FileError`` with the path and the reason. For a mistake in the text it names the line.
  public mutating func next(_ count: Int) throws(FileError) -> Table? {
    try Self.read(path, file) { _ throws(CSVError) in try reader.next(count) }
  }

  /// Returns all rows that remain.
  package mutating func rest() throws(FileError) -> Table {
    try Self.read(path, file) { _ throws(CSVError) in try reader.rest() }
  }

  /// Reads. A text that ends because the file cannot be read further is no mistake in the text.
  private static func read<Result>(
    _ path: String, _ file: FileSource, _ body: (FileSource) throws(CSVError) -> Result
  ) throws(FileError) -> Result {
    var mistake: CSVError?
    var result: Result?
    do { result = try body(file) } catch { mistake = error }
    if let failure = file.failure { throw .unreadable(path: path, reason: "\(failure)") }
    if let mistake { throw .malformed(path: path, mistake) }
    return result!
  }
}
