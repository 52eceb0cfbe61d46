extension Sweep {
  /// The trials that are run at once; only successive halving has more than one rung.
  struct Rung: Sendable {
    /// The index of the first trial.
    let start: Int
    /// The largest number of configurations.
    let size: Int
    /// The number of epochs; nil without halving.
    let epochs: Int?
  }

  /// The rungs, from the first to the last.
  var rungs: [Rung] {
    guard case .halving(let configurations, let first, let last, let factor) = search else {
      return [Rung(start: 0, size: configurationCount, epochs: nil)]
    }
    var rungs: [Rung] = [], start = 0, size = configurations, epochs = first
    while epochs <= last {
      rungs.append(Rung(start: start, size: size, epochs: epochs))
      start += size * seeds
      size = max(1, size / factor)
      let (next, overflows) = epochs.multipliedReportingOverflow(by: factor)
      epochs = overflows ? .max : next
    }
    return rungs
  }
}

extension Sweep.Goal {
  /// Returns whether one score is better than another.
  func prefers(_ score: Double, to other: Double) -> Bool { self == .minimize ? score < other : score > other }
}
