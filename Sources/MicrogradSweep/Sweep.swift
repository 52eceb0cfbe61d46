/// A search for the best settings of a training: the settings to choose from, and which of them to try.
///
/// ```swift
/// let sweep = Sweep(
///   [
///     .init("rate", .numbers(from: 0.001, to: 0.1, scale: .logarithmic)),
///     .init("width", .choices([8, 16, 32])),
///   ],
///   search: .random(configurations: 20), seeds: 3)
/// let results = try sweep.run { trial in
///   let model = MLP(2, [try trial.configuration.integer("width"), 1], seed: Int(trial.seed))
///   …
///   return history.validationLosses.min() ?? .nan
/// }
/// print(results.text())
/// ```
///
/// It is a description only, and the same description means the same trials: neither their number of workers nor the
/// order in which these finish changes a result.
public struct Sweep: Sendable, Equatable {
  /// The better end of scores.
  public enum Goal: String, Sendable, CaseIterable {
    /// The lowest score is the best, as of a loss.
    case minimize
    /// The highest score is the best, as of an accuracy.
    case maximize
  }

  /// The way in which configurations are chosen.
  public enum Search: Sendable, Equatable {
    /// All combinations of the parameters' settings. The last parameter varies fastest.
    case grid
    /// A given number of configurations, drawn at random, each independently of the others.
    ///
    /// Source: J. Bergstra, Y. Bengio, *Random Search for Hyper-Parameter Optimization*,
    /// [JMLR 13 (2012)](https://www.jmlr.org/papers/v13/bergstra12a.html).
    case random(configurations: Int)
    /// Configurations drawn at random, of which the best few are tried for longer.
    ///
    /// All are trained for `fromEpochs` epochs: the first rung. The best ⌊n / factor⌋ of a rung, at least one, are trained
    /// anew in the next one, for `factor` times as many epochs, up to `toEpochs`. A rung begins when the one before it is
    /// complete.
    ///
    /// Source: K. Jamieson, A. Talwalkar, *Non-stochastic Best Arm Identification and Hyperparameter Optimization*,
    /// [arXiv:1502.07943](https://arxiv.org/abs/1502.07943).
    case halving(configurations: Int, fromEpochs: Int, toEpochs: Int, factor: Int = 3)
  }

  /// The parameters, with different names.
  public var parameters: [Parameter]
  /// The way in which configurations are chosen.
  public var search: Search
  /// The number of trials of each configuration, each with a seed of its own.
  public var seeds: Int
  /// The seed of the first trial of each configuration; those after it have the next ones. Configurations are drawn from
  /// it, too.
  public var seed: UInt32
  /// The better end of scores.
  public var goal: Goal
  /// A text that says what else the scores depend on, such as the checksum of the data. A record of a sweep with another
  /// identity is not continued.
  public var identity: String

  /// Creates a sweep. It is checked when it is used.
  public init(
    _ parameters: [Parameter], search: Search = .grid, seeds: Int = 1, seed: UInt32 = 0, goal: Goal = .minimize,
    identity: String = ""
  ) {
    self.parameters = parameters
    self.search = search
    self.seeds = seeds
    self.seed = seed
    self.goal = goal
    self.identity = identity
  }
}
