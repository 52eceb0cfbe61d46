import MicrogradData
import MicrogradEngine
import MicrogradNetworks
import MicrogradTabular
import MicrogradTestSupport
import MicrogradTraining
import Testing

@testable import MicrogradModels

@Suite struct TabularTrainerTests {
  /// Two moons as a table with names for the classes, and a category that says nothing.
  private func moons(_ count: Int = 200) -> Table {
    let moons = makeMoons(samples: count, noise: 0.1, seed: 42)
    return Table([
      .init("x", numbers: moons.inputs.map { $0[0] }), .init("y", numbers: moons.inputs.map { $0[1] * 1000 + 5 }),
      .init("day", texts: moons.indices.map { ["Mon", "Tue", ""][$0 % 3] }),
      .init("moon", texts: moons.labels.map { $0 == 1 ? "lower" : "upper" }),
    ])
  }

  @Test func learnsClasses() throws {
    let (training, test) = try moons().split(testFraction: 0.2, target: "moon", seed: 1)
    let (model, history) = try TabularTrainer(hidden: [16], seed: 3).fit(training, target: "moon")
    let evaluation = try model.evaluate(test)
    #expect(evaluation["accuracy"] ?? 0 >= 0.95, "\(evaluation)")
    #expect(evaluation.scores[0].baseline == 0.5 && evaluation.rowCount == 40 && test.rowCount == 40)
    #expect(evaluation.confusion?.labels == ["lower", "upper"])
    #expect(model.pipeline.inputCount == 5 && model.layers.map(\.outputCount) == [16, 1])
    let record = try #require(model.record)
    #expect(record.rowCount == 144 && record.validationCount == 16 && record.classCounts == [72, 72], "\(record)")
    #expect(record.epochCount == history.epochs.count && record.bestEpoch == history.best! + 1)

    let again = try TabularTrainer(hidden: [16], seed: 3).fit(training, target: "moon").model
    #expect(try again.predict(test) == model.predict(test), "the same seed makes the same model")
    let other = try TabularTrainer(hidden: [16], seed: 4).fit(training, target: "moon").model
    #expect(try other.predict(test) != model.predict(test))
  }

  /// y = 1000·a - 50·b, up to noise: the prediction is in the unit of y.
  @Test(arguments: [Loss.meanSquaredError, .meanAbsoluteError, .huber()])
  func learnsNumbers(loss: Loss) throws {
    var random = SplitMix(seed: 7)
    let a = (0..<300).map { _ in Double.random(in: 0...1, using: &random) }
    let b = (0..<300).map { _ in Double.random(in: 0...100, using: &random) }
    let y = zip(a, b).map { 1000 * $0 - 50 * $1 + Double.random(in: -5...5, using: &random) }
    let table = Table([.init("a", numbers: a), .init("b", numbers: b), .init("y", numbers: y)])
    let (training, test) = try table.split(testFraction: 0.2, target: "y", seed: 1)
    let model = try TabularTrainer(hidden: [], loss: loss, weightDecay: 0, seed: 1).fit(training, target: "y").model
    let evaluation = try model.evaluate(test)
    #expect(evaluation["R²"] ?? 0 > 0.999, "\(loss.name): \(evaluation)")
    #expect(evaluation["root mean squared error"] ?? .infinity < 20, "\(loss.name): \(evaluation)")
    #expect(evaluation.scores.map { $0.baseline != nil } == [true, true, true] && evaluation.confusion == nil)
  }

  /// Means and deviations are those of the rows that are trained on: neither of those that validate nor of those that test.
  @Test func preprocessingComesFromTheTrainingRowsAlone() throws {
    let table = moons()
    let (training, _) = try table.split(testFraction: 0.25, target: "moon", seed: 9)
    let model = try TabularTrainer(hidden: [2], epochs: 1, validationShare: 0.25, seed: 9).fit(
      training, target: "moon"
    ).model
    let (rows, _) = try training.split(testFraction: 0.25, target: "moon", seed: 9)
    #expect(model.pipeline == (try Pipeline(learning: rows, target: "moon")))
    #expect(model.pipeline != (try Pipeline(learning: training, target: "moon")))
  }

