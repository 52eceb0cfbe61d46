import MicrogradRequirement

/// The time that trials take, predicted from those of each.
///
/// ```swift
/// let cost = SweepCost(seconds: Array(repeating: 2, count: 16))
/// print(cost.time(workers: 4), cost.time(workers: 5))  // 8.0 8.0
/// ```
public struct SweepCost: Sendable, Equatable {
  /// The seconds of each trial, in the order in which they start.
  public var seconds: [Double]

  /// Creates the cost of some trials.
  public init(seconds: [Double]) { self.seconds = seconds }

  /// Returns the seconds of workers of which each takes the next trial when it has finished its last: threads, or ranks of MPI.
  ///
  /// That is at least the sum divided by the workers, and at most the longest trial more: while it runs, others have nothing to do.
  ///
  /// - Complexity: O(trials · workers).
  ///
  /// Source: Graham, *Bounds on Multiprocessing Timing Anomalies*, 1969,
  /// [doi:10.1137/0117039](https://doi.org/10.1137/0117039).
  ///
  /// - Precondition: There is at least one worker.
  public func time(workers: Int) -> Double {
    require(workers > 0, "\(workers) workers: at least one is needed")
    var ends = [Double](repeating: 0, count: min(workers, max(seconds.count, 1)))
    for trial in seconds {
      let next = ends.indices.min { ends[$0] < ends[$1] } ?? 0
      ends[next] += trial
    }
    return ends.max() ?? 0
  }
}
