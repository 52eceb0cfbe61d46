import MicrogradData
import MicrogradModels
import MicrogradRandom
import MicrogradTabular
import Testing

@testable import MicrogradSweep

@Suite struct TabularObjectiveTests {
  /// Three classes along a line, and a number.
  private static let table: Table = {
    var random = PythonRandom(seed: 4)
    let x = (0..<60).map { _ in random.uniform(0, 3) }, y = (0..<60).map { _ in random.uniform(-1, 1) }
    return Table([
      .init("x", numbers: x), .init("y", numbers: y), .init("class", texts: x.map { ["a", "b", "c"][Int($0)] }),
      .init("sum", numbers: zip(x, y).map { $0 * 2 + $1 }),
    ])
  }()

  private static var trainer: TabularTrainer {
    TabularTrainer(
      hidden: [4], excludedColumns: ["sum"], epochs: 5, batchSize: 16, validationShare: 0.25, patience: 2)
  }

  private static let sweep = Sweep(
    [
      .init("hidden", .choices(["3", "4,2", 0])), .init("activation", .choices(["tanh"])),
      .init("rate", .numbers(from: 0.01, to: 0.1, points: 2)),
    ], seeds: 2, seed: 11)

  private static func run(_ objective: TabularObjective) throws -> SweepResults {
    var sweep = sweep
    sweep.goal = objective.score.goal
    sweep.identity = objective.identity
    try objective.check(sweep)
    return try sweep.run { try objective($0) }
  }

  /// Each trial is the training of a trainer with its settings.
  @Test func trialsAreTrainings() throws {
    let results = try Self.run(try TabularObjective(Self.table, target: "class", trainer: Self.trainer))
    #expect(results.failures.isEmpty && results.trials.count == 12)
    for result in results.trials {
      var trainer = Self.trainer
      trainer.hidden = ["3": [3], "4,2": [4, 2], "0": []][try result.trial.configuration.text("hidden")] ?? [99]
      trainer.activation = .tanh
      trainer.learningRate = try result.trial.configuration.number("rate")
      trainer.seed = result.trial.seed
      let (model, history) = try trainer.fit(Self.table, target: "class")
      #expect(result.score?.value == history.validationLosses.min())
      let rows = try Self.table.split(testFraction: 0.25, target: "class", seed: result.trial.seed).test
      #expect(try result.score?["accuracy"] == model.evaluate(rows)["accuracy"])
      #expect(result.score?["trained epochs"] == Double(history.epochs.count))
    }
  }

  @Test(
    arguments: [
      (TabularScore.accuracy, "class", nil), (.f1, "class", 3), (nil, "class", 3), (.r2, "sum", nil), (nil, "sum", 3),
    ] as [(TabularScore?, String, Int?)])
  func scores(score: TabularScore?, target: String, folds: Int?) throws {
    var trainer = Self.trainer
    if target == "sum" { trainer.excludedColumns = ["class"] }
    let objective = try TabularObjective(Self.table, target: target, trainer: trainer, score: score, folds: folds)
    let results = try Self.run(objective), first = try #require(results.trials.first)
    #expect(results.failures.isEmpty, "\(results.text())")
    #expect(first.score?.value == first.score?[objective.score.name])
    guard let folds else { return }
    #expect(objective.score == score ?? (target == "sum" ? .rootMeanSquaredError : .logLoss))
    let validation = try objective.trainer(for: first.trial).crossValidate(Self.table, target: target, folds: folds)
    #expect(first.score?.value == validation.mean(objective.score.name))
  }

  @Test func halvingTrainsForItsBudgets() throws {
    var sweep = Self.sweep
    sweep.search = .halving(configurations: 4, fromEpochs: 1, toEpochs: 2, factor: 2)
    let objective = try TabularObjective(Self.table, target: "class", trainer: Self.trainer)
    let results = try sweep.run { try objective($0) }
    #expect(results.trials.allSatisfy { $0.score?["trained epochs"] == $0.trial.budget.map { Double($0) } })
  }

  @Test(arguments: [
    ([Sweep.Parameter("width", .choices([1]))], "is none of hidden, activation, rate"),
    ([.init("hidden", .choices(["16,x"]))], #"is "16,x"; it must be whole numbers"#),
    ([.init("hidden", .choices([-1]))], "whole numbers"), ([.init("hidden", .choices(["8,0"]))], "whole numbers"),
    ([.init("hidden", .numbers(from: 1, to: 2))], "whole numbers"),
    ([.init("activation", .choices(["tanh", "rleu"]))], "one of"),
    ([.init("rate", .choices(["fast"]))], "a number"), ([.init("batch", .integers(from: 0, to: 3))], "from 1 on"),
    ([.init("epochs", .choices([1.5]))], "whole number"),
    ([.init("loss", .choices(["huber"]))], "cannot be compared"),
    ([.init("decay", .choices([]))], "nothing to choose"),
  ])
  func unknownSettingsAreRefused(parameters: [Sweep.Parameter], words: String) throws {
    let objective = try TabularObjective(Self.table, target: "class", trainer: Self.trainer)
    let error = #expect(throws: SweepError.self) { try objective.check(Sweep(parameters)) }
    #expect(error?.description.contains(words) ?? false, "got: \(error?.description ?? ""); expected: \(words)")
  }

  @Test func impossibleObjectivesAreRefused() throws {
    let table = Self.table
    func expectError(_ words: String, _ body: () throws -> Void) {
      let error = #expect(throws: SweepError.self) { try body() }
      #expect(error?.description.contains(words) ?? false, "got: \(error?.description ?? ""); expected: \(words)")
    }
    expectError("at least two") { _ = try TabularObjective(table, target: "class", folds: 1) }
    expectError("no row judges") {
      _ = try TabularObjective(table, target: "class", trainer: TabularTrainer(validationShare: 0))
    }
    expectError("no validation loss") {
      _ = try TabularObjective(table, target: "class", score: .validationLoss, folds: 3)
    }
    let accuracy = try TabularObjective(table, target: "class", score: .accuracy)
    expectError("it is maximize") { try accuracy.check(Sweep([])) }
    expectError("leave the parameter “epochs” out") {
      try accuracy.check(
        Sweep(
          [.init("epochs", .choices([1]))], search: .halving(configurations: 3, fromEpochs: 1, toEpochs: 3),
          goal: .maximize))
    }
    expectError("models of “sum” have no accuracy: choose one of") {
      _ = try Sweep([]).run { [score = try TabularObjective(table, target: "sum", score: .accuracy)] in try score($0)
      }
    }
    expectError("all of 1 trial failed") {
      _ = try Sweep([]).run { [score = try TabularObjective(table, target: "none")] in try score($0) }
    }
    #expect(throws: CSVError.self) { _ = try TabularObjective(table, target: "none", folds: 3) }
  }

  @Test func identitiesTellDataAndSettingsApart() throws {
    let objective = try TabularObjective(Self.table, target: "class")
    var texts = [objective.identity]
    texts.append(try TabularObjective(Self.table, target: "sum").identity)
    texts.append(try TabularObjective(Self.table.selecting([1, 0] + Array(2..<60)), target: "class").identity)
    texts.append(try TabularObjective(Self.table, target: "class", trainer: Self.trainer).identity)
    texts.append(try TabularObjective(Self.table, target: "class", score: .accuracy).identity)
    #expect(Set(texts).count == texts.count)
    #expect(try TabularObjective(Self.table, target: "class").identity == objective.identity)
  }
}
