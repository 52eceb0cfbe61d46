import MicrogradRequirement

/// The results of a sweep: its trials, and its configurations from the best to the worst.
public struct SweepResults: Sendable {
  /// A configuration, with the scores of its trials: of the last rung that it got to, if there are several.
  public struct Summary: Sendable {
    /// The configuration.
    public let configuration: Sweep.Configuration
    /// The rung of successive halving; otherwise 0.
    public let rung: Int
    /// The number of epochs of that rung; nil without halving.
    public let budget: Int?
    /// The scores of the trials that did not fail, in the order of their seeds.
    public let scores: [Double]
    /// The reasons of the trials that failed.
    public let failures: [String]
    /// Whether all of its trials are finished.
    public let isComplete: Bool

    /// The mean of the scores; nil if there are none.
    public var mean: Double? { scores.mean }
    /// The standard deviation of the scores (that of NumPy: divided by their count); nil if there are none.
    public var deviation: Double? { scores.deviation }
    /// Whether all trials are finished and none failed.
    var isSound: Bool { isComplete && failures.isEmpty }
  }

  /// The sweep.
  public let sweep: Sweep
  /// The results, in the order of the trials.
  public let trials: [TrialResult]
  /// The configurations, from the best to the worst: by the rung that they got to, and then by the mean of their scores. Of
  /// equal ones, the one with the lower number is first. After them come those that lack trials, and at last those with
  /// trials that failed.
  public let configurations: [Summary]
  private let schedule: SweepSchedule

  /// Creates the results of a sweep.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - trials: The results of its trials, or of some of them, in any order.
  /// - Throws: ``SweepError`` if the sweep makes no sense, or a result is not one of its.
  public init(_ sweep: Sweep, _ trials: [TrialResult]) throws(SweepError) {
    schedule = try SweepSchedule(sweep, finished: trials)
    self.sweep = sweep
    self.trials = schedule.results
    configurations = Dictionary(grouping: self.trials, by: \.trial.configuration.number).values
      .map { Summary($0, of: sweep) }
      .sorted { $0.isBetter(than: $1, sweep.goal) }
  }

  /// The best configuration; nil if none has all its trials, without a failure.
  public var best: Summary? { configurations.first.flatMap { $0.isSound ? $0 : nil } }
  /// The trials that are not finished, such as those of other shards. Of successive halving, those of the rung that it is at.
  ///
  /// - Complexity: O(n), where n is the number of all trials.
  public var missing: [Trial] {
    var schedule = schedule
    return Array(AnyIterator { schedule.next() })
  }
  /// The trials that failed.
  public var failures: [TrialResult] { trials.filter { $0.score == nil } }

  /// Returns the results of several records of the same sweep as one.
  ///
  /// Whether trials are ``missing``, such as those of a shard that has not run, is left to the caller.
  ///
  /// - Throws: ``SweepError`` if there are no records, they are of different sweeps, or differ in the result of a trial.
  public static func merging(_ records: [SweepRecord.Contents]) throws(SweepError) -> SweepResults {
    guard let first = records.first else { throw SweepError("there are no records to merge: give at least one") }
    var results: [Int: TrialResult] = [:]
    for (number, record) in zip(1..., records) {
      if let difference = record.sweep.difference(from: first.sweep) {
        throw SweepError("record \(number) is of another sweep than record 1: \(difference) in record 1")
      }
      for result in record.results {
        if let other = results.updateValue(result, forKey: result.trial.index), other != result {
          throw SweepError(
            """
            trial \(result.trial.index) (\(result.trial.configuration)) has another result in record \(number) than in one \
            before: \(result.outcome), and \(other.outcome). The programs or the machines differ: run it anew on one of them
            """)
        }
      }
    }
    return try SweepResults(first.sweep, Array(results.values))
  }
}

extension SweepResults.Summary {
  /// Creates the summary of a configuration from its results, in the order of the trials.
  fileprivate init(_ results: [TrialResult], of sweep: Sweep) {
    let last = results[results.count - 1].trial
    let results = results.filter { $0.trial.rung == last.rung }
    configuration = last.configuration
    rung = last.rung
    budget = last.budget
    scores = results.compactMap { $0.score?.value }
    failures = results.compactMap(\.failure)
    isComplete = results.count == sweep.seeds
  }

  /// Returns whether this comes before another one.
  fileprivate func isBetter(than other: Self, _ goal: Sweep.Goal) -> Bool {
    if level != other.level { return level < other.level }
    if rung != other.rung { return rung > other.rung }
    if let mean, let other = other.mean, mean != other { return goal.prefers(mean, to: other) }
    return configuration.number < other.configuration.number
  }

  /// The place among others that counts more than scores.
  private var level: Int { failures.isEmpty ? isComplete ? 0 : 1 : 2 }
}

extension TrialResult.Outcome: CustomStringConvertible {
  /// The score, or the reason of the failure.
  public var description: String {
    switch self {
    case .score(let score): "the score \(score.value.text)"
    case .failure(let reason): "the failure \(reason)"
    }
  }
}
