import MicrogradRequirement

/// A way to run the trials of a sweep: on threads, or under MPI.
public protocol SweepRunner {
  /// Runs trials until the schedule is finished.
  ///
  /// - Parameters:
  ///   - schedule: The trials to run. It takes the results. Without trials, this returns when nobody waits for any.
  ///   - objective: The function that runs a trial.
  ///   - finished: Receives each new result, and the schedule that has taken it, on the calling thread. No trial is handed
  ///     out after it has thrown an error.
  /// - Throws: The error of `finished`, or that of a runner that cannot start.
  func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws

  /// Whether this process gets the results. It is false in processes that only run trials for another one: such a process
  /// opens no record, and its results are empty.
  var collectsResults: Bool { get }
}

extension SweepRunner {
  /// True.
  public var collectsResults: Bool { true }
}

extension Sweep {
  /// Runs the sweep.
  ///
  /// ```swift
  /// let results = try sweep.run(record: try .resume("sweep.jsonl", for: sweep)) { trial in try objective(trial) }
  /// ```
  ///
  /// - Parameters:
  ///   - runner: The way to run the trials. The results do not depend on it.
  ///   - record: A file that keeps each result at once. Trials whose results it has are not run again.
  ///   - shard: The part of the sweep to run; nil: that of the record, or all of it.
  ///   - progress: The receiver of progress reports.
  ///   - objective: The function that runs a trial and returns its score. It runs on several threads at once: it makes its
  ///     own models. An error that it throws is a failure of this trial only.
  /// - Returns: The results, those of the record included.
  /// - Throws: ``SweepError`` if the sweep makes no sense, the record is of another sweep or cannot be written, or all trials
  ///   failed; the error of a progress function. The record holds what was finished until then.
  public func run(
    on runner: some SweepRunner = ThreadRunner(), record: SweepRecord? = nil, shard: Shard? = nil,
    progress: SweepProgress = .none, objective: @escaping SweepObjective
  ) throws -> SweepResults {
    let shard = shard ?? record?.shard
    if let record, let difference = try SweepRecord.Contents(self, shard).difference(from: record.beginning) {
      throw SweepError("\(record.path) is the record of another sweep: \(difference) in the record")
    }
    var schedule = try SweepSchedule(self, shard: shard, finished: record?.results ?? [])
    var reporter = SweepReporter(progress, schedule)
    defer { reporter.end() }
    try runner.run(&schedule, objective) { result, schedule in
      try record?.append(result)
      try reporter.report(schedule)
    }
    let results = try SweepResults(self, schedule.results)
    if let first = results.failures.first, results.failures.count == results.trials.count {
      throw SweepError(
        """
        all of \(counted(results.trials.count, "trial")) failed, the first one (\(first.trial.configuration)) because: \
        \(first.failure ?? "")
        """)
    }
    return results
  }

  /// Runs the sweep with an objective that returns a number, the score, and no figures beside it.
  ///
  /// - Throws: The same errors as with an objective that returns a ``TrialScore``.
  public func run(
    on runner: some SweepRunner = ThreadRunner(), record: SweepRecord? = nil, shard: Shard? = nil,
    progress: SweepProgress = .none, objective: @escaping @Sendable (Trial) throws -> Double
  ) throws -> SweepResults {
    try run(on: runner, record: record, shard: shard, progress: progress) { TrialScore(try objective($0)) }
  }
}
