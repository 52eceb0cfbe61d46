import Micrograd
import MicrogradTestSupport
import Testing

@testable import MicrogradLab

/// The numbers that were published with the practical, to 1e-12.
@Suite struct PublishedNumbersTests {
  private func expect(_ task: LabTask, shows expected: KeyValuePairs<String, Double>) {
    let chapter = task.run(in: .english)
    for (name, expected) in expected {
      guard let got = chapter.results.first(where: { $0.name(in: .english) == name })?.number else {
        Issue.record("task \(task.number) does not show \(name)")
        continue
      }
      expectClose(got, expected, "task \(task.number), \(name)", tolerance: 1e-12)
    }
  }

  @Test func perceptron() {
    expect(
      .perceptron,
      shows: [
        "w1": 0.2788535969157675, "w2": -0.9499784895546661, "b": 0, "model([0.888, 0.777])": -0.490511292322774,
        "neuron([0.888, 0.777])": -0.490511292322774,
      ])
    let results = LabTask.perceptron.run(in: .english).results
    #expect(results.first { $0.name(in: .english) == "model" }?.text == "MLP of [Layer of [LinearNeuron(2)]]")
    #expect(results.first { $0.name(in: .english) == "gradients" }?.text == "[0.0, 0.0, 0.0]")
  }

  @Test func gradientGraph() {
    expect(
      .gradientGraph,
      shows: [
        "output before σ": -0.490511292322774, "output after σ": 0.3797731276505697,
        "output.grad": -1.2404537446988606, "error": 0.3846813731843565, "error.grad": 1,
        "w1.grad": -1.1015229252925882, "w2.grad": -0.9638325596310148, "b.grad": -1.2404537446988606,
      ])
  }

  /// In the picture the subtraction of the target is a product by -1 and a sum.
  @Test func theSubtractionIsAProductAndASum() throws {
    let nodes = PerceptronPass(in: .english).error.graph().nodes
    let difference = try #require(nodes.first { $0.label == "difference" })
    #expect(difference.operation == .add)
    let negative = nodes[difference.operands[1]]
    #expect(negative.operation == .multiply && negative.data == -1)
    #expect(negative.operands.map { nodes[$0].data } == [1, -1])
    expectClose(nodes[negative.operands[0]].grad, 1.2404537446988606, "gradient of the target", tolerance: 1e-12)
    expectClose(nodes[negative.operands[1]].grad, -1.2404537446988606, "gradient of its factor", tolerance: 1e-12)
  }

  @Test func tenIterationsOfTwoNeurons() {
    let published = [
      (0.24932434841760936, 50.0), (0.22098897218974045, 83), (0.1963744546993089, 86), (0.1736782052148665, 86),
      (0.1550638946177969, 84), (0.14091364956889652, 85), (0.12992480209746776, 84), (0.12150999835687959, 86),
      (0.11498508333360369, 87), (0.10970825565014697, 87),
    ]
    let iterations = recordTraining(of: makeSmallNetwork(seed: 42), on: LabSamples.moons.data, iterations: 10)
    for (step, (error, accuracy)) in published.enumerated() {
      expectClose(iterations[step].error, error, "error at step \(step)", tolerance: 1e-12)
      #expect(iterations[step].accuracy == accuracy, "accuracy at step \(step)")
    }
  }

  @Test func theRateReadLiterally() {
    let iterations = recordTraining(
      of: makeSmallNetwork(seed: 42), on: LabSamples.moons.data, iterations: 10,
      schedule: .exponential(initial: 1, factor: 0.9))
    expectClose(iterations[9].error, 0.1276478871797816, "error at step 9", tolerance: 1e-12)
    #expect(iterations[9].accuracy == 85)
  }

  @Test func aHundredIterationsOfSixteenNeurons() {
    let iterations = recordTraining(of: makeLargeNetwork(seed: 42), on: LabSamples.moons.data, iterations: 100)
    for (step, error, accuracy) in [
      (0, 0.179681681712192, 86.0), (9, 0.08160600032121235, 88), (49, 0.043667269695128796, 92),
      (99, 0.02656288090962793, 96),
    ] {
      expectClose(iterations[step].error, error, "error at step \(step)", tolerance: 1e-12)
      #expect(iterations[step].accuracy == accuracy, "accuracy at step \(step)")
    }
  }

  @Test func updatesGoOnUntilTheSampleIsPredicted() throws {
    let tables = LabTask.updatingTheWeights.run(in: .english).tables
    let rows = try #require(tables.first?.rows)
    #expect(rows.dropLast().allSatisfy { $0[3] == "0" } && rows.last?[3] == "1")
  }

  /// With σ in the graph the network learns more slowly than with σ outside, which follows the cross-entropy.
  @Test func sigmoidInTheGraphLearnsMoreSlowly() {
    let accuracies = Objective.allCases.map {
      recordTraining(of: makeLargeNetwork(seed: 42), on: LabSamples.moons.data, iterations: 100, loss: $0.loss)[99]
        .accuracy
    }
    #expect(accuracies[1] < accuracies[0] && accuracies[1] < accuracies[2], "got \(accuracies)")
  }

  /// At any score the gradient with σ outside the graph is twice that of the cross-entropy.
  @Test(arguments: [-3.0, -0.2, 0, 1.7], [0, 1])
  func sigmoidOutsideTheGraphIsTwiceTheCrossEntropy(_ score: Double, _ label: Int) {
    func slope(_ objective: Objective) -> Double {
      let z = Value(score), moved = z + 0
      objective.error(moved, label).backward()
      return z.grad
    }
    expectClose(slope(.sigmoidOutsideTheGraph), 2 * slope(.crossEntropy), "slope at \(score)", tolerance: 1e-12)
  }
}
