import Foundation
import MicrogradSweep
import Synchronization

/// A thread that runs a trial, while the main thread exchanges messages.
final class TrialThread: Sendable {
  private let objective: SweepObjective
  private let result = Mutex<TrialResult?>(nil)

  init(_ objective: @escaping SweepObjective) { self.objective = objective }

  func start(_ trial: Trial) {
    let thread = Thread { [self] in
      let result = TrialResult(running: trial, objective)
      self.result.withLock { $0 = result }
    }
    thread.stackSize = 64 << 20  // As those of `ThreadRunner`.
    thread.start()
  }

  /// Returns the result once, when the trial has ended.
  func takeResult() -> TrialResult? { result.withLock { $0.take() } }
}
