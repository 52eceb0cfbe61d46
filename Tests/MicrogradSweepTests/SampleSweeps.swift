import MicrogradRandom

@testable import MicrogradSweep

/// Sweeps and objectives that the tests share.
enum SampleSweeps {
  static let parameters: [Sweep.Parameter] = [
    .init("rate", .numbers(from: 0.001, to: 1, scale: .logarithmic, points: 3)),
    .init("width", .choices([8, "wide"])),
    .init("depth", .integers(from: 1, to: 2)),
  ]
  static let grid = Sweep(parameters, seeds: 2, seed: 7)
  static let random = Sweep(parameters, search: .random(configurations: 11), seeds: 2, seed: 5, goal: .maximize)
  static let halving = Sweep(
    parameters, search: .halving(configurations: 13, fromEpochs: 1, toEpochs: 20, factor: 3), seeds: 2, seed: 10)
  static let all = [grid, random, halving]

  /// A score that depends on all that a trial is; some fail.
  @Sendable static func score(_ trial: Trial) throws -> TrialScore {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(trial.configuration) \(trial.seed) \(trial.budget ?? 0)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    if hash >> 20 % 11 == 0 { throw SweepError("“unlucky”\nwith \(hash)") }
    let number = Double(hash >> 12) / 0x1p52
    return TrialScore(number, figures: [.init("half", number / 2), .init("nothing", .nan)])
  }

  /// The results of all trials, one after the other.
  static func results(_ sweep: Sweep) throws -> SweepResults {
    var schedule = try SweepSchedule(sweep)
    while let trial = schedule.next() { schedule.finish(TrialResult(running: trial, score)) }
    return try SweepResults(sweep, schedule.results)
  }
}

extension Array {
  /// The elements in an order that a seed decides on.
  func shuffled(seed: Int) -> [Element] {
    var random = PythonRandom(seed: seed), copy = self
    random.shuffle(&copy)
    return copy
  }
}
