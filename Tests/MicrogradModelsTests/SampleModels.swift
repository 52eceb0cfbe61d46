import MicrogradData
import MicrogradNetworks
import MicrogradTestSupport

@testable import MicrogradModels

/// A small model with a column of each kind.
let sample = TabularModel(
  pipeline: Pipeline(
    features: [
      .init(name: "age", encoding: .standardized(mean: 29.7, deviation: 14.5)),
      .init(name: "sex", encoding: .oneHot(["female", "male"])),
    ], target: .init(name: "survived", encoding: .classes(["no", "yes"]))),
  layers: [
    .init(weights: [[1, 2, 3], [4, 5, 6]], biases: [0.5, -0.5], activation: .leakyReLU()),
    .init(weights: [[-1, 1]], biases: [0.25], activation: .linear),
  ])

extension TabularModel {
  /// The description in the model's file.
  var description: String { try! Safetensors(safetensors()).metadata["micrograd"]! }

  /// Returns the model's file with another description.
  func with(description: String) -> [UInt8] {
    let file = try! Safetensors(safetensors())
    return Safetensors(tensors: file.tensors, metadata: ["micrograd": description]).bytes()
  }

  /// Returns a model of any pipeline and any layers that fit together.
  static func random(using generator: inout SplitMix) -> TabularModel {
    let pipeline = Pipeline.random(using: &generator)
    var widths = (0..<Int.random(in: 0...2, using: &generator)).map { _ in Int.random(in: 1...4, using: &generator) }
    widths = [pipeline.inputCount] + widths + [pipeline.target.width]
    let layers = zip(widths, widths.dropFirst()).map { inputCount, outputCount in
      Layer(
        weights: (0..<outputCount).map { _ in (0..<inputCount).map { _ in .randomBits(using: &generator) } },
        biases: (0..<outputCount).map { _ in .randomBits(using: &generator) }, activation: .random(using: &generator))
    }
    return TabularModel(pipeline: pipeline, layers: layers)
  }
}

extension Pipeline {
  fileprivate static func random(using generator: inout SplitMix) -> Pipeline {
    let features = (0..<Int.random(in: 1...3, using: &generator)).map { index in
      Feature(
        name: "colonne d’été \(index)",
        encoding: Bool.random(using: &generator)
          ? .oneHot(["", "<a>", "\"b\"\n", "c"].dropLast(Int.random(in: 0...3, using: &generator)))
          : .standardized(mean: .randomBits(using: &generator), deviation: .randomDeviation(using: &generator)))
    }
    let target = Target(
      name: "y",
      encoding: Bool.random(using: &generator)
        ? .classes(["0", "1", "\u{0}", "𝄞"].dropLast(Int.random(in: 0...2, using: &generator)))
        : .standardized(mean: .randomBits(using: &generator), deviation: .randomDeviation(using: &generator)))
    return Pipeline(features: features, target: target)
  }
}

extension Activation {
  fileprivate static func random(using generator: inout SplitMix) -> Activation {
    let constant = Bool.random(using: &generator) ? Double.randomBits(using: &generator) : nil
    return Activation(identifier: identifiers.randomElement(using: &generator)!, constant: constant)!
  }
}

extension Double {
  /// Returns any finite number, -0 and subnormal ones among them.
  fileprivate static func randomBits(using generator: inout SplitMix) -> Double {
    let number = Double(bitPattern: generator.next())
    return number.isFinite ? number : -0.0
  }

  fileprivate static func randomDeviation(using generator: inout SplitMix) -> Double {
    max(abs(randomBits(using: &generator)), leastNonzeroMagnitude)
  }
}
