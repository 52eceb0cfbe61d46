import Foundation
import MicrogradData
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

import MicrogradExport

@Suite struct JSONTests {
  @Test func describesTheWholeModel() throws {
    let seed = newSeed()
    for (index, random) in RandomModel.several(33, seed: seed).enumerated() {
      let model = random.model
      let read = try JSONDecoder().decode(Description.self, from: Data(model.json().utf8))
      let what: Comment = "seed \(seed), model \(index): got \(model.json()), expected \(model)"
      #expect(read.pipeline == model.pipeline, what)
      #expect(read.layers.map(\.weights) == model.layers.map(\.weights), what)
      #expect(read.layers.map(\.biases) == model.layers.map(\.biases), what)
      #expect(read.layers.map { $0.function?.definition } == model.layers.map(\.activation.definition), what)
      let kinds = ["logistic": 0, "softmax": 1, "number": 2]
      #expect(kinds[read.output] == index % 3, what)
    }
  }

  private struct Description: Decodable {
    struct Column: Decodable {
      let name, encoding: String
      let mean, deviation: Double?
      let categories, classes: [String]?
    }
    struct Layer: Decodable {
      let weights: [[Double]], biases: [Double]
      let activation: String, constant: Double?
      var function: Activation? { Activation(identifier: activation, constant: constant) }
    }
    let features: [Column], layers: [Layer], target: Column, output: String

    var pipeline: Pipeline {
      Pipeline(
        features: features.map { column in
          Pipeline.Feature(
            name: column.name,
            encoding: column.encoding == "oneHot"
              ? .oneHot(column.categories!) : .standardized(mean: column.mean!, deviation: column.deviation!))
        },
        target: Pipeline.Target(
          name: target.name,
          encoding: target.encoding == "classes"
            ? .classes(target.classes!) : .standardized(mean: target.mean!, deviation: target.deviation!)))
    }
  }
}
