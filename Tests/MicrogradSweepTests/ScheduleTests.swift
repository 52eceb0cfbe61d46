import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradSweep

@Suite struct ScheduleTests {
  @Test func trialsOfAGrid() throws {
    var schedule = try SweepSchedule(Sweep([.init("a", .choices([1, 2]))], seeds: 2, seed: 40))
    var texts: [String] = []
    #expect(schedule.plannedCount == 4)
    while let trial = schedule.next() {
      texts.append("\(trial.index): \(trial.configuration), \(trial.repetition), \(trial.seed)")
    }
    #expect(texts == ["0: a 1, 0, 40", "1: a 1, 1, 41", "2: a 2, 0, 40", "3: a 2, 1, 41"])
    #expect(!schedule.isFinished)
  }

  /// Whoever runs the trials, in whatever order, however often they are given back: the results are the same.
  @Test(arguments: SampleSweeps.all.indices)
  func orderOfArrivalDoesNotMatter(_ number: Int) throws {
    let sweep = SampleSweeps.all[number], expected = try SampleSweeps.results(sweep)
    for _ in 0..<20 {
      let seed = newSeed()
      var random = PythonRandom(seed: seed), schedule = try SweepSchedule(sweep), underWay: [Trial] = [], seen = 0
      while !schedule.isFinished {
        if random.random() < 0.5, let trial = schedule.next() {
          #expect(!underWay.contains(trial), "trial \(trial.index) is handed out twice, seed \(seed)")
          underWay.append(trial)
        } else if !underWay.isEmpty {
          let trial = underWay.remove(at: random.randrange(underWay.count))
          if random.random() < 0.3 {
            schedule.giveBack(trial)
          } else {
            let result = TrialResult(running: trial, SampleSweeps.score)
            let isNew = [schedule.finish(result), schedule.finish(result)]
            #expect(isNew == [true, false], "a second result is dropped")
            schedule.giveBack(trial)
            seen += 1
          }
        }
      }
      let results = try SweepResults(sweep, schedule.results)
      #expect(results.csv() == expected.csv(), "seed \(seed)")
      #expect(results.json() == expected.json(), "seed \(seed)")
      let next = schedule.next()
      #expect(next == nil && underWay.isEmpty)
      #expect(schedule.plannedCount == seen && schedule.finishedCount == seen && seen == expected.trials.count)
      #expect(schedule.best?.configuration == expected.best?.configuration, "seed \(seed)")
      #expect(schedule.best?.score == expected.best?.mean, "seed \(seed)")
      #expect(schedule.failureCount == expected.failures.count)
    }
  }

