import MicrogradJSON
import MicrogradRequirement

extension SweepRecord {
  /// The content of a record.
  public struct Contents: Sendable {
    /// The sweep.
    public let sweep: Sweep
    /// The part of it that the record is of; nil: all of it.
    public let shard: Shard?
    /// The results, in the order of the trials.
    public let results: [TrialResult]

    private static let version = 1

    /// The content of a record that begins.
    init(_ sweep: Sweep, _ shard: Shard?) throws(SweepError) {
      results = try SweepSchedule(sweep, shard: shard).results
      self.sweep = sweep
      self.shard = shard
    }

    /// Reads the bytes of a file. A last line without an end is left out.
    init(_ bytes: [UInt8], _ path: String) throws(SweepError) {
      let lines = bytes.wholeLines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      guard let first = lines.first else {
        throw SweepError("\(path) is no record of a sweep: it has no whole line")
      }
      var schedule: SweepSchedule
      do throws(SweepError) {
        (sweep, shard) = try Self.header(Fields(json: try JSON.reading(Array(first))))
        schedule = try SweepSchedule(sweep, shard: shard)
      } catch {
        throw SweepError("\(path) is no record of a sweep that can be read: line 1, \(error)")
      }
      let found = try Self.results(lines.dropFirst(), path)
      for (line, result) in found where !schedule.finish(result) {
        throw SweepError(
          "\(path), line \(line): the sweep of line 1 has no trial \(result.trial.index) (\(result.trial.configuration))"
        )
      }
      results = found.map(\.result)
    }

    /// Reads the lines of results. Returns them in the order of the trials, each with the number of its line.
    private static func results(
      _ lines: ArraySlice<ArraySlice<UInt8>>, _ path: String
    ) throws(SweepError) -> [(line: Int, result: TrialResult)] {
      var found: [Int: (line: Int, result: TrialResult)] = [:]
      for (line, bytes) in zip(2..., lines) {
        do throws(SweepError) {
          let result = try TrialResult(Fields(json: try JSON.reading(Array(bytes))))
          if let earlier = found[result.trial.index] {
            guard earlier.result == result else {
              throw SweepError("trial \(result.trial.index) has another result in line \(earlier.line)")
            }
          } else {
            found[result.trial.index] = (line, result)
          }
        } catch {
          throw SweepError("\(path), line \(line): \(error)")
        }
      }
      return found.values.sorted { $0.result.trial.index < $1.result.trial.index }
    }
  }
}

// MARK: - The first line

extension SweepRecord.Contents {
  /// The first line of the file.
  var header: String {
    let shards: [(String, JSON)] =
      shard.map {
        [("shard", .object([("number", .integer($0.number)), ("count", .integer($0.count))]))]
      } ?? []
    return JSON.object([("version", .integer(Self.version)), ("sweep", sweep.json)] + shards).description + "\n"
  }

  private static func header(_ fields: Fields) throws(SweepError) -> (Sweep, Shard?) {
    let version = try fields.integer("version")
    guard version == Self.version else {
      throw SweepError("the record has version \(version), and this program reads version \(Self.version)")
    }
    let sweep = try Sweep(fields.fields("sweep"))
    guard fields.json["shard"] != nil else { return (sweep, nil) }
    let shard = try fields.fields("shard")
    return (sweep, try Shard(number: try shard.integer("number"), of: try shard.integer("count")))
  }

  /// Returns what differs in the sweep or the shard from another record, in words; nil if nothing does.
  func difference(from other: Self) -> String? {
    if let difference = sweep.difference(from: other.sweep) { return difference }
    let names = (shard.map { "\($0)" } ?? "none", other.shard.map { "\($0)" } ?? "none")
    return names.0 == names.1 ? nil : Sweep.difference("the shard", names.0, names.1)
  }
}

extension [UInt8] {
  /// The bytes without a last line that has no end.
  var wholeLines: ArraySlice<UInt8> { self[..<(lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)] }
}
