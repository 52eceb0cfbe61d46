import MicrogradSweep

/// A rank that runs the trials that the manager, rank 0, sends.
final class SweepWorker {
  private let world: Communicator
  private let patience: Duration
  private var heartbeat = Heartbeat()
  private var pause = Pause()
  /// Nil before the first message: the manager may begin late.
  private var lastHeard: ContinuousClock.Instant?

  init(_ world: Communicator, _ patience: Duration) { (self.world, self.patience) = (world, patience) }

  /// Runs trials until the manager ends the sweep.
  func run(_ objective: @escaping SweepObjective) throws {
    let thread = TrialThread(objective)
    while true {
      if let result = thread.takeResult() {
        try world.post(.result, result.json(), to: 0)
        pause.reset()
      }
      guard let (message, text) = try next() else { continue }
      switch message {
      case .trial: thread.start(try Trial(json: text))
      case .stop: return try leave()
      default: break
      }
    }
  }

  /// Takes no more trials, and waits until the others have none either.
  func leave(_ reason: String = "") throws {
    try world.post(.bye, reason, to: 0)
    while true {
      guard let (message, text) = try next(), message == .end else { continue }
      if text == SweepManager.ranksAreDead { world.loseRanks() }
      return
    }
  }

  /// Returns the next message, or nil after a pause.
  private func next() throws -> (message: SweepMessage, text: String)? {
    if heartbeat.isDue() { try world.post(.alive, to: 0) }
    if let (message, _, text) = try world.nextSweepMessage() {
      lastHeard = .now
      pause.reset()
      return (message, text)
    }
    if let lastHeard, .now - lastHeard > patience {
      world.loseRanks()
      throw MPIError("sweep", reason: "rank 0 has been silent for \(patience): it is taken for dead")
    }
    pause.sleep()
    return nil
  }
}