  /// A worker that was taken for dead finishes after all, before or after another one got its trial.
  @Test func lateResultsAreTakenOnce() throws {
    var schedule = try SweepSchedule(Sweep([], seeds: 2))
    guard let first = schedule.next() else { return #expect(Bool(false), "no trial") }
    schedule.giveBack(first)
    schedule.finish(TrialResult(running: first, SampleSweeps.score))
    let rest = [schedule.next()?.index, schedule.next()?.index]
    #expect(rest == [1, nil])
  }

  @Test func resultsOfOtherSweepsAreDropped() throws {
    var schedule = try SweepSchedule(SampleSweeps.grid), other = try SweepSchedule(SampleSweeps.random)
    guard let foreign = other.next() else { return #expect(Bool(false), "no trial") }
    let result = TrialResult(running: foreign, SampleSweeps.score), isNew = schedule.finish(result)
    #expect(!isNew)
    #expect(throws: SweepError.self) { _ = try SweepSchedule(SampleSweeps.grid, finished: [result]) }
    schedule.giveBack(result.trial)
    let next = [schedule.next()?.index, schedule.next()?.index]
    #expect(next == [0, 1])
  }

  @Test func shardsAreAPartition() throws {
    let sweep = SampleSweeps.grid, expected = try SampleSweeps.results(sweep)
    for count in [1, 2, 5, 16, 100] {
      var results: [TrialResult] = []
      for number in 1...count {
        var schedule = try SweepSchedule(sweep, shard: Shard(number: number, of: count))
        let planned = schedule.plannedCount, before = results.count
        while let trial = schedule.next() {
          #expect(trial.index % count == number - 1)
          results.append(TrialResult(running: trial, SampleSweeps.score))
          schedule.finish(results[results.count - 1])
        }
        #expect(schedule.isFinished && planned == results.count - before, "shard \(number) of \(count)")
      }
      #expect(try SweepResults(sweep, results).csv() == expected.csv(), "\(count) shards")
    }
    #expect(throws: SweepError.self) { _ = try SweepSchedule(SampleSweeps.halving, shard: Shard(number: 1, of: 2)) }
    #expect(throws: SweepError.self) { _ = try Shard(number: 3, of: 2) }
    #expect(throws: SweepError.self) { _ = try Shard(number: 0, of: 0) }
    #expect(try SweepSchedule(sweep, shard: Shard(number: .max, of: .max)).isFinished)
  }
}

@Suite struct HalvingTests {
  /// Nine configurations for one epoch, the best three for three, the best one for nine. The score is |number - 4| at first,
  /// and the other way round later.
  @Test func exampleByHand() throws {
    let sweep = Sweep(
      [.init("x", .numbers(from: 0, to: 1))],
      search: .halving(configurations: 9, fromEpochs: 1, toEpochs: 10, factor: 3))
    var schedule = try SweepSchedule(sweep), trials: [Trial] = []
    #expect(schedule.plannedCount == 13)
    while let trial = schedule.next() {
      trials.append(trial)
      schedule.finish(
        TrialResult(running: trial) { trial in
          let distance = abs(Double(trial.configuration.number) - 4)
          return TrialScore(trial.budget == 1 ? distance : -distance)
        })
    }
    #expect(trials.map(\.index) == Array(0..<13))
    #expect(trials.map(\.configuration.number) == Array(0..<9) + [3, 4, 5] + [3])
    #expect(trials.map(\.budget) == Array(repeating: 1, count: 9) + [3, 3, 3] + [9])
    #expect(trials.map(\.rung) == Array(repeating: 0, count: 9) + [1, 1, 1] + [2])
    let results = try SweepResults(sweep, schedule.results)
    #expect(results.best?.configuration.number == 3 && results.best?.budget == 9)
    #expect(results.configurations.map(\.configuration.number) == [3, 5, 4, 2, 6, 1, 7, 0, 8])
  }

  /// A rung waits for all of its results.
  @Test func rungsWait() throws {
    var schedule = try SweepSchedule(SampleSweeps.halving), trials: [Trial] = []
    while let trial = schedule.next() { trials.append(trial) }
    #expect(trials.count == 26)
    for trial in trials.dropLast() {
      schedule.finish(TrialResult(running: trial, SampleSweeps.score))
      let next = schedule.next()
      #expect(next == nil)
    }
    schedule.finish(TrialResult(running: trials[25], SampleSweeps.score))
    let next = schedule.next()
    #expect(next?.rung == 1)
  }

  @Test func simpleImplementationAgrees() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    for _ in 0..<50 {
      let count = random.randint(1, 40), factor = random.randint(2, 5), first = random.randint(1, 4)
      let sweep = Sweep(
        SampleSweeps.parameters,
        search: .halving(
          configurations: count, fromEpochs: first, toEpochs: first + random.randint(0, 60), factor: factor),
        seeds: random.randint(1, 3), goal: random.choice([.minimize, .maximize]))
      let results = try SampleSweeps.results(sweep)
      #expect(results.trials.map(Outline.init) == Self.outlines(sweep), "\(sweep.search), seed \(seed)")
    }
  }

  private struct Outline: Equatable {
    let number: Int, repetition: Int, epochs: Int?

    init(_ result: TrialResult) {
      (number, repetition) = (result.trial.configuration.number, result.trial.repetition)
      epochs = result.trial.budget
    }
  }

  /// Successive halving in a loop.
  private static func outlines(_ sweep: Sweep) -> [Outline] {
    guard case .halving(let count, var epochs, let last, let factor) = sweep.search else { return [] }
    var numbers = Array(0..<count), outlines: [Outline] = [], size = count, rung = 0
    while epochs <= last, !numbers.isEmpty {
      var means: [(Double, Int)] = []
      for number in numbers {
        let results = (0..<sweep.seeds).map { repetition in
          TrialResult(
            running: Trial(
              index: 0, configuration: sweep.configuration(number), repetition: repetition,
              seed: sweep.seed + UInt32(repetition), rung: rung, budget: epochs), SampleSweeps.score)
        }
        outlines += results.map(Outline.init)
        let scores = results.compactMap { $0.score?.value }
        if scores.count == sweep.seeds { means.append((scores.reduce(0, +) / Double(scores.count), number)) }
      }
      let sign = sweep.goal == .minimize ? 1.0 : -1
      size = max(1, size / factor)
      numbers = means.map { (sign * $0.0, $0.1) }.sorted { $0 < $1 }.prefix(size).map { $0.1 }.sorted()
      epochs *= factor
      rung += 1
    }
    return outlines
  }

  @Test func aRungThatFailsEndsTheSweep() throws {
    var schedule = try SweepSchedule(SampleSweeps.halving)
    while let trial = schedule.next() {
      schedule.finish(TrialResult(running: trial) { _ in throw SweepError("no") })
    }
    #expect(schedule.isFinished && schedule.plannedCount == 26 && schedule.failureCount == 26)
    #expect(try SweepResults(SampleSweeps.halving, schedule.results).best == nil)
  }
}
