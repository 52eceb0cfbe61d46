import Foundation
import Micrograd
import Testing

@testable import MicrogradLab

/// Samples of the user's are taken if the tasks can be done with them, and otherwise refused for a reason that is named.
@Suite struct LabSamplesTests {
  private func refusal(of inputs: [[Double]], labels: [Int]) -> String? {
    do {
      _ = try LabSamples(Dataset(inputs: inputs, labels: labels))
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [-1, 2, -2, 10, .min, .max]) func labelsAre0And1(label: Int) {
    let expected = "the tasks need labels 0 and 1; that of sample 3 is \(label)"
    #expect(refusal(of: [[0, 0], [1, 1], [2, 2], [3, 3]], labels: [0, 1, label, -7]) == expected)
  }

  @Test(arguments: [[0, 1], [1, 0], [0, 0], [1, 1]]) func otherLabelsAreTaken(labels: [Int]) {
    #expect(refusal(of: [[0, 0], [1, 1]], labels: labels) == nil, "labels \(labels)")
  }

  @Test(arguments: [1, 3]) func inputsAreTwo(count: Int) {
    let input = [Double](repeating: 0.5, count: count)
    #expect(
      refusal(of: [input, input], labels: [0, 1])
        == "the tasks need 2 inputs for each sample, such as x1 and x2; there are \(count)")
  }

  @Test(arguments: 0...1) func oneSampleIsTooFew(count: Int) {
    let inputs = [[Double]](repeating: [0, 1], count: count)
    #expect(
      refusal(of: inputs, labels: [Int](repeating: 0, count: count))
        == "the tasks need at least 2 samples; there are \(count)")
  }

  /// The tasks are about what was given, and do not call it the published data.
  @Test(arguments: Language.allCases) func theTasksAreAboutTheSamples(language: Language) throws {
    let own = Dataset(inputs: [[0.25, 4], [-2, 8], [1, 1]], labels: [1, 0, 1]), samples = try LabSamples(own)
    #expect(samples.data.inputs == own.inputs && samples.data.labels == own.labels)
    let chapter = LabTask.data.run(in: language, about: samples), published = LabTask.data.run(in: language)
    #expect(chapter.results.map(\.text) == ["3", "[0.25, 4.0] → 1"])
    #expect(published.results.map(\.text).first == "100")
    #expect(chapter.texts != published.texts && published.texts.contains { $0.contains("make_moons") })
    let model = makePerceptron(), loss = LabTask.lossOfAModel.run(in: language, about: samples)
    #expect(loss.results.first?.number == modelLoss(model, own.inputs, own.labels).error.data)
  }

  @Test func thePercentageCountsWhatIsPredictedRight() {
    // One weight, so that the score is the first input; a score of 0 is class 0.
    let model = MLP([Layer([Neuron(weights: [1, 0], bias: 0, activation: .linear)])])
    for (scores, labels, expected) in [
      ([1.0, -1], [1, 0], 100.0), ([1, -1], [0, 1], 0), ([0, -1], [0, 0], 100), ([3, 2, 1, -1], [1, 1, 0, 0], 75),
    ] {
      let data = Dataset(inputs: scores.map { [$0, 9] }, labels: labels)
      #expect(modelLoss(model, data.inputs, data.labels).accuracy == expected, "scores \(scores), labels \(labels)")
    }
  }

  /// Both functions say class 1 above one half, and not at it.
  @Test(arguments: [(0.5, 0), (0.5.nextUp, 1), (0, 0), (1, 1)]) func theClassOfAnOutput(output: Double, expected: Int)
  {
    #expect(binary(output) == expected)
  }

  /// The error and the accuracy of an iteration are those before the weights are moved, and so is what `watch` sees.
  @Test func anIterationIsSeenBeforeTheWeightsMove() {
    let data = LabSamples.moons.data, model = makeSmallNetwork(seed: 42)
    let first = modelLoss(makeSmallNetwork(seed: 42), data.inputs, data.labels)
    var seen: [(step: Int, error: Double, weight: Double)] = []
    let start = model.parameters[0].data
    let iterations = recordTraining(of: model, on: data, iterations: 2) { step, iteration in
      seen.append((step, iteration.error, model.parameters[0].data))
    }
    #expect(seen.map(\.step) == [0, 1] && seen.map(\.error) == iterations.map(\.error))
    #expect(seen[0].weight == start && seen[1].weight != start)
    #expect(iterations[0].error == first.error.data && iterations[0].accuracy == first.accuracy)
    #expect(iterations.map(\.rate) == [1, 0.991])
  }

  @Test func probabilitiesAreThoseOfTheModel() {
    let model = MLP([Layer([Neuron(weights: [1, -2], bias: 0.5, activation: .linear)])])
    for (x, y) in [(0.0, 0.0), (1, 0.25), (-3, 2)] {
      let expected = 1 / (1 + exp(-(x - 2 * y + 0.5)))
      #expect(abs(probability(model, x, y) - expected) < 1e-15, "at \(x), \(y)")
    }
  }
}
