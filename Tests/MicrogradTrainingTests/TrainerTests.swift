import Foundation
import MicrogradCompiler
import MicrogradData
import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

import MicrogradTraining

@Suite struct TrainerTests {
  let moons = makeMoons(samples: 60, noise: 0.1, seed: 42)

  /// Batches of 16 of 60 samples, so that the last one is smaller, by hand with values, in the same order.
  @Test func takesTheStepsOfALoopByHand() throws {
    let model = MLP(2, [5, 1], seed: 3), byHand = MLP(2, [5, 1], seed: 3)
    let schedule = Schedule.linear(from: 0.2, to: 0.01, over: 10)
    let trainer = Trainer(
      loss: .hingeLoss, epochs: 3, batchSize: 16, optimizer: .sgd(momentum: 0.9), schedule: schedule, seed: 11)
    let history = try model.fit(moons.inputs, .labels(moons.labels), with: trainer)

    var random = PythonRandom(seed: 11), order = Array(moons.indices), losses: [Double] = []
    var optimizer = SGD(byHand.parameters, learningRate: 0, momentum: 0.9), step = 0
    for _ in 0..<3 {
      random.shuffle(&order)
      var total = 0.0
      for start in stride(from: 0, to: 60, by: 16) {
        let batch = order[start..<min(start + 16, 60)]
        let loss = batch.map { hingeLoss(byHand(moons.inputs[$0])[0], label: moons.labels[$0] == 1 ? 1 : -1) }.mean()
        optimizer.zeroGrad()
        loss.backward()
        optimizer.learningRate = schedule(step)
        optimizer.step()
        step += 1
        total += loss.data * Double(batch.count)
      }
      losses.append(total / 60)
    }
    expectClose(history.losses, losses, "losses")
    expectClose(model.parameters.map(\.data), byHand.parameters.map(\.data), "parameters")
    #expect(history.rates == [0, 4, 8].map { schedule($0) })
    let correct = zip(moons.inputs, moons.labels).count { (byHand($0)[0].data > 0) == ($1 == 1) }
    #expect(history.accuracies.last == Double(correct) / 60)
    #expect(!history.isStoppedEarly && history.seconds > 0)
  }

  @Test(arguments: [Precision.double, .float])
  func learns(precision: Precision) throws {
    let losses: [(Loss, outputs: Int)] = [(.hingeLoss, 1), (.binaryCrossEntropy, 1), (.softmaxCrossEntropy, 2)]
    for (loss, outputs) in losses {
      let model = MLP(2, [16, outputs], seed: 1)
      let history = try model.fit(
        moons.inputs, .labels(moons.labels),
        with: Trainer(loss: loss, epochs: 150, batchSize: 20, schedule: .constant(0.03), precision: precision))
      let accuracy = history.accuracies.last ?? 0
      #expect(accuracy >= 0.98, "\(loss.name), \(precision): got accuracy \(accuracy) after \(history)")
      #expect(history.losses.last! < history.losses[0] / 3, "\(loss.name), \(precision): got \(history)")
    }
  }

  @Test func lossesAreThoseOfTheNetworks() {
    for (z, t) in [(0.5, 1.0), (-2, 0), (40, 1), (-800, 0), (3, 0.25)] {
      let outputs = [Value(z)]
      expectGradients(
        Loss.binaryCrossEntropy(outputs, [Value(t)]), binaryCrossEntropy(logit: outputs[0], target: t), outputs,
        "binary cross-entropy of \(z), \(t)")
      let label = t > 0.5 ? 1.0 : -1
      expectGradients(
        Loss.hingeLoss(outputs, [Value(label)]), hingeLoss(outputs[0], label: label), outputs,
        "hinge loss of \(z), \(label)")
    }
    let outputs = [1.5, -0.5, 800].map { Value($0) }
    expectGradients(
      Loss.softmaxCrossEntropy(outputs, [0, 1, 0]), softmaxCrossEntropy(logits: outputs, label: 1), outputs,
      "softmax cross-entropy")
    expectGradients(
      Loss.meanSquaredError(outputs, [1, 2, 3]), meanSquaredError(outputs, [1, 2, 3]), outputs, "mean squared error")
  }

