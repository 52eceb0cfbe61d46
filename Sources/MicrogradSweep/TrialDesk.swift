import MicrogradPlatform

/// A desk with trials to be run on one side, and results on the other: threads take trials from it and bring results.
final class TrialDesk: @unchecked Sendable {
  private let objective: SweepObjective
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// Something came to the desk, or it has closed.
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var trials: [Trial] = []
  private var results: [TrialResult] = []
  private var isClosed = false

  init(_ objective: @escaping SweepObjective) {
    self.objective = objective
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(mutex)
    change.deallocate()
    mutex.deallocate()
  }

  /// Adds a trial to be run.
  func add(_ trial: Trial) { changing { trials.append(trial) } }

  /// Waits for a result.
  func result() -> TrialResult { waiting { results.isEmpty ? nil : results.removeFirst() } }

  /// Lets the threads end: no trial is taken any more.
  func close() { changing { isClosed = true } }

  private func changing(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_cond_broadcast(change)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until the body returns something.
  private func waiting<Found>(_ body: () -> Found?) -> Found {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let found = body() { return found }
      pthread_cond_wait(change, mutex)
    }
  }

  /// Runs trials until the desk closes.
  fileprivate func work() {
    while let trial = waiting({ isClosed ? .some(nil) : trials.isEmpty ? nil : .some(trials.removeFirst()) }) {
      let result = TrialResult(running: trial, objective)
      changing { results.append(result) }
    }
  }
}

// MARK: - Threads

extension TrialDesk {
  /// As much as deep recursions of an objective may need; what is not used takes no memory.
  private static let stackSize = 64 << 20

  /// Starts a thread that runs trials; nil if the system has none to give.
  func startThread() -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let desk = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, &attributes, { runTrials($0) }, desk.toOpaque())
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, &attributes, { runTrials($0!) }, desk.toOpaque())
    #endif
    if code != 0 {
      desk.release()
      errno = code
      return nil
    }
    return thread
  }
}

private func runTrials(_ desk: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<TrialDesk>.fromOpaque(desk).takeRetainedValue().work()
  return nil
}
