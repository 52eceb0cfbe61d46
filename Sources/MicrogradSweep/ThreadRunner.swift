import MicrogradPlatform
import MicrogradRequirement

/// A runner on the cores of this machine: each trial runs on one thread.
public struct ThreadRunner: SweepRunner {
  /// The number of threads; nil: one for each core.
  public var workers: Int?

  /// Creates a runner. The number is checked when it is used.
  public init(workers: Int? = nil) { self.workers = workers }

  private static let largestWorkerCount = 1024

  /// Runs trials until the schedule is finished.
  ///
  /// - Throws: ``SweepError`` if the number of threads makes no sense, or no thread can be had; the error of `finished`, when
  ///   the trials under way have ended.
  public func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws {
    let workers = workers ?? min(Self.coreCount, Self.largestWorkerCount)
    guard (1...Self.largestWorkerCount).contains(workers) else {
      throw SweepError("\(workers) workers: there must be from 1 to \(Self.largestWorkerCount)")
    }
    let desk = TrialDesk(objective)
    let threads = try Self.start(min(workers, schedule.plannedCount - schedule.finishedCount), at: desk)
    defer {
      desk.close()
      for thread in threads { pthread_join(thread, nil) }
    }
    var underWay = 0
    while true {
      while underWay < threads.count, let trial = schedule.next() {
        desk.add(trial)
        underWay += 1
      }
      if underWay == 0 { return }
      let result = desk.result()
      underWay -= 1
      if schedule.finish(result) { try finished(result, schedule) }
    }
  }

  private static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Starts threads, as many as the system has to give.
  private static func start(_ count: Int, at desk: TrialDesk) throws(SweepError) -> [pthread_t] {
    var threads: [pthread_t] = []
    for _ in 0..<count {
      guard let thread = desk.startThread() else { break }
      threads.append(thread)
    }
    if threads.isEmpty, count > 0 { throw SweepError("no thread can be started: \(SystemError.latest)") }
    return threads
  }
}
