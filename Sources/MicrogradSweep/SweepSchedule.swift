/// The trials of a sweep: those to be run, those under way, and the results.
///
/// Trials are handed out in the order of their indices, and which ones there are does not depend on the order in which
/// results arrive: a rung of successive halving begins when the one before it is complete.
///
/// ```swift
/// var schedule = try SweepSchedule(sweep)
/// while let trial = schedule.next() { schedule.finish(TrialResult(running: trial, objective)) }
/// ```
public struct SweepSchedule: Sendable {
  /// The sweep.
  public let sweep: Sweep
  /// The part of the sweep to run; nil: all of it.
  public let shard: Shard?
  /// The number of trials that failed.
  public private(set) var failureCount = 0
  /// The best configuration so far, of those whose trials in a rung are all finished, and their mean score. A later rung
  /// counts more than any score of an earlier one; a failure in it does not.
  public private(set) var best: (configuration: Sweep.Configuration, score: Double)?

  private var bestRung: Int?
  private let rungs: [Sweep.Rung]
  private var rung = 0
  /// The numbers of the configurations in the rung; nil: all.
  private var members: [Int]?
  /// The number of trials in the rungs before, in this shard.
  private var earlierCount = 0
  /// The number of trials in the rung that are not finished.
  private var unfinishedCount = 0
  /// The index from which on no trial was handed out yet.
  private var position = 0
  private var returned: Set<Int> = []
  private var resultsByIndex: [Int: TrialResult] = [:]

  /// Creates the schedule of a sweep, or of a part of it.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - shard: The part of it to run; nil: all of it.
  ///   - finished: Results from before, such as those of a record, in any order. These trials are not run again.
  /// - Throws: ``SweepError`` if the sweep makes no sense, successive halving is to be divided into shards, or a result is
  ///   not one of its.
  public init(_ sweep: Sweep, shard: Shard? = nil, finished: [TrialResult] = []) throws(SweepError) {
    try sweep.check()
    if shard != nil, case .halving = sweep.search {
      throw SweepError(
        "successive halving compares all configurations of a rung, so it has no shards: use threads or MPI")
    }
    self.sweep = sweep
    self.shard = shard
    rungs = sweep.rungs
    unfinishedCount = rungTrialCount
    for result in finished.sorted(by: { $0.trial.index < $1.trial.index }) where !finish(result) {
      throw SweepError(
        resultsByIndex[result.trial.index] == nil
          ? "trial \(result.trial.index) (\(result.trial.configuration)) is none of this sweep"
          : "trial \(result.trial.index) has two results")
    }
  }

  /// Returns the next trial to run; nil if there is none now: wait for results, unless the schedule ``isFinished``.
  public mutating func next() -> Trial? {
    if let index = returned.min() {
      returned.remove(index)
      return trial(index)
    }
    let end = rungs[rung].start + memberCount * sweep.seeds
    while position < end {
      let index = position
      position += 1
      if isPlanned(index), resultsByIndex[index] == nil { return trial(index) }
    }
    return nil
  }

  /// Takes a trial back that was handed out and will not be finished, since its worker is gone. It is handed out again.
  public mutating func giveBack(_ trial: Trial) {
    if isUnfinished(trial) { returned.insert(trial.index) }
  }

  /// Takes a result.
  ///
  /// - Returns: Whether it is new. The result of a trial that is finished already, or none of this sweep, is dropped.
  @discardableResult public mutating func finish(_ result: TrialResult) -> Bool {
    let trial = result.trial
    guard isUnfinished(trial) else { return false }
    returned.remove(trial.index)
    resultsByIndex[trial.index] = result
    if result.score == nil { failureCount += 1 }
    noteBest(trial)
    unfinishedCount -= 1
    if unfinishedCount == 0 { climb() }
    return true
  }

