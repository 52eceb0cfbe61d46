/// Times of one run in milliseconds.
struct Times {
  let least: Double
  let median: Double
}

/// Runs until the time is up, but at least three times.
func measure(seconds: Double, _ run: () -> Void) -> Times {
  var times: [Double] = []
  let end = ContinuousClock.now + .seconds(seconds)
  while times.count < 3 || ContinuousClock.now < end {
    let start = ContinuousClock.now
    run()
    times.append((ContinuousClock.now - start) / .milliseconds(1))
  }
  times.sort()
  return Times(least: times[0], median: times[times.count / 2])
}
