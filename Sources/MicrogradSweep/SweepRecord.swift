import MicrogradPlatform
import MicrogradRequirement

/// A file that keeps the results of a sweep, so that it can continue after an interruption.
///
/// ```swift
/// let record = try SweepRecord.resume("sweep.jsonl", for: sweep)
/// let results = try sweep.run(record: record) { try objective($0) }
/// ```
///
/// It has JSON lines: the sweep, and then one line for each result, in the order in which they arrived. Each is written at
/// once, and is on the disk before the next trial is handed out. A last line that an interruption cut off is dropped. One
/// process at a time writes the file.
public final class SweepRecord {
  /// The path of the file.
  public let path: String
  /// The results, in the order of the trials for those that the file held when it was opened, and then as they arrived.
  public private(set) var results: [TrialResult]

  let beginning: Contents
  private let file: RecordFile
  /// The number of bytes, all of them in whole lines.
  private var size: Int

  private init(_ path: String, _ contents: Contents, _ file: RecordFile, size: Int) {
    self.path = path
    results = contents.results
    beginning = contents
    self.file = file
    self.size = size
  }

  /// The sweep.
  public var sweep: Sweep { beginning.sweep }
  /// The part of it that the record is of; nil: all of it.
  public var shard: Shard? { beginning.shard }

  /// Creates the file of a record.
  ///
  /// - Throws: ``SweepError`` if there is such a file already, it cannot be written, or the sweep makes no sense.
  public static func create(_ path: String, for sweep: Sweep, shard: Shard? = nil) throws(SweepError) -> SweepRecord {
    let contents = try Contents(sweep, shard), file = try RecordFile(path, O_RDWR | O_CREAT | O_EXCL)
    do {
      return try begin(path, contents, file)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Opens the file of a record to continue it, or creates it if there is none.
  ///
  /// - Throws: ``SweepError`` if the file is the record of another sweep, another process writes it, it cannot be read or
  ///   written, or a line is damaged.
  public static func resume(_ path: String, for sweep: Sweep, shard: Shard? = nil) throws(SweepError) -> SweepRecord {
    let contents = try Contents(sweep, shard), file = try RecordFile(path, O_RDWR | O_CREAT)
    let bytes = try file.read()
    // The process may have ended before the first line was written.
    if contents.header.utf8.starts(with: bytes), bytes.count < contents.header.utf8.count {
      return try begin(path, contents, file)
    }
    let found = try Contents(bytes, path)
    if let difference = contents.difference(from: found) {
      throw SweepError(
        """
        \(path) is the record of another sweep: \(difference) in the record. Continue with the settings that it was begun \
        with, or choose another file
        """)
    }
    let size = bytes.wholeLines.count
    try file.truncate(to: size)
    return SweepRecord(path, found, file, size: size)
  }

  /// Reads the file of a record.
  ///
  /// - Throws: ``SweepError`` if it cannot be read, or with the line of what is damaged.
  public static func read(_ path: String) throws(SweepError) -> Contents {
    try Contents(try RecordFile(path, O_RDONLY).read(), path)
  }

  private static func begin(_ path: String, _ contents: Contents, _ file: RecordFile) throws(SweepError)
    -> SweepRecord
  {
    try file.truncate(to: 0)
    let record = SweepRecord(path, contents, file, size: 0)
    try record.append(line: contents.header)
    return record
  }

  /// Appends a result. When the method returns, it is on the disk.
  ///
  /// - Throws: ``SweepError`` if it cannot be written. The file is then as it was before.
  public func append(_ result: TrialResult) throws(SweepError) {
    try append(line: result.json() + "\n")
    results.append(result)
  }

  private func append(line: String) throws(SweepError) {
    do {
      try file.append(line)
    } catch {
      try? file.truncate(to: size)
      throw error
    }
    size += line.utf8.count
  }
}
