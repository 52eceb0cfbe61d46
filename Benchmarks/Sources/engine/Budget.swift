/// How much work is done.
struct Budget {
  /// For how long each benchmark repeats its runs.
  var seconds = 2.0
  /// Steps of a training run.
  var steps = 100
  /// The size of graphs; some benchmarks take a multiple of it.
  var nodes = 1_000_000

  /// Enough to see that everything works.
  static let quick = Budget(seconds: 0.05, steps: 5, nodes: 10_000)

  /// One run to warm up, then runs until the time is up, but at least three.
  func runs(_ run: () -> Phases) -> [Phases] {
    _ = run()
    var runs: [Phases] = []
    let end = ContinuousClock.now + .seconds(seconds)
    while runs.count < 3 || ContinuousClock.now < end { runs.append(run()) }
    return runs
  }
}
