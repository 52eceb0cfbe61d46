import Micrograd
import MicrogradTestSupport
import Testing

@testable import MicrogradLab

/// What the pages show is what was computed, and what was published.
@Suite struct ShownNumbersTests {
  private func chapter(_ number: Int) -> Chapter { ReportTests.english.chapters[number - 1] }

  private func result(_ name: String, of number: Int) throws -> Double {
    try #require(chapter(number).results.first { $0.name(in: .english) == name }?.number, "\(name) of task \(number)")
  }

  private func rows(_ name: String, of number: Int) throws -> [[String]] {
    try #require(chapter(number).tables.first { $0.name == name }).rows
  }

  private func series(of figure: any Figure) throws -> [Series] {
    try #require(figure as? Plot).layers.compactMap { if case .curve(let series) = $0 { series } else { nil } }
  }

  private func number(_ cell: String) throws -> Double {
    try #require(Double(cell.hasSuffix(" %") ? String(cell.dropLast(2)) : cell), "\(cell)")
  }

  @Test func sigmoidInAndOutsideOfTheGraph() throws {
    expectClose(try result("w1.grad, σ assigned", of: 2), 0.888, "σ assigned")
    // σ'(z) at z = -0.490511292322774
    expectClose(
      try result("w1.grad, σ in the graph", of: 2), 0.888 * 0.3797731276505697 * (1 - 0.3797731276505697),
      "σ in the graph", tolerance: 1e-12)
  }

  /// Each row: what arrives, times the local derivative, is what is handed on; the last sum of a weight is its gradient.
  @Test func handedOnIsWhatArrivesTimesTheDerivative() throws {
    let rows = try rows("steps", of: 4)
    #expect(rows.count == 13)
    for row in rows {
      let product = try number(row[2]) * number(row[4])
      #expect(abs(product - (try number(row[5]))) < 2e-4, "\(row)")
    }
    for name in ["w1", "w2", "b"] {
      let sum = try number(try #require(rows.last { $0[3].hasPrefix("\(name) (") })[6])
      #expect(abs(sum - (try result("\(name).grad", of: 4))) < 1e-4, "\(name)")
    }
    #expect(rows[0][2] == "1.0000" && rows[0][3] == "difference (-0.6202)", "\(rows[0])")
  }

  @Test func weightsMoveByATenthOfTheirGradients() throws {
    let rows = try rows("updates", of: 5), first = try rows[0].map(number), second = try rows[1].map(number)
    for (column, gradient) in zip(4..<7, [-1.1015229252925882, -0.9638325596310148, -1.2404537446988606]) {
      #expect(abs(second[column] - (first[column] - 0.1 * gradient)) < 1e-4, "\(rows)")
    }
    #expect(try result("updates needed", of: 5) == Double(rows.count - 1))
  }

  @Test func theFirstSampleHasItsLabel() throws {
    let text = chapter(6).results.first { $0.name(in: .english) == "first sample" }?.text
    #expect(text == "\(LabSamples.moons.data.inputs[0]) → 1")
    let plot = try #require(chapter(6).illustrations[0].figure as? Plot)
    #expect(plot.classNames == [0: "class 0", 1: "class 1"])
  }

  /// Each gradient is that of its own samples alone: none is left over from those before.
  @Test(arguments: [(1, "1 sample"), (2, "2 samples"), (100, "100 samples")])
  func gradientsOfSomeSamples(count: Int, name: String) throws {
    let model = makeSmallNetwork(seed: 42), data = LabSamples.moons.data
    let error = modelLoss(model, Array(data.inputs[..<count]), Array(data.labels[..<count])).error
    error.backward()
    expectClose(try result("w1.1.1.grad, \(name)", of: 8), model.parameters[0].grad, name)
    #expect(try result("nodes, \(name)", of: 8) == Double(error.graph().nodes.count))
  }

  @Test func theTablesOfTheTrainings() throws {
    for (task, name, step, error, accuracy) in [
      (9, "training", 0, 0.24932434841760936, 50.0), (9, "training", 9, 0.10970825565014697, 87),
      (9, "training with rate 0.9^k", 9, 0.1276478871797816, 85), (10, "training", 0, 0.179681681712192, 86),
      (10, "training", 49, 0.043667269695128796, 92), (10, "training", 99, 0.02656288090962793, 96),
    ] {
      let row = try #require(try rows(name, of: task).first { $0[0] == "\(step)" })
      expectClose(try number(row[2]), error, "task \(task), \(name), step \(step)", tolerance: 1e-12)
      #expect(try number(row[3]) == accuracy, "\(row)")
    }
    #expect(try rows("training", of: 9)[1][1] == "0.991")
    #expect(try rows("training with rate 0.9^k", of: 9)[1][1] == "0.9")
    for task in [9, 10] { #expect(try result("largest difference", of: task) < 1e-12) }
  }

  /// The curves of tasks 9 and 10 are the columns of their tables.
  @Test(arguments: [9, 10]) func theCurvesAreTheTable(task: Int) throws {
    let curves = try series(of: chapter(task).illustrations[0].figure), rows = try rows("training", of: task)
    #expect(curves.map(\.name) == ["error", "accuracy", "rate"])
    for row in rows {
      let step = Int(try number(row[0])), shown = curves.map { $0.points[step].y }
      let expected = [try number(row[2]), try number(row[3]), try number(row[1])]
      #expect(zip(shown, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "step \(step): \(shown), \(expected)")
    }
  }

  @Test func theAnimationHasEveryFourthIteration() throws {
    let learning = chapter(10).illustrations.compactMap { $0.figure as? RegionsAnimation }
    let captions = try #require(learning.first).frames.map(\.caption)
    #expect(
      captions.count == 26 && captions[1].hasPrefix("iteration 4: error 0.0")
        && captions.last == "after 100 iterations")
  }

  /// The first way to learn of task 11 is that of task 10; the three begin with the same network.
  @Test func threeWaysToLearn() throws {
    let accuracies = try rows("accuracy", of: 11), errors = try rows("error", of: 11)
    for step in ["0", "9", "49", "99"] {
      let training = try #require(try rows("training", of: 10).first { $0[0] == step })
      let accuracy = try #require(accuracies.first { $0[0] == step }),
        error = try #require(errors.first { $0[0] == step })
      let difference = try number(error[1]) - number(training[2])
      #expect(accuracy[1] == training[3] && abs(difference) < 1e-6, "step \(step)")
    }
    #expect(Set(accuracies[0].dropFirst()).count == 1 && errors[0][1] == errors[0][2] && errors[0][2] != errors[0][3])
    let curves = try series(of: chapter(11).illustrations[0].figure)
    for row in accuracies {
      let step = Int(try number(row[0]))
      #expect(curves.map { $0.points[step].y } == (try row.dropFirst().map(number)), "step \(step)")
    }
  }
}