  /// Whether all trials are finished.
  public var isFinished: Bool { unfinishedCount == 0 }
  /// The number of trials, finished or not. Of successive halving, it falls if fewer than planned get to the next rung, since
  /// others failed.
  public var plannedCount: Int {
    let later = isFinished ? 0 : rungs[(rung + 1)...].reduce(0) { $0 + min($1.size, memberCount) * sweep.seeds }
    return earlierCount + rungTrialCount + later
  }
  /// The number of trials that are finished.
  public var finishedCount: Int { resultsByIndex.count }
  /// The results, in the order of the trials.
  ///
  /// - Complexity: O(n log n), where n is their number.
  public var results: [TrialResult] { resultsByIndex.values.sorted { $0.trial.index < $1.trial.index } }
}

// MARK: - Trials of the rung

extension SweepSchedule {
  private var memberCount: Int { members?.count ?? rungs[rung].size }

  /// The number of trials in the rung, in this shard.
  private var rungTrialCount: Int {
    let count = memberCount * sweep.seeds
    guard let shard else { return count }
    return count < shard.number ? 0 : (count - shard.number) / shard.count + 1
  }

  private func isPlanned(_ index: Int) -> Bool { shard?.contains(index) ?? true }

  private func isUnfinished(_ trial: Trial) -> Bool {
    let start = rungs[rung].start
    return (start..<start + memberCount * sweep.seeds).contains(trial.index) && isPlanned(trial.index)
      && resultsByIndex[trial.index] == nil && self.trial(trial.index) == trial
  }

  private func trial(_ index: Int) -> Trial {
    let (place, repetition) = (index - rungs[rung].start).quotientAndRemainder(dividingBy: sweep.seeds)
    return Trial(
      index: index, configuration: sweep.configuration(members?[place] ?? place), repetition: repetition,
      seed: sweep.seed + UInt32(repetition), rung: rung, budget: rungs[rung].epochs)
  }
}

// MARK: - Scores

extension SweepSchedule {
  /// Returns the mean score of a configuration at a place in the rung; nil if a trial is missing or failed.
  private func mean(atPlace place: Int) -> Double? {
    let start = rungs[rung].start + place * sweep.seeds
    var scores: [Double] = []
    for index in start..<start + sweep.seeds {
      guard let score = resultsByIndex[index]?.score else { return nil }
      scores.append(score.value)
    }
    return scores.mean
  }

  private mutating func noteBest(_ trial: Trial) {
    guard let mean = mean(atPlace: (trial.index - rungs[rung].start) / sweep.seeds) else { return }
    let isFirst = bestRung != rung
    if let best, !isFirst,
      !isBetter((mean, trial.configuration.number), than: (best.score, best.configuration.number))
    {
      return
    }
    best = (trial.configuration, mean)
    bestRung = rung
  }

  private func isBetter(_ one: (score: Double, number: Int), than other: (score: Double, number: Int)) -> Bool {
    if one.score == other.score { return one.number < other.number }
    return sweep.goal.prefers(one.score, to: other.score)
  }

  /// Begins the next rung with the best configurations of this one.
  private mutating func climb() {
    guard rung + 1 < rungs.count else { return }
    var means: [(score: Double, number: Int)] = []
    for place in 0..<memberCount {
      if let mean = mean(atPlace: place) { means.append((mean, members?[place] ?? place)) }
    }
    means.sort { isBetter($0, than: $1) }
    if means.isEmpty { return }
    earlierCount += rungTrialCount
    rung += 1
    members = means.prefix(rungs[rung].size).map(\.number).sorted()
    position = rungs[rung].start
    unfinishedCount = rungTrialCount
  }
}

extension [Double] {
  /// The mean, added from the first to the last; nil of none.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

  /// The standard deviation, divided by the count, as NumPy's; nil of none.
  var deviation: Double? {
    guard let mean else { return nil }
    return map { ($0 - mean) * ($0 - mean) }.mean?.squareRoot()
  }
}
