/// Runs trials on the cores of this machine, each on one thread.
public struct ThreadRunner: SweepRunner {
  /// The number of threads; nil: as many as the process may use cores.
  public var workers: Int?

  /// Creates a runner.
  public init(workers: Int? = nil) { self.workers = workers }

  public func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws {}
}
