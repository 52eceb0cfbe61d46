import Foundation

/// The sleeps of a loop that looks for messages: short while there are some, up to 5 ms while there are none, so that waiting costs
/// no core.
struct Pause {
  private var seconds = Self.shortest
  private static let shortest = 50e-6

  mutating func sleep() {
    Thread.sleep(forTimeInterval: seconds)
    seconds = min(2 * seconds, 5e-3)
  }

  mutating func reset() { seconds = Self.shortest }
}

/// The signs of life that a rank sends, one a second.
struct Heartbeat {
  private var last: ContinuousClock.Instant?

  /// Returns whether it is time for the next one.
  mutating func isDue() -> Bool {
    let now = ContinuousClock.now
    if let last, now - last < .seconds(1) { return false }
    last = now
    return true
  }
}
