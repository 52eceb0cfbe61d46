import MicrogradJSON
import MicrogradNetworks
import MicrogradTestSupport
import MicrogradTraining
import Testing

@testable import MicrogradPlayground

/// A program that trains with `Trainer` gets what the playground shows.
struct TrainerAgreementTests {
  /// The loss of the same samples for `Trainer`; nil where it has none of this kind.
  private func loss(of settings: PlaygroundSettings) -> Loss? {
    switch settings.loss {
    case .crossEntropy: settings.outputs == 1 ? .binaryCrossEntropy : .softmaxCrossEntropy
    case .hinge: settings.outputs == 1 ? .hingeLoss : nil
    case .squaredError: .meanSquaredError
    case .absoluteError: .meanAbsoluteError
    case .huber: .huber()
    case .sigmoidInside:
      settings.outputs == 1 ? Loss("σ inside") { squaredError($0[0].sigmoid(), $1[0]) } : nil
    case .sigmoidOutside: nil
    }
  }

  private func trainer(_ settings: PlaygroundSettings, _ loss: Loss, count: Int, epochs: Int) -> Trainer {
    Trainer(
      loss: loss, epochs: epochs, batchSize: settings.batch == 0 ? count : settings.batch,
      optimizer: settings.optimizer.updateRule, schedule: settings.rate, seed: settings.network.seed)
  }

  @Test("The parameters are those of `Trainer` with the same data, seed, batches, optimizer and schedule")
  func parameters() throws {
    let seed = newSeed(), epochs = 3
    var random = RandomSettings(seed: seed), count = 0
    for _ in 0..<80 {
      let json = random.next(isTame: true), settings = try PlaygroundSettings(json)
      guard let loss = loss(of: settings), settings.l1 == 0, settings.l2 == 0, settings.rate(0) > 0,
        // Divided by less, Adam would make a step of what rounding leaves of a gradient that is 0.
        settings.optimizer.rule == .sgd || settings.optimizer.epsilon > 1e-5
      else { continue }
      let session = PlaygroundSession(settings), model = MLP(copying: session.model), points = session.data.training
      session.train(epochs * session.stepsPerEpoch)
      let targets: Targets =
        loss.hasClasses ? .labels(points.map { Int($0.target) }) : .numbers(points.map { [$0.target] })
      try model.fit(
        points.map { [$0.x, $0.y] }, targets,
        with: trainer(settings, loss, count: points.count, epochs: epochs))
      for (index, (got, expected)) in zip(session.parameters, model.parameters).enumerated() {
        #expect(
          abs(got.data - expected.data) <= 1e-9 * max(1, abs(expected.data)),
          "seed \(seed), parameter \(index): got \(got.data), expected \(expected.data) for \(json.description)")
      }
      count += 1
    }
    #expect(count > 10, "seed \(seed): only \(count) settings could be compared")
  }
}
