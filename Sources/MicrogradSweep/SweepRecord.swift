/// A file that keeps the results of a sweep, so that it can continue after an interruption.
///
/// It has JSON lines: the sweep, and then one line for each result, in the order in which they arrived.
public final class SweepRecord {
  /// The content of a record.
  public struct Contents: Sendable {
    /// The sweep.
    public let sweep: Sweep
    /// The part of it that the record is of; nil: all of it.
    public let shard: Shard?
    /// The results, in the order of the file.
    public let results: [TrialResult]
  }

  /// The path of the file.
  public let path: String
  /// The sweep.
  public let sweep: Sweep
  /// The part of it that the record is of; nil: all of it.
  public let shard: Shard?
  /// The results that the file held when it was opened.
  public let results: [TrialResult]

  private init() { fatalError() }

  /// Creates the file of a record.
  ///
  /// - Throws: ``SweepError`` if there is such a file already, it cannot be written, or the sweep makes no sense.
  public static func create(_ path: String, for sweep: Sweep, shard: Shard? = nil) throws(SweepError) -> SweepRecord {
    throw SweepError("not yet")
  }

  /// Opens the file of a record to continue it, or creates it if there is none.
  ///
  /// - Throws: ``SweepError`` if the file is the record of another sweep, another process writes it, or it cannot be read.
  public static func resume(_ path: String, for sweep: Sweep, shard: Shard? = nil) throws(SweepError) -> SweepRecord {
    throw SweepError("not yet")
  }

  /// Reads the file of a record.
  ///
  /// - Throws: ``SweepError`` with the line of what is wrong.
  public static func read(_ path: String) throws(SweepError) -> Contents { throw SweepError("not yet") }

  /// Appends a result. It is in the file, whole, when the method returns.
  ///
  /// - Throws: ``SweepError`` if it cannot be written. The file is then as it was before.
  public func append(_ result: TrialResult) throws(SweepError) {}
}
