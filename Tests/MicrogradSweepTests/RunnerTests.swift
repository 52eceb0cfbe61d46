import MicrogradData
import MicrogradNetworks
import MicrogradTraining
import Synchronization
import Testing

@testable import MicrogradSweep

@Suite struct RunnerTests {
  private static let moons = makeMoons(samples: 40, noise: 0.2, seed: 1)

  private static let training = TrainerObjective(moons.inputs, .labels(moons.labels)) { trial in
    MLP(2, [try trial.configuration.integer("width"), 1], seed: Int(trial.seed))
  } trainer: { trial in
    Trainer(
      loss: .binaryCrossEntropy, epochs: 4, batchSize: 8, schedule: .constant(try trial.configuration.number("rate")),
      validation: .share(0.25), patience: 2, seed: Int(trial.seed), threads: nil)
  }

  private static let parameters: [Sweep.Parameter] = [
    .init("rate", .numbers(from: 0.003, to: 0.3, scale: .logarithmic, points: 2)), .init("width", .choices([2, 5])),
  ]

  /// Trainings have the same numbers, to the last bit, however many there are at once.
  @Test(arguments: [
    Sweep(parameters, seeds: 2),
    Sweep(parameters, search: .halving(configurations: 6, fromEpochs: 1, toEpochs: 4, factor: 2), seeds: 2),
  ])
  func workersDoNotChangeResults(_ sweep: Sweep) throws {
    var texts: Set<String> = []
    for workers in [1, 2, 4, 1000] {
      let results = try sweep.run(on: ThreadRunner(workers: workers)) { try Self.training($0) }
      #expect(results.failures.isEmpty && results.missing.isEmpty)
      texts.insert(results.csv() + results.json() + results.text())
    }
    #expect(texts.count == 1, "\(texts)")
  }

  /// The objective is the training that it says it is.
  @Test func trialsAreTrainings() throws {
    let results = try Sweep(Self.parameters, seed: 3).run { try Self.training($0) }
    for result in results.trials {
      let model = MLP(2, [try result.trial.configuration.integer("width"), 1], seed: 3)
      let history = try model.fit(
        Self.moons.inputs, .labels(Self.moons.labels),
        with: Trainer(
          loss: .binaryCrossEntropy, epochs: 4, batchSize: 8,
          schedule: .constant(try result.trial.configuration.number("rate")), validation: .share(0.25), patience: 2,
          seed: 3))
      #expect(result.score?.value == history.validationLosses.min())
    }
    let best = try #require(results.trials.min { ($0.score?.value ?? 0) < ($1.score?.value ?? 0) })
    #expect(results.best?.configuration == best.trial.configuration)
  }

  @Test func workersHaveLimits() {
    for workers in [0, -1, .min, 10_000, .max] {
      #expect(throws: SweepError.self, "\(workers)") {
        _ = try SampleSweeps.grid.run(on: ThreadRunner(workers: workers), objective: SampleSweeps.score)
      }
    }
  }

  @Test func failuresAreOfOneTrial() throws {
    let results = try Sweep([.init("x", .choices([1, 2, 3]))], seeds: 2).run { (trial: Trial) in
      let x = try trial.configuration.number("x")
      if x == 1, trial.repetition == 1 { throw SweepError("one") }
      return x == 2 ? .nan : x
    }
    #expect(results.failures.map(\.failure) == ["one", "the score is nan", "the score is nan"])
    #expect(results.configurations.map(\.configuration.number) == [2, 0, 1])
    #expect(results.configurations.map(\.mean) == [3, 1, nil])
    #expect(results.best?.scores == [3, 3])
    #expect(results.text().contains("3 trials failed:\ntrial 1 (x 1; seed 1): one\n"), "\(results.text())")
  }

  @Test func allFailuresAreAnError() {
    let sweep = Sweep([.init("x", .choices([1, 2]))])
    let error = #expect(throws: SweepError.self) {
      _ = try sweep.run { (_: Trial) -> Double in throw SweepError("the table is missing") }
    }
    #expect(error?.description == "all of 2 trials failed, the first one (x 1) because: the table is missing")
  }

  private struct Stop: Error {}

  /// An error of the progress ends the sweep: no trial is begun after it.
  @Test func sweepsCanBeEnded() {
    let begun = Atomic(0)
    var reports = 0
    #expect(throws: Stop.self) {
      _ = try SampleSweeps.grid.run(
        on: ThreadRunner(workers: 2),
        progress: .function { _ in
          reports += 1
          if reports == 5 { throw Stop() }
        }
      ) { trial in
        begun.add(1, ordering: .relaxed)
        return try SampleSweeps.score(trial)
      }
    }
    #expect(reports == 5)
    #expect((5...6).contains(begun.load(ordering: .relaxed)), "\(begun.load(ordering: .relaxed)) trials")
  }

  @Test func progressCounts() throws {
    var states: [SweepStatus] = []
    let results = try SampleSweeps.grid.run(
      on: ThreadRunner(workers: 1), progress: .function { states.append($0) }, objective: SampleSweeps.score)
    #expect(states.map(\.finishedCount) == Array(1...24))
    #expect(states.allSatisfy { $0.plannedCount == 24 && $0.secondsLeft >= 0 })
    #expect(states.last?.best?.configuration == results.best?.configuration)
    #expect(states.last?.secondsLeft == 0 && states.first?.best == nil)
    let text = SweepStatus(
      finishedCount: 12, plannedCount: 48, failureCount: 1, best: (SampleSweeps.grid.configuration(0), 0.0123456),
      seconds: 30, secondsLeft: 79.5
    ).description
    #expect(
      text == "12 of 48 trials, 1 failed, 1 min 20 s left  best 0.012346: rate 0.001, width 8, depth 1", "got \(text)"
    )
  }

  /// Ten lines, since standard error is no terminal here.
  @Test func progressIsWritten() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      _ = try SampleSweeps.grid.run(
        on: ThreadRunner(workers: 1), progress: .standardError, objective: SampleSweeps.score)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").filter { $0.contains(" of 24 trials") }
    #expect(lines.count == 10 && lines.first?.hasPrefix("3 of 24 trials, ") ?? false, "\(text)")
    #expect(lines.last?.hasPrefix("24 of 24 trials") ?? false, "\(text)")
  }

  /// Objectives recurse as deep as on the main thread, and deeper.
  @Test func stacksAreLarge() throws {
    @Sendable func depth(_ count: Int) -> Int { count == 0 ? 0 : 1 + depth(count - 1) }
    _ = try Sweep([]).run { (_: Trial) in Double(depth(100_000)) }
  }
}
