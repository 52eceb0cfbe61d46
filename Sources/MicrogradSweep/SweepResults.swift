/// The results of a sweep: its trials, and its configurations from the best to the worst.
public struct SweepResults: Sendable {
  /// A configuration with the scores of its trials, one for each seed.
  public struct Summary: Sendable {
    /// The configuration.
    public let configuration: Sweep.Configuration
    /// The last rung of successive halving that it got to; otherwise 0.
    public let rung: Int
    /// The number of epochs of that rung; nil without halving.
    public let budget: Int?
    /// The scores, in the order of the seeds, of the trials that did not fail.
    public let scores: [Double]
    /// The reasons of the trials that failed.
    public let failures: [String]
    /// Whether all of its trials are finished.
    public let isComplete: Bool

    /// The mean of the scores; nil if there are none.
    public var mean: Double? { nil }
    /// The standard deviation of the scores (that of NumPy: divided by their count); nil if there are none.
    public var deviation: Double? { nil }
  }

  /// The sweep.
  public let sweep: Sweep
  /// The results, in the order of the trials.
  public let trials: [TrialResult]
  /// The configurations, from the best to the worst: by the rung that they got to, and then by the mean of their scores; of
  /// equal ones, the lower number is first. Those with trials that are missing, and then those with trials that failed,
  /// come last.
  public let configurations: [Summary]

  /// Creates results.
  ///
  /// - Throws: ``SweepError`` if the sweep makes no sense, or a result is not one of its.
  public init(_ sweep: Sweep, _ trials: [TrialResult]) throws(SweepError) { throw SweepError("not yet") }

  /// The best configuration: the one with the best mean score; nil if none has all its trials without a failure.
  public var best: Summary? { nil }
  /// The trials that are not finished, as those of other shards. Of successive halving, those of the current rung.
  public var missing: [Trial] { [] }
  /// The trials that failed.
  public var failures: [TrialResult] { [] }

  /// Returns the results of several records of the same sweep as one.
  ///
  /// - Throws: ``SweepError`` if they are of different sweeps, or have different results for a trial.
  public static func merging(_ records: [SweepRecord.Contents]) throws(SweepError) -> SweepResults {
    throw SweepError("not yet")
  }

  /// Returns the configurations, the best first, as a table for people.
  ///
  /// - Parameter limit: The largest number of rows; nil: all.
  public func text(limit: Int? = nil) -> String { "" }
  /// Returns the trials as CSV, one line for each. It has no times: the same sweep has the same bytes.
  public func csv() -> String { "" }
  /// Returns the sweep, the best configuration, the configurations and the trials, for programs. It has no times.
  public func json() -> String { "" }
}
