import MicrogradData
import MicrogradEngine
import MicrogradModels
import MicrogradNetworks
import MicrogradTabular
import MicrogradTestSupport
import Testing

/// The graph of one prediction says what the model predicts, and what moved it.
struct PredictionGraphTests {
  private static let targets: [Pipeline.Target.Encoding] = [
    .classes(["no", "yes"]), .classes(["a", "b", "c"]), .standardized(mean: 150, deviation: 40),
  ]

  @Test(arguments: targets.indices)
  func resultIsThePrediction(_ index: Int) throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for _ in 0..<20 {
      let model = TabularModel.smooth(Self.targets[index], using: &generator)
      let table = Table.random(for: model, rows: 5, using: &generator), predictions = try model.predict(table)
      for row in 0..<table.rowCount {
        let graph = try model.graph(of: table, row: row), place = "row \(row), seed \(seed)"
        switch predictions {
        case .numbers(let numbers):
          #expect(graph.predictedClass == nil)
          expectClose(graph.prediction, numbers[row], place)
          expectClose(graph.result.data, numbers[row], place)
        case .classes(let classes, let probabilities):
          let best = try #require(graph.predictedClass.flatMap { classes.firstIndex(of: $0) })
          let probability = probabilities[row][best]
          let others = probabilities[row].indices.filter { $0 != best }.reduce(0) { $0 + probabilities[row][$1] }
          #expect(best == predictions.labels?[row], "\(place)")
          expectClose(graph.prediction, probability, place)
          // From the other classes, where 1 - p would have lost its digits.
          expectClose(graph.result.data, logarithm(probability) - logarithm(others), place)
        }
        #expect(graph.target == "target" && graph.contributions.map(\.column) == model.pipeline.features.map(\.name))
      }
    }
  }

  /// Gradient × input beside central differences of the log-odds or the number, input by input.
  @Test(arguments: targets.indices)
  func contributionsAreDifferences(_ index: Int) throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for _ in 0..<20 {
      let model = TabularModel.smooth(Self.targets[index], using: &generator)
      let table = Table.random(for: model, rows: 1, using: &generator),
        inputs = try model.pipeline.inputs(of: table)[0]
      let graph = try model.graph(of: table, row: 0)
      let best = graph.predictedClass.flatMap { model.output.classes?.firstIndex(of: $0) } ?? 0
      var first = 0
      for (feature, contribution) in zip(model.pipeline.features, graph.contributions) {
        let expected = (first..<first + feature.width).reduce(0) { sum, input in
          func result(_ step: Double) -> Double {
            var moved = inputs
            moved[input] += step
            return model.result(moved, of: best)
          }
          return sum + (result(1e-5) - result(-1e-5)) / 2e-5 * inputs[input]
        }
        expectClose(contribution.amount, expected, "\(feature.name), seed \(seed)", tolerance: 1e-6)
        first += feature.width
      }
    }
  }

  @Test func missingAndUnseenFieldsContributeNothing() throws {
    var generator = SplitMix(seed: 1)
    let model = TabularModel.smooth(.classes(["no", "yes"]), using: &generator)
    let table = Table([
      Table.Column("n0", numbers: [.nan]), Table.Column("c1", texts: ["unseen"]), Table.Column("n2", numbers: [4]),
    ])
    let graph = try model.graph(of: table, row: 0), contributions = graph.contributions
    #expect(contributions.map(\.field) == ["", "unseen", "4"])
    #expect(contributions[0].amount == 0 && contributions[1].amount == 0 && contributions[2].amount != 0)
    expectClose(
      graph.prediction, try model.predict(table).probability(of: graph.predictedClass), "missing and unseen")
  }

  private func expectClose(_ got: Double, _ expected: Double, _ place: String, tolerance: Double = 1e-11) {
    #expect(abs(got - expected) <= tolerance * max(1, abs(expected)), "\(place): got \(got), expected \(expected)")
  }

  private func logarithm(_ number: Double) -> Double { log(Value(number)).data }
}

extension Predictions {
  fileprivate func probability(of name: String?) -> Double {
    guard case .classes(let classes, let probabilities) = self, let name, let index = classes.firstIndex(of: name)
    else {
      return .nan
    }
    return probabilities[0][index]
  }
}

extension TabularModel {
  /// Returns a random model without kinks, of a column of numbers, one of categories, and one of numbers.
  fileprivate static func smooth(_ target: Pipeline.Target.Encoding, using generator: inout SplitMix) -> TabularModel
  {
    let pipeline = Pipeline(
      features: [
        .init(name: "n0", encoding: .standardized(mean: 10, deviation: 3)),
        .init(name: "c1", encoding: .oneHot(["", "x", "y"])),
        .init(name: "n2", encoding: .standardized(mean: -1, deviation: 0.5)),
      ], target: .init(name: "target", encoding: target))
    let widths = [pipeline.inputCount, 4, pipeline.target.width]
    let activations: [Activation] = [[.tanh, .sigmoid, .gelu, .softplus].randomElement(using: &generator)!, .linear]
    let layers = activations.indices.map { index in
      Layer(
        weights: (0..<widths[index + 1]).map { _ in
          (0..<widths[index]).map { _ in .random(in: -1...1, using: &generator) }
        },
        biases: (0..<widths[index + 1]).map { _ in .random(in: -1...1, using: &generator) },
        activation: activations[index])
    }
    return TabularModel(pipeline: pipeline, layers: layers)
  }

  /// Returns the log-odds of a class, or the number, for the inputs of the network.
  fileprivate func result(_ inputs: [Double], of index: Int) -> Double {
    let prediction = output.prediction(network()(inputs.map { Value($0) }))
    if output.classes == nil { return prediction[0].data }
    let others = prediction.indices.filter { $0 != index }.map { prediction[$0] }
    return log(prediction[index]).data - log(others.sum()).data
  }
}

extension Table {
  /// Returns rows with numbers and categories, some of them missing or unseen.
  fileprivate static func random(for model: TabularModel, rows: Int, using generator: inout SplitMix) -> Table {
    Table(
      model.pipeline.features.map { feature in
        switch feature.encoding {
        case .standardized(let mean, let deviation):
          Column(
            feature.name,
            numbers: (0..<rows).map { _ in
              Int.random(in: 0..<5, using: &generator) == 0
                ? .nan : mean + deviation * Double.random(in: -2...2, using: &generator)
            })
        case .oneHot(let categories):
          Column(
            feature.name, texts: (0..<rows).map { _ in (categories + ["unseen"]).randomElement(using: &generator)! })
        }
      })
  }
}
