/// Reads the clock between the parts of what is measured.
struct Stopwatch {
  private var last = ContinuousClock.now

  /// Seconds since the last reading, or since the start.
  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { last = now }
    return (now - last) / .seconds(1)
  }
}

/// Seconds in the three parts of a graph's life.
struct Phases {
  var forward = 0.0, backward = 0.0
  /// Release; in a training step the update of the parameters as well.
  var rest = 0.0

  var total: Double { forward + backward + rest }
}
