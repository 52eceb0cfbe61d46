import Micrograd

/// Seconds of one run: the least and the median of many samples of at least 2 ms and `least` runs.
func measure(seconds budget: Double, least: Int = 1, _ run: (Int) -> Void) -> (minimum: Double, median: Double) {
  func time(_ count: Int) -> Double {
    let start = ContinuousClock.now
    run(count)
    return (ContinuousClock.now - start) / .seconds(1)
  }
  var count = least, once = time(least)
  while once < 2e-3 && count < 1 << 20 {
    count = max(count * 2, Int(Double(count) * 2e-3 / max(once, 1e-7)))
    once = time(count)
  }
  var samples: [Double] = []
  let end = ContinuousClock.now + .seconds(budget)
  while ContinuousClock.now < end || samples.count < 5 { samples.append(time(count) / Double(count)) }
  samples.sort()
  return (samples[0], samples[samples.count / 2])
}

/// A line of the result.
struct Result {
  let workload: String
  let precision: Precision
  let minimum: Double, median: Double
  let gigaflops: Double
  /// After 100 steps, which must agree between peers.
  let loss: Double
  let program: String

  var line: String {
    """
    \(workload) \(precision)  \(micro(minimum)) µs a step (median \(micro(median))), \
    \(rounded(gigaflops, 1)) GFLOP/s, loss after 100 steps \(loss)
       \(program)
    """
  }

  var json: String {
    """
    {"peer": "swift-micrograd", "workload": "\(workload)", "dtype": "\(precision == .double ? "f64" : "f32")", \
    "threads": 1, "us_min": \(minimum * 1e6), "us_median": \(median * 1e6), "gflops": \(gigaflops), "loss": \(loss)}
    """
  }
}

func micro(_ seconds: Double) -> String { "\(rounded(seconds * 1e6, 3))" }

func rounded(_ number: Double, _ digits: Int) -> Double {
  var factor = 1.0
  for _ in 0..<digits { factor *= 10 }
  return (number * factor).rounded() / factor
}
