import MicrogradSweep

/// Rank 0 of a sweep: it hands out the trials, runs some itself, and takes the results.
final class SweepManager {
  static let ranksAreDead = "dead"

  /// The manager's view of a worker.
  private struct Worker {
    let rank: Int
    var trial: Trial?
    var lastHeard = ContinuousClock.now
    /// Whether it has been silent for too long. If it speaks again, it was only slow.
    var isDead = false
    /// Whether it takes no more trials.
    var hasLeft = false

    var isFree: Bool { trial == nil && !isDead && !hasLeft }
    func isSilent(for patience: Duration) -> Bool { !isDead && !hasLeft && .now - lastHeard > patience }
  }

  private let world: Communicator
  private let patience: Duration
  private let warning: (String) -> Void
  private var workers: [Worker]
  private var heartbeat = Heartbeat()
  private var pause = Pause()

  init(_ world: Communicator, _ patience: Duration, _ warning: @escaping (String) -> Void) {
    (self.world, self.patience, self.warning) = (world, patience, warning)
    workers = (1..<max(world.count, 1)).map { Worker(rank: $0) }
  }

  func run(
    _ schedule: inout SweepSchedule, _ objective: @escaping SweepObjective,
    finished: (TrialResult, SweepSchedule) throws -> Void
  ) throws {
    let own = TrialThread(objective)
    var isBusy = false
    while !schedule.isFinished {
      var results: [TrialResult] = []
      if let result = own.takeResult() {
        isBusy = false
        results.append(result)
      }
      results += try listen { schedule.giveBack($0) }
      for result in results where schedule.finish(result) { try finished(result, schedule) }
      if !isBusy, let trial = schedule.next() {
        own.start(trial)
        isBusy = true
      }
      for index in workers.indices where workers[index].isFree {
        guard let trial = schedule.next() else { break }
        workers[index].trial = trial
        try world.post(.trial, trial.json(), to: workers[index].rank)
      }
    }
  }

  /// Tells the workers that there are no more trials, and waits until all that live have left.
  func dismissWorkers() throws {
    for worker in workers where !worker.hasLeft { try world.post(.stop, to: worker.rank) }
    while workers.contains(where: { !$0.hasLeft && !$0.isDead }) { _ = try listen { _ in } }
    let areSomeDead = workers.contains { !$0.hasLeft }
    for worker in workers { try world.post(.end, areSomeDead ? Self.ranksAreDead : "", to: worker.rank) }
    if areSomeDead { world.loseRanks() }
  }

  /// Returns the results that have arrived, or none after a pause.
  ///
  /// - Parameter giveBack: Receives the trials of workers that died or left.
  private func listen(giveBack: (Trial) -> Void) throws -> [TrialResult] {
    if heartbeat.isDue() {
      for worker in workers where !worker.isDead { try world.post(.alive, to: worker.rank) }
    }
    var results: [TrialResult] = [], isQuiet = true
    while let (message, source, text) = try world.nextSweepMessage() {
      isQuiet = false
      workers[source - 1].lastHeard = .now
      workers[source - 1].isDead = false
      switch message {
      case .result:
        results.append(try TrialResult(json: text))
        workers[source - 1].trial = nil
      case .bye:
        workers[source - 1].hasLeft = true
        workers[source - 1].trial.map(giveBack)
        if !text.isEmpty { warning("rank \(source) takes no part: \(text)") }
      default: break
      }
    }
    for index in workers.indices where workers[index].isSilent(for: patience) {
      workers[index].isDead = true
      workers[index].trial.map(giveBack)
      warning("rank \(index + 1) has been silent for \(patience): others run its trials")
    }
    if isQuiet { pause.sleep() } else { pause.reset() }
    return results
  }
}
