public import MicrogradSweep

/// Runs the trials of a sweep on all ranks of an MPI job, one trial at a time on each.
///
/// Every rank makes the same sweep and runs it. Rank 0 is the manager: it hands a trial to each rank that is free, itself
/// included, and takes the results; the others are workers, which get empty ones. So the trials and the results are those of any
/// other runner.
///
/// A worker that is silent for `patience` is taken for dead, and its trial is given to another. Whether the job survives a
/// rank's death at all depends on the MPI library: docs/distributed.md.
public final class MPIRunner: SweepRunner {
  private let world: Communicator
  private let patience: Duration
  private let warning: (String) -> Void
  /// Whether the ranks have agreed that there are no more trials.
  private var hasEnded = false

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - world: The ranks.
  ///   - patience: The silence after which a rank is taken for dead. Each sends a sign of life every second.
  ///   - warning: Receives a sentence on each rank that is lost, on rank 0.
  public init(
    _ world: Communicator, patience: Duration = .seconds(60), warning: @escaping (String) -> Void = { _ in }
  ) {
    (self.world, self.patience, self.warning) = (world, patience, warning)
  }

  /// Whether this is rank 0.
  public var collectsResults: Bool { world.rank == 0 }

  /// Runs trials until the schedule of rank 0 is finished.
  ///
  /// - Throws: The error of `finished`, after the workers were dismissed; `MPIError` if MPI fails, or in a worker if the manager
  ///   is silent for too long.
  public func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws {
    hasEnded = true
    if world.rank > 0 {
      try SweepWorker(world, patience).run(objective)
    } else {
      let manager = SweepManager(world, patience, warning)
      let outcome = Result { try manager.run(&schedule, objective, finished: finished) }
      try manager.dismissWorkers()
      try outcome.get()
    }
  }

  /// Tells the other ranks, if this one could not even run the sweep: rank 0 dismisses the workers, of which another one is only
  /// missed. Every rank calls it before it finalises MPI.
  ///
  /// - Parameter reason: The reason why it did not.
  public func end(_ reason: String = "") throws {
    if hasEnded { return }
    hasEnded = true
    if world.rank > 0 {
      try SweepWorker(world, patience).leave(reason)
    } else {
      try SweepManager(world, patience) { _ in }.dismissWorkers()
    }
  }
}
