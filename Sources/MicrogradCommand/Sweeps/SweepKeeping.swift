import ArgumentParser
import Micrograd
import MicrogradData

/// The options for the record of a sweep, and the part of it to run.
struct SweepKeeping: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The file to which each result is appended, such as sweep.jsonl.", valueName: "file"))
  var record: String?

  @Flag(name: .long, help: "Continue the sweep of --record, if the file is there.")
  var resume = false

  @Option(
    name: .long,
    help: ArgumentHelp("Run a part only, such as 3/16: every 16th trial, from the third.", valueName: "n/of"))
  var shard: Shard?

  func validate() throws {
    if resume, record == nil { throw ValidationError("--resume needs --record, the file of the sweep to continue.") }
    guard let shard else { return }
    if record == nil {
      throw ValidationError(
        "--shard needs --record, a file for its results, such as --record part-\(shard.number).jsonl; sweep merge joins them."
      )
    }
  }

  /// Returns the results that the record of a sweep has already, without opening it for more.
  func finished(_ sweep: Sweep) throws -> [TrialResult] {
    guard let record, TextFile.exists(record) else { return [] }
    return try SweepRecord.read(record).results
  }

  /// Opens the record of a sweep; nil if none is wanted.
  func open(_ sweep: Sweep) throws -> SweepRecord? {
    guard let record else { return nil }
    return try resume
      ? SweepRecord.resume(record, for: sweep, shard: shard) : SweepRecord.create(record, for: sweep, shard: shard)
  }
}

extension Shard: ExpressibleByArgument {
  /// Reads a shard such as `3/16`.
  public init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
      let shard = try? Shard(number: number, of: count)
    else { return nil }
    self = shard
  }
}
