/// The predicted time of data-parallel training, for any number of ranks, from times that were measured in one job.
///
/// A step takes, with r ranks on each of h hosts,
///
///     t = s(r) (gradient(rows of a rank) + update) + c (allreduce(n, r; link within a host) + allreduce(n, h; link between hosts))
///
/// where n is the bytes of a gradient. The slowdown s(r) has two parts: cores that compute at the same time share memory and caches
/// (``contention``), and if there are more ranks than cores, each has its share of a core only. The correction c is what one
/// measured `allreduce` of these ranks took, divided by what the formula says: it has the additions, and the library's own work.
/// An epoch adds a part in proportion to the rows of a rank, which are shuffled, and one in proportion to the parameters.
///
/// Ranks are spread evenly over the hosts of the job that was measured, at least one each. Messages and computing do not overlap.
public struct StepCost: Sendable {
  /// Where ranks are: on a number of hosts, with a number of cores each.
  public struct Placement: Sendable, Equatable {
    /// The number of ranks.
    public var ranks: Int
    /// The number of hosts that have ranks.
    public var hosts: Int
    /// The number of cores of the host with the fewest.
    public var cores: Int

    /// Creates a placement.
    public init(ranks: Int, hosts: Int, cores: Int) {
      (self.ranks, self.hosts, self.cores) = (ranks, hosts, cores)
    }

    /// The number of ranks on the host with the most.
    public var ranksPerHost: Int { (ranks + hosts - 1) / hosts }

    /// Returns the placement of another number of ranks on the same hosts.
    public func with(ranks: Int) -> Placement { Placement(ranks: ranks, hosts: min(hosts, ranks), cores: cores) }
  }

  /// The ranks of the job that was measured.
  public var placement: Placement
  /// The gradient of a number of rows, by one rank alone on its host.
  public var gradient: LinearCost
  /// The optimizer's step, alone.
  public var update: Double
  /// The end of an epoch and the order of the next, for a number of rows, alone.
  public var epoch: LinearCost
  /// How many times as long computing takes if all cores of a host do it, as against one; 1 if it was not measured.
  public var contention: Double
  /// The bytes of a gradient.
  public var bytes: Int
  /// A message between two ranks of a host; nil if no host has two.
  public var local: LinearCost?
  /// A message between two hosts; nil if there is one.
  public var remote: LinearCost?
  /// The way in which gradients are added.
  public var algorithm: AllreduceAlgorithm
  /// The measured time of an `allreduce` divided by that of the formula; 1 if there is one rank.
  public var correction: Double

  /// The parts of the table, and the rows of a step.
  var plan: BatchPlan

  /// The number of parts of the table: more ranks cannot share it.
  public var largestRankCount: Int { plan.partSizes.count }

  /// Returns how many times as long computing takes as on a host whose other cores are idle.
  public func slowdown(_ placement: Placement) -> Double {
    let ranks = placement.ranksPerHost, cores = placement.cores
    let busy = Double(min(ranks, cores) - 1) / Double(max(cores - 1, 1))
    return (1 + (contention - 1) * busy) * Swift.max(1, Double(ranks) / Double(cores))
  }

  /// Sets ``contention`` by the time of these ranks together, divided by that of one alone.
  mutating func setContention(ratio: Double) {
    let cores = placement.cores, busy = min(placement.ranksPerHost, cores)
    guard busy > 1 else { return }
    let shared = ratio / max(1, Double(placement.ranksPerHost) / Double(cores))
    contention = max(1, 1 + (shared - 1) * Double(cores - 1) / Double(busy - 1))
  }

  /// Returns the seconds of one `allreduce` of a gradient; nil if a link that it needs was not measured.
  public func allreduce(ranks: Int) -> Double? {
    let placement = placement.with(ranks: ranks)
    var seconds = 0.0
    for (count, link) in [(placement.ranksPerHost, local), (placement.hosts, remote)] where count > 1 {
      guard let link else { return nil }
      seconds += algorithm.seconds(bytes: bytes, ranks: count, link: link)
    }
    return correction * seconds
  }

  /// Returns the seconds of one step; nil if a link that it needs was not measured, or the table has fewer parts than ranks.
  public func step(ranks: Int) -> Double? {
    guard let rows = rows(ranks: ranks), let allreduce = allreduce(ranks: ranks) else { return nil }
    return slowdown(placement.with(ranks: ranks)) * (gradient.seconds(Double(rows.step)) + update) + allreduce
  }

  /// Returns the seconds of one epoch; nil where ``step(ranks:)`` is.
  public func epoch(ranks: Int) -> Double? {
    guard let rows = rows(ranks: ranks), let step = step(ranks: ranks) else { return nil }
    return Double(plan.stepsPerEpoch) * step
      + slowdown(placement.with(ranks: ranks)) * epoch.seconds(Double(rows.epoch))
  }

  /// Returns the fewest of some numbers of ranks whose epoch takes at most a tenth longer than the shortest; nil if none is known.
  public func recommendation(among counts: [Int]) -> Int? {
    let epochs = counts.sorted().compactMap { count in epoch(ranks: count).map { (count, $0) } }
    guard let shortest = epochs.map(\.1).min() else { return nil }
    return epochs.first { $0.1 <= 1.1 * shortest }?.0
  }

  /// The most rows that a rank computes in a step, and that it has; nil if there are more ranks than parts.
  private func rows(ranks: Int) -> (step: Int, epoch: Int)? {
    let count = plan.partSizes.count
    guard (1...count).contains(ranks) else { return nil }
    let parts = (0..<ranks).map { $0 * count / ranks..<($0 + 1) * count / ranks }
    return (
      parts.map { plan.largestCount(parts: $0) }.max() ?? 0, parts.map { plan.partSizes[$0].reduce(0, +) }.max() ?? 0
    )
  }
}
