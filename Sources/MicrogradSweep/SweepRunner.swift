/// A way to run the trials of a sweep: on threads, or under MPI.
public protocol SweepRunner {
  /// Runs trials until the schedule is finished.
  ///
  /// - Parameters:
  ///   - schedule: The trials to run, which are handed out by this process only. It takes the results.
  ///   - objective: Runs a trial.
  ///   - finished: Receives each new result, with the schedule that has taken it, on the calling thread. No trial is
  ///     handed out after it has thrown an error.
  /// - Throws: The error of `finished`, or that of a runner that cannot start.
  func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws

  /// Whether this process gets the results. It is false in workers of other machines, which run trials only: such a process
  /// opens no record, and its results are empty.
  var collectsResults: Bool { get }
}

extension SweepRunner {
  /// True.
  public var collectsResults: Bool { true }
}

extension Sweep {
  /// Runs the sweep.
  public func run(
    on runner: some SweepRunner = ThreadRunner(), record: SweepRecord? = nil, shard: Shard? = nil,
    progress: SweepProgress = .none, objective: @escaping SweepObjective
  ) throws -> SweepResults {
    throw SweepError("not yet")
  }
}