  @Test func stopsEarlyAndGoesBackToTheBest() throws {
    // What is learned is wrong for these, so that their loss rises sooner or later.
    let wrong = Trainer.Validation.samples(moons.inputs, .labels(moons.labels.map { 1 - $0 }))
    func trainer(epochs: Int, patience: Int?) -> Trainer {
      Trainer(loss: .hingeLoss, epochs: epochs, batchSize: 60, validation: wrong, patience: patience, seed: 4)
    }
    let model = MLP(2, [6, 1], seed: 8)
    let history = try model.fit(moons.inputs, .labels(moons.labels), with: trainer(epochs: 300, patience: 3))
    let best = try #require(history.best)
    #expect(
      history.isStoppedEarly && history.epochs.count == best + 4, "best \(best), \(history.epochs.count) epochs")
    #expect(history.validationLosses.min() == history.validationLosses[best])

    let other = MLP(2, [6, 1], seed: 8)
    try other.fit(moons.inputs, .labels(moons.labels), with: trainer(epochs: best + 1, patience: nil))
    expectClose(model.parameters.map(\.data), other.parameters.map(\.data), "parameters of the best epoch")
  }

  @Test func keepsAShareForValidation() throws {
    var reports: [History] = []
    var trainer = Trainer(
      loss: .softmaxCrossEntropy, epochs: 3, validation: .share(0.25), seed: 2,
      progress: .function { reports.append($0) })
    let model = MLP(2, [4, 2], seed: 1)
    let history = try model.fit(moons.inputs, .labels(moons.labels), with: trainer)
    #expect(reports.map(\.epochs.count) == [1, 2, 3] && reports.last == history)
    // 15 validate and 45 are trained on: the accuracies are such fractions.
    for (accuracy, count) in [(history.accuracies[2], 45.0), (history.validationAccuracies[2], 15)] {
      #expect((accuracy * count - (accuracy * count).rounded()).magnitude < 1e-9, "\(accuracy) of \(count)")
    }
    trainer.progress = .none
    let again = try MLP(2, [4, 2], seed: 1).fit(moons.inputs, .labels(moons.labels), with: trainer)
    #expect(again.losses == history.losses && again.validationLosses == history.validationLosses)
    let decoded = try JSONDecoder().decode(History.self, from: try JSONEncoder().encode(history))
    #expect(decoded == history)
  }

  @Test func trainsModelsAndLossesOfOnesOwn() throws {
    struct Line: Module {
      let slope = Value(0), offset = Value(0)
      var parameters: [Value] { [slope, offset] }
    }
    let line = Line(), xs = (0..<21).map { [Double($0) / 10 - 1] }
    let trainer = Trainer(
      loss: Loss("squared error") { ($0[0] - $1[0]).squared() }, epochs: 200, batchSize: 7, optimizer: .sgd(),
      schedule: .constant(0.1))
    let history = try line.fit(xs, .numbers(xs.map { [3 * $0[0] - 2] }), with: trainer) {
      [line.slope * $0[0] + line.offset]
    }
    expectClose([line.slope.data, line.offset.data], [3, -2], "slope and offset")
    #expect(history.accuracies.isEmpty)
  }

  @Test func givesUpWhenTheLossExplodes() throws {
    let model = MLP(2, [4, 1], seed: 1)
    let error = #expect(throws: ProgramError.self) {
      try model.fit(
        moons.inputs, .numbers(moons.labels.map { [Double($0)] }),
        with: Trainer(loss: .meanSquaredError, optimizer: .sgd(), schedule: .constant(1e9)))
    }
    #expect(error?.description.contains("Lower the rate") ?? false, "got \(error?.description ?? "")")
    let isFinite = model.parameters.allSatisfy { $0.data.isFinite }
    #expect(isFinite, "got \(model.parameters.map(\.data))")
  }

  @Test func saysWhatIsWrong() {
    let xs = [[1.0, 2], [3, 4]], labels = Targets.labels([0, 1])
    expectError("there are no samples", [], .labels([]))
    expectError("training sample 2 has 1 number; the model takes 2", [[1, 2], [3]], labels)
    expectError("number 2 of training sample 1 is nan", [[1, .nan], [3, 4]], labels)
    expectError("2 training samples with targets for 1", xs, .labels([0]))
    expectError("the label of training sample 2 is 2; labels are 0 (or -1) and 1", xs, .labels([0, 2]))
    let softmax = Trainer(loss: .softmaxCrossEntropy)
    expectError("labels are 0 to 1, one for each output", xs, .labels([0, 2]), softmax, outputs: 2)
    expectError("softmax cross-entropy of one output is always 0", xs, .labels([0, 0]), softmax)
    expectError("has no classes", xs, labels, Trainer(loss: .meanSquaredError))
    expectError(
      "has 2 numbers; mean squared error", xs, .numbers([[1, 2], [3, 4]]), Trainer(loss: .meanSquaredError))
    expectError(
      "number 1 of the target of training sample 2 is inf", xs, .numbers([[1], [.infinity]]),
      Trainer(loss: .meanSquaredError))
    expectError("tells two classes apart by one output", xs, labels, outputs: 2)
    expectError("0 epochs", xs, labels, Trainer(loss: .hingeLoss, epochs: 0))
    expectError("batches of 0", xs, labels, Trainer(loss: .hingeLoss, batchSize: 0))
    expectError("patience for 0", xs, labels, Trainer(loss: .hingeLoss, patience: 0))
    expectError("between 0 and 1", xs, labels, Trainer(loss: .hingeLoss, validation: .share(1)))
    expectError("leaves none", xs, labels, Trainer(loss: .hingeLoss, validation: .share(0.1)))
    for rate in [-0.1, .nan, .infinity] {
      expectError(
        "the learning rate of step 1 is \(rate)", xs, labels, Trainer(loss: .hingeLoss, schedule: .constant(rate)))
    }
    expectError(
      "the learning rate of step 3 is -0.5", xs, labels,
      Trainer(loss: .hingeLoss, epochs: 4, schedule: .linear(from: 0.5, to: -0.5, over: 2)))
    expectError("the learning rate is 0 in every step", xs, labels, Trainer(loss: .hingeLoss, schedule: .constant(0)))
    expectError("momentum", xs, labels, Trainer(loss: .hingeLoss, optimizer: .sgd(momentum: -1)))
    expectError("epsilon", xs, labels, Trainer(loss: .hingeLoss, optimizer: .adam(epsilon: -1)))
    expectError("weight decay", xs, labels, Trainer(loss: .hingeLoss, optimizer: .adam(weightDecay: .decoupled(-1))))
    expectError(
      "validation sample 1 has 1 number", xs, labels,
      Trainer(loss: .hingeLoss, validation: .samples([[1]], .labels([1]))))
  }

  /// Numbers that a loss is not defined for, which would give a loss below 0 or one that nothing can lower.
  @Test func saysWhichTargetsAreNone() {
    func expect(_ expected: String, _ loss: Loss, _ targets: [[Double]]) {
      expectError(expected, [[1, 2], [3, 4]], .numbers(targets), Trainer(loss: loss), outputs: targets[0].count)
    }
    expect(
      "sample 2 is 5.0: targets of binary cross-entropy must lie between 0 and 1", .binaryCrossEntropy, [[1], [5]])
    expect("sample 1 is -0.1: targets of binary", .binaryCrossEntropy, [[-0.1], [1]])
    expect("sample 2 is 0.0: targets of hinge loss must be -1 or 1", .hingeLoss, [[1], [0]])
    expect(
      "sample 2 is 1.0, 1.0: targets of softmax cross-entropy must be", .softmaxCrossEntropy, [[0.5, 0.5], [1, 1]])
    expect("sample 1 is -1.0, 2.0: targets of softmax", .softmaxCrossEntropy, [[-1, 2], [0, 1]])
  }

  /// A schedule may warm up from 0 and end there.
  @Test func ratesMayBeginAndEndAtZero() throws {
    for schedule in [Schedule.linear(from: 0, to: 0.1, over: 3), .cosine(from: 0.1, to: 0, over: 3)] {
      let trainer = Trainer(loss: .hingeLoss, epochs: 5, batchSize: 60, schedule: schedule)
      #expect(try MLP(2, [3, 1], seed: 1).fit(moons.inputs, .labels(moons.labels), with: trainer).epochs.count == 5)
    }
  }

  // MARK: Helping

  private func expectError(
    _ expected: String, _ inputs: [[Double]], _ targets: Targets, _ trainer: Trainer = Trainer(loss: .hingeLoss),
    outputs: Int = 1
  ) {
    let error = #expect(throws: ProgramError.self, "expected \(expected)") {
      try MLP(2, [outputs], seed: 1).fit(inputs, targets, with: trainer)
    }
    #expect(error?.description.contains(expected) ?? false, "got \(error?.description ?? ""), expected \(expected)")
  }

  private func expectClose(_ got: [Double], _ expected: [Double], _ what: String) {
    let isClose = got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-9 }
    #expect(isClose, "\(what): got \(got), expected \(expected)")
  }

  private func expectGradients(_ got: Value, _ expected: Value, _ inputs: [Value], _ what: String) {
    func gradients(_ value: Value) -> [Double] {
      for input in inputs { input.grad = 0 }
      value.backward()
      return [value.data] + inputs.map(\.grad)
    }
    expectClose(gradients(got), gradients(expected), what)
  }
}
