public import MicrogradSweep

/// The sweeps that the tests run in several ways.
public enum SweepExample: String, CaseIterable, Sendable {
  case grid, random, halving

  /// The sweep.
  public var sweep: Sweep {
    let search: Sweep.Search =
      switch self {
      case .grid: .grid
      case .random: .random(configurations: 12)
      case .halving: .halving(configurations: 9, fromEpochs: 2, toEpochs: 18)
      }
    return Sweep(
      [
        .init("rate", .numbers(from: 0.01, to: 0.3, scale: .logarithmic, points: 3)),
        .init("width", .choices([8, 16, 32, 64])),
      ],
      search: search, seeds: 2, seed: 7, identity: rawValue)
  }

  /// Returns the score of a trial: a chaotic sequence's element, any rounding of which would show.
  ///
  /// - Throws: An error for one of the widths, as a training that fails.
  public static func score(_ trial: Trial) throws -> Double {
    let rate = try trial.configuration.number("rate"), width = try trial.configuration.integer("width")
    if width == 64, trial.repetition == 1 { throw SweepError("too wide") }
    var x = 1 / (1 + rate + Double(width) + Double(trial.seed))
    for _ in 0..<(100 + (trial.budget ?? 0)) { x *= 3.9 * (1 - x) }
    return x
  }
}
