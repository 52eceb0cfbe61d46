import Micrograd
import Testing

@Suite struct TrainerTests {
  private let data = makeMoons(samples: 60, noise: 0.1, seed: 42).split(testFraction: 0.25, seed: 1)

  /// A data set is its inputs and labels, for networks, for other models and for validation.
  @Test func takesDatasets() throws {
    let (training, test) = data
    func trainer(_ validation: Trainer.Validation) -> Trainer {
      Trainer(loss: .hingeLoss, epochs: 3, validation: validation)
    }
    let model = MLP(2, [4, 1], seed: 1), same = MLP(2, [4, 1], seed: 1), other = MLP(2, [4, 1], seed: 1)
    let apart = trainer(.samples(test.inputs, .labels(test.labels)))
    let expected = try model.fit(training.inputs, .labels(training.labels), with: apart)
    let histories = [
      try same.fit(training, with: trainer(.samples(test))),
      try other.fit(training, with: apart) { other($0) },
    ]
    for history in histories {
      #expect(history.losses == expected.losses && history.validationLosses == expected.validationLosses)
    }
    #expect(same.parameters.map(\.data) == model.parameters.map(\.data))
  }
}
