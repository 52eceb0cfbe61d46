import MicrogradData
import MicrogradEngine
import MicrogradNetworks
import MicrogradTabular
import MicrogradTestSupport
import Testing

@testable import MicrogradModels

@Suite struct PredictionTests {
  private let rows = Table([
    .init("a", numbers: [1, -2.5, .nan, 1000, 0]), .init("c", texts: ["red", "", "blue", "green", "red"]),
    .init("b", numbers: [0.1, 0.2, 0.3, .nan, -1000]),
  ])

  private func model(_ activation: Activation, _ target: Pipeline.Target.Encoding, _ random: inout SplitMix)
    -> TabularModel
  {
    let pipeline = Pipeline(
      features: [
        .init(name: "a", encoding: .standardized(mean: 0.5, deviation: 2)),
        .init(name: "c", encoding: .oneHot(["", "blue", "red"])),
        .init(name: "b", encoding: .standardized(mean: -0.1, deviation: 0.3)),
      ], target: .init(name: "t", encoding: target))
    var width = pipeline.inputCount
    let layers = [4, 3, pipeline.target.width].enumerated().map { index, outputs in
      defer { width = outputs }
      return TabularModel.Layer(
        weights: (0..<outputs).map { _ in (0..<width).map { _ in .random(in: -1...1, using: &random) } },
        biases: (0..<outputs).map { _ in .random(in: -1...1, using: &random) },
        activation: index == 2 ? .linear : activation)
    }
    return TabularModel(pipeline: pipeline, layers: layers)
  }

  /// The compiled path, and the model saved and loaded, against values.
  @Test(arguments: Activation.identifiers)
  func allWaysAgree(identifier: String) throws {
    let seed = newSeed()
    var random = SplitMix(seed: seed)
    let targets: [Pipeline.Target.Encoding] = [
      .classes(["no", "yes"]), .classes(["x", "y", "z"]), .standardized(mean: 100, deviation: 20),
    ]
    for target in targets {
      let model = model(Activation(identifier: identifier)!, target, &random), network = model.network()
      let expected = try model.pipeline.inputs(of: rows).map { inputs in
        model.output.prediction(network(inputs)).map(\.data)
      }
      for (name, got) in [
        ("compiled", try model.predict(rows)),
        ("saved and loaded", try TabularModel(safetensors: model.safetensors()).predict(rows)),
      ] {
        let numbers =
          switch got {
          case .classes(_, let probabilities): probabilities
          case .numbers(let numbers): numbers.map { [$0] }
          }
        for (row, pair) in zip(numbers, expected).enumerated() {
          for (got, expected) in zip(pair.0, pair.1) {
            #expect(
              abs(got - expected) <= 1e-12 * max(1, abs(expected)),
              "\(identifier), \(target), \(name), row \(row), seed \(seed): got \(got), expected \(expected)")
          }
        }
      }
      #expect(try model.predict(rows).count == 5)
    }
  }

  @Test func classesAndTables() throws {
    let predictions = Predictions.classes(
      ["no", "yes", "t"], probabilities: [[0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [.nan, 1, 0]])
    #expect(
      predictions.labels == [1, 0, 0] && predictions.classes == ["yes", "no", "no"] && predictions.numbers == nil)
    let table = Predictions.classes(["a", "b"], probabilities: [[0.25, 0.75]]).table(target: "p(b)")
    #expect(table.csv() == "p(b),p(a),p(b)'\nb,0.25,0.75\n")
    #expect(Predictions.numbers([1, 2.5]).table(target: "y").csv() == "y\n1\n2.5\n")
    #expect(Predictions.numbers([1]).classes == nil && Predictions.numbers([1]).numbers == [1])
  }

  @Test func anEmptyTable() throws {
    var random = SplitMix(seed: 1)
    let model = model(.relu, .classes(["no", "yes"]), &random), none = rows.selecting([])
    #expect(try model.predict(none).count == 0)
    let error = try #require(throws: CSVError.self) { try model.evaluate(none) }
    #expect(error.reason == .noRows)
  }
}
