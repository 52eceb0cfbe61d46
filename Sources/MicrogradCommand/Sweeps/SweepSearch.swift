import ArgumentParser
import Micrograd

/// The options for which settings a sweep tries, how often, and what decides.
struct SweepSearch: ParsableArguments {
  /// The ways in which configurations are chosen.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case grid, random, halving
  }

  @Option(
    name: .long,
    help: """
      grid: all combinations; random: --trials configurations at random; halving: the same with few epochs, and the best \
      of them with more.
      """)
  var search = Kind.grid

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The number of configurations that random and halving draw.", valueName: "count"))
  var trials: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Halving keeps one of this many, and trains it for this many times as many epochs.", valueName: "count"))
  var factor = 3

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The number of trainings of each configuration, with different seeds.", valueName: "count"))
  var seeds = 1

  @Option(
    name: .long,
    help: "The figure that decides. (default: validation-loss; with --folds log-loss or root-mean-squared-error)")
  var score: TabularScore?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Judge each trial by cross-validation: the mean of this many trainings.", valueName: "count"))
  var folds: Int?

  func validate() throws {
    switch (search, trials) {
    case (.grid, _?): throw ValidationError("--trials is for --search random or halving; a grid tries everything.")
    case (.random, nil), (.halving, nil):
      throw ValidationError("--search \(search.rawValue) needs --trials, the number of configurations to draw.")
    case (_, let count?) where !(1...1_000_000).contains(count):
      throw ValidationError("--trials is \(count); it must be from 1 to 1000000.")
    default: break
    }
    for (option, number, range) in [("--factor", factor, 2...100), ("--seeds", seeds, 1...100_000)]
    where !range.contains(number) {
      throw ValidationError(
        "\(option) is \(number); it must be from \(range.lowerBound) to \(range.upperBound).")
    }
    if let folds, !(2...1000).contains(folds) {
      throw ValidationError("--folds is \(folds); it must be from 2 to 1000.")
    }
  }

  /// Returns the search of a sweep with the given parameters.
  func search(_ parameters: SweepParameters) throws -> Sweep.Search {
    switch search {
    case .grid: return .grid
    case .random: return .random(configurations: trials ?? 1)
    case .halving:
      let (low, high) = try parameters.budgets(factor: factor)
      return .halving(configurations: trials ?? 1, fromEpochs: low, toEpochs: high, factor: factor)
    }
  }
}

extension TabularScore: ExpressibleByArgument {}
