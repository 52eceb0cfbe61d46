import Micrograd
import MicrogradQuestions
import MicrogradTestSupport
import Testing

@testable import MicrogradLab

/// The published numbers are answers of the reference solutions to questions that students are asked.
@Suite struct TrainingExerciseTests {
  /// Returns the last answer of the reference for a function: that for the published samples.
  private func answer(of function: String, in exercise: Exercise) throws -> (String) throws -> Double {
    let question = try #require(exercise.questions(seed: 3).last { $0.function == function })
    let answer = try #require(exercise.reference.first { $0.name == function }?.answer(question))
    return { name in
      let observation = answer.observations.first { $0.name == name }
      guard case .number(let number) = try #require(observation, "\(name)").content else {
        throw NoNumber(name: name)
      }
      return number
    }
  }

  private struct NoNumber: Error {
    let name: String
  }

  @Test func tenIterationsOfTwoNeurons() throws {
    let answer = try answer(of: "train", in: .training)
    let published = [
      (0.24932434841760936, 50.0), (0.22098897218974045, 83), (0.1963744546993089, 86), (0.1736782052148665, 86),
      (0.1550638946177969, 84), (0.14091364956889652, 85), (0.12992480209746776, 84), (0.12150999835687959, 86),
      (0.11498508333360369, 87), (0.10970825565014697, 87),
    ]
    for (step, (error, accuracy)) in published.enumerated() {
      expectClose(try answer("errors[\(step)]"), error, "error at step \(step)", tolerance: 1e-12)
      #expect(try answer("accuracies[\(step)]") == accuracy, "accuracy at step \(step)")
    }
  }

  @Test func aHundredIterationsOfSixteenNeurons() throws {
    let answer = try answer(of: "trainLarge", in: .sixteenNeurons)
    for (step, error, accuracy) in [
      (0, 0.179681681712192, 86.0), (9, 0.08160600032121235, 88), (49, 0.043667269695128796, 92),
      (99, 0.02656288090962793, 96),
    ] {
      expectClose(try answer("errors[\(step)]"), error, "error at step \(step)", tolerance: 1e-12)
      #expect(try answer("accuracies[\(step)]") == accuracy, "accuracy at step \(step)")
    }
  }

  /// What the chapters show with an optimizer is what the reference of task 9 computes.
  @Test func theRecordedTrainingIsTheReference() {
    let data = LabSamples.moons.data
    let (errors, accuracies) = train(makeSmallNetwork(seed: 42), data.inputs, data.labels, iterations: 3)
    let recorded = recordTraining(of: makeSmallNetwork(seed: 42), on: data, iterations: 3)
    #expect(recorded.map(\.accuracy) == accuracies)
    for step in 0..<3 {
      expectClose(recorded[step].error, errors[step], "error at step \(step)")
      expectClose(recorded[step].rate, learningRate(at: step), "rate at step \(step)")
    }
  }

  /// The losses of task 11 are told apart by their gradients; the first is that of task 7.
  @Test func theFirstLossIsThatOfTask7() {
    let data = LabSamples.moons.data, model = makeSmallNetwork(seed: 42)
    let first = Objective.sigmoidOutsideTheGraph.loss(model, data)
    let reference = modelLoss(model, data.inputs, data.labels)
    #expect(first.error.data == reference.error.data && first.accuracy == reference.accuracy)
  }
}
