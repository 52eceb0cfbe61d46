/// The trials of a sweep that are still to be run, under way, and finished.
public struct SweepSchedule: Sendable {
  /// The sweep.
  public let sweep: Sweep
  /// The part of the sweep to run; nil: all of it.
  public let shard: Shard?

  /// Creates the schedule of a sweep, or of a part of it.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - shard: The part of it to run; nil: all of it.
  ///   - finished: Results from before, such as those of a record. These trials are not run again.
  /// - Throws: ``SweepError`` if the sweep makes no sense, or a result is not one of its.
  public init(_ sweep: Sweep, shard: Shard? = nil, finished: [TrialResult] = []) throws(SweepError) {
    self.sweep = sweep
    self.shard = shard
  }

  /// Returns the next trial to run; nil if there is none now: wait for results, unless ``isFinished``.
  public mutating func next() -> Trial? { nil }

  /// Takes a result. Returns whether it is new: that of a trial that is not finished yet, and of this sweep.
  @discardableResult public mutating func finish(_ result: TrialResult) -> Bool { false }

  /// Takes a trial back that was handed out and will not be finished, since its worker is gone. Another one will get it.
  public mutating func giveBack(_ trial: Trial) {}

  /// Whether all trials are finished.
  public var isFinished: Bool { true }
  /// The number of trials, finished or not. Halving has fewer than it planned if trials fail.
  public var plannedCount: Int { 0 }
  /// The number of trials that are finished.
  public var finishedCount: Int { 0 }
  /// The results, in the order of the trials.
  public var results: [TrialResult] { [] }
}
