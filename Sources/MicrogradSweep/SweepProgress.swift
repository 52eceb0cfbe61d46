/// The receiver of a sweep's progress reports.
public enum SweepProgress {
  /// No reports.
  case none
  /// Standard error: one line that is written over on a terminal, some ten lines elsewhere.
  case standardError
  /// A function that is given the state after each trial. An error that it throws ends the sweep.
  case function((SweepStatus) throws -> Void)
}

/// The state of a sweep under way.
public struct SweepStatus: Sendable {
  /// The number of trials that are finished, those of a record included.
  public let finishedCount: Int
  /// The number of all trials.
  public let plannedCount: Int
  /// The number of trials that failed.
  public let failureCount: Int
  /// The best configuration so far, of those whose trials are all finished, and its mean score.
  public let best: (configuration: Sweep.Configuration, score: Double)?
  /// The duration so far, in seconds.
  public let seconds: Double
  /// The time that the remaining trials will take, in seconds, if they take as long as those so far; nil at the start.
  public let secondsLeft: Double?
}