  /// 180 rows of one class and 20 of the other, which overlap: balanced, the rare class is found more often.
  @Test func balancedClasses() throws {
    var random = SplitMix(seed: 3)
    let isRare = (0..<200).map { $0 % 10 == 0 }
    let x = isRare.map { Double.random(in: -1...1, using: &random) + ($0 ? 0.8 : 0) }
    let table = Table([.init("x", numbers: x), .init("class", texts: isRare.map { $0 ? "rare" : "common" })])
    func recall(_ balances: Bool) throws -> Double {
      let trainer = TabularTrainer(hidden: [], balancesClasses: balances, epochs: 60, validationShare: 0, seed: 1)
      return try trainer.fit(table, target: "class").model.evaluate(table)["recall"] ?? .nan
    }
    let plain = try recall(false), balanced = try recall(true)
    #expect(plain < 0.3 && balanced > 0.7, "recall of the rare class: \(plain), balanced \(balanced)")
  }

  /// The factors n / (classes · n of the class), by hand.
  @Test func weightsOfTheLoss() throws {
    let score = Value(0.3)
    for label in [0, 1] {
      let weighted = Loss.binaryCrossEntropy.weighted(byClass: [0.25, 4])([score], [Value(Double(label))])
      let plain = binaryCrossEntropy(logit: score, target: Double(label))
      expectClose(weighted.data, [0.25, 4][label] * plain.data, "label \(label)")
    }
    let scores = [0.3, -1, 2].map { Value($0) }
    for label in 0..<3 {
      let targets = (0..<3).map { Value($0 == label ? 1 : 0) }
      let weighted = Loss.softmaxCrossEntropy.weighted(byClass: [2, 3, 5])(scores, targets)
      expectClose(
        weighted.data, [2, 3, 5][label] * softmaxCrossEntropy(logits: scores, label: label).data, "label \(label)")
    }
  }

  @Test func crossValidation() throws {
    let trainer = TabularTrainer(hidden: [8], epochs: 60, seed: 2)
    var reported: [Int] = []
    let result = try trainer.crossValidate(moons(100), target: "moon", folds: 4) { number, _ in
      reported.append(number)
    }
    #expect(reported == [1, 2, 3, 4] && result.evaluations.map(\.rowCount) == [25, 25, 25, 25])
    let accuracies = result.evaluations.compactMap { $0["accuracy"] }, mean = accuracies.reduce(0, +) / 4
    expectClose(result.mean("accuracy") ?? .nan, mean, "mean")
    let variance = accuracies.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 4
    expectClose(result.deviation("accuracy") ?? .nan, variance.squareRoot(), "deviation")
    #expect(result.mean("nonsense") == nil && mean > 0.8)
    let fold = try moons(100).folds(4, target: "moon", seed: 2)[2]
    #expect(try trainer.fit(fold.training, target: "moon").model.evaluate(fold.test) == result.evaluations[2])
  }

  @Test func settingsThatMakeNoSense() throws {
    func error(_ change: (inout TabularTrainer) -> Void) throws -> String {
      var trainer = TabularTrainer(epochs: 1)
      change(&trainer)
      let error = try #require(throws: (any Error).self) { try trainer.fit(moons(), target: "moon") }
      return "\(error)"
    }
    #expect(try error { $0.hidden = [3, 0] } == "a hidden layer of 0 neurons: at least one is needed")
    #expect(try error { $0.validationShare = 1 }.hasPrefix("a share of 1.0 of the rows for validation"))
    #expect(
      try error { $0.activation = Activation("own") { $0 } }.hasPrefix(
        "the activation own is a function of the user's own")
    )
    #expect(try error { $0.loss = .huber() } == "the target has classes, and Huber loss is a loss of numbers")
    #expect(try error { $0.epochs = 0 }.hasPrefix("0 epochs"))
    #expect(try error { $0.epochs = .max }.contains("a thousand million are the most"))
    #expect(try error { $0.batchSize = 0 }.hasPrefix("batches of 0 samples"))
    #expect(try error { $0.batchSize = .min }.hasPrefix("batches of -9223372036854775808 samples"))
    #expect(try error { $0.patience = 0 }.hasPrefix("patience for 0 epochs"))
    #expect(try error { $0.learningRate = .nan }.hasPrefix("the learning rate of step 1 is nan"))
    #expect(try error { $0.weightDecay = -1 }.contains("weight decay -1"))
    #expect(try error { $0.excludedColumns = ["nonsense"] }.hasPrefix("line 1: there is no column \"nonsense\""))
    #expect(try error { $0.problem = .regression }.contains("is not a number"))
    let few = Table([.init("x", numbers: [1, 2, 3]), .init("y", texts: ["a", "a", "b"])])
    let single = try #require(throws: SplitError.self) { try TabularTrainer().fit(few, target: "y") }
    #expect(single.description.contains("only one"), "\(single)")
  }
}
