import MicrogradRequirement

/// The receiver of a sweep's progress reports.
public enum SweepProgress {
  /// No reports.
  case none
  /// Standard error: one line that is written over on a terminal, some ten lines elsewhere.
  case standardError
  /// A function that is given the state after each trial. An error that it throws ends the sweep.
  case function((SweepStatus) throws -> Void)
}

/// The state of a sweep under way.
public struct SweepStatus: Sendable {
  /// The number of trials that are finished, those of a record included.
  public let finishedCount: Int
  /// The number of all trials.
  public let plannedCount: Int
  /// The number of trials that failed.
  public let failureCount: Int
  /// The best configuration so far, of those whose trials are all finished, and its mean score.
  public let best: (configuration: Sweep.Configuration, score: Double)?
  /// The duration so far, in seconds, of this run.
  public let seconds: Double
  /// The time for the remaining trials, in seconds, at the pace of this run.
  public let secondsLeft: Double
}

extension SweepStatus: CustomStringConvertible {
  /// The state in a line: `12 of 48 trials, 1 failed, 1 min 20 s left  best 0.0213: rate 0.01, width 16`.
  public var description: String {
    var text = "\(finishedCount.grouped(by: ",")) of \(counted(plannedCount, "trial"))"
    if failureCount > 0 { text += ", \(failureCount.grouped(by: ",")) failed" }
    if finishedCount < plannedCount { text += ", \(Self.duration(secondsLeft)) left" }
    if let best { text += "  best \(best.score.shortened(within: 1e-4).text): \(best.configuration)" }
    return text
  }

  private static func duration(_ seconds: Double) -> String {
    let seconds = Int(min(seconds.rounded(.up), 1e9))
    return switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}

/// The reports of a run.
struct SweepReporter {
  /// The shortest time between two lines on a terminal.
  private static let pause = Duration.milliseconds(100)

  private let progress: SweepProgress
  private let start = ContinuousClock.now
  /// The number of trials that were finished before.
  private let earlierCount: Int
  private var lastLine: ContinuousClock.Instant?
  private var tenths = 0
  /// Whether a line on a terminal has no end yet.
  private var isLineOpen = false

  init(_ progress: SweepProgress, _ schedule: SweepSchedule) {
    self.progress = progress
    earlierCount = schedule.finishedCount
  }

  mutating func report(_ schedule: SweepSchedule) throws {
    switch progress {
    case .none: break
    case .function(let function): try function(status(schedule))
    case .standardError: if isDue(schedule) { write(status(schedule)) }
    }
  }

  /// Ends a line that was written over.
  func end() { if isLineOpen { Self.write("\n") } }

  private func status(_ schedule: SweepSchedule) -> SweepStatus {
    let seconds = (ContinuousClock.now - start) / .seconds(1), count = schedule.finishedCount,
      planned = schedule.plannedCount
    return SweepStatus(
      finishedCount: count, plannedCount: planned, failureCount: schedule.failureCount, best: schedule.best,
      seconds: seconds, secondsLeft: seconds / Double(max(1, count - earlierCount)) * Double(planned - count))
  }

  private mutating func isDue(_ schedule: SweepSchedule) -> Bool {
    if StandardStream.error.isTerminal {
      let now = ContinuousClock.now
      guard schedule.isFinished || lastLine.map({ now - $0 >= Self.pause }) ?? true else { return false }
      lastLine = now
      return true
    }
    let reached = schedule.finishedCount * 10 / max(1, schedule.plannedCount)
    defer { tenths = reached }
    return reached > tenths
  }

  private mutating func write(_ status: SweepStatus) {
    guard StandardStream.error.isTerminal else { return Self.write("\(status)\n") }
    // A longer line would not be written over.
    Self.write("\r\u{1B}[K\("\(status)".prefix(79))")
    isLineOpen = true
  }

  private static func write(_ text: String) {
    // A sweep continues when the reader of standard error is gone.
    try? StandardStream.error.write(text)
  }
}
