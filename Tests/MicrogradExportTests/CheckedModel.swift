import MicrogradData
import MicrogradEngine
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport

/// A model that readers of exported files are tried on, with a name for messages.
struct CheckedModel {
  let name: String
  let model: TabularModel
  let rows: [[Field]]

  /// Models of all kinds, some of them random.
  static func all(seed: Int) -> [CheckedModel] {
    let random = RandomModel.several(66, seed: seed).map {
      CheckedModel(name: $0.model.label, model: $0.model, rows: $0.rows)
    }
    return random + pointwise + named
  }

  /// The predictions, computed with values: the probabilities of the classes or the number, for each row.
  var predictions: [[Double]] { rows.map { model.reference($0) } }

  /// The size of what is added up in the prediction for a row. In relation to it there are rounding errors.
  func scale(_ row: [Field]) -> Double {
    let inputs = model.tolerance(row, 1)
    guard case .number(let mean, let deviation) = model.output else { return inputs }
    return max(abs(mean), inputs * max(1, deviation))
  }
}

// MARK: - Single functions

extension CheckedModel {
  /// Models of one layer with one neuron, for each function that a neuron may end with.
  static let pointwise = (activations + operations).map { CheckedModel(pointwise: $0) }

  /// All activations, those with a number of their own with usual and with odd ones.
  private static let activations =
    Activation.identifiers.map { Activation(identifier: $0)! } + [
      .leakyReLU(slope: -0.3), .leakyReLU(slope: 1.7), .leakyReLU(slope: 0), .elu(scale: 0.37), .elu(scale: -2.5),
      .elu(scale: 0),
    ]

  /// The other functions in the table of operations: a neuron may end with them one day. onnxruntime has no arc
  /// tangent in double precision.
  private static let operations: [Activation] = Operation.allCases.flatMap { operation -> [Activation] in
    let letters = operation.rule.value.letters
    guard letters.contains(.a), operation.hasConstant || letters == [.a] else { return [] }
    if operation.isActivation || [.leaf, .dot, .arctangent].contains(operation) { return [] }
    return (operation.hasConstant ? [2, -1.5] : [nil]).map { constant in
      Activation(operation.name, operation, constant: constant) { Value(operation.value($0.data, constant ?? 0)) }
    }
  }

  /// A model of one column that predicts an activation of it, at awkward points. Float holds all of them.
  private init(pointwise activation: Activation) {
    let points = [0, 1e-30, 1e-7, 0.25, 0.5, 1, 2, 3, 5, 8, 15, 20, 38, 90, 105, 700, 750, 1000, 1e6].map {
      Double(Float($0))
    }
    let model = TabularModel(
      pipeline: Pipeline(
        features: [.init(name: "x", encoding: .standardized(mean: 0, deviation: 1))],
        target: .init(name: "y", encoding: .standardized(mean: 0, deviation: 1))),
      layers: [.init(weights: [[1]], biases: [0], activation: activation)])
    let rows = (points + points.map { -$0 } + [.nan]).map { [Field.number($0)] }
    // Results that Float does not hold are left out, as are those where the function is not defined.
    self.init(
      name: "only \(activation.label)", model: model,
      rows: rows.filter { Float(model.reference($0)[0].magnitude) <= 1e30 })
  }
}

// MARK: - Names and units

extension CheckedModel {
  /// Models whose columns are called what the formats call other things, with numbers far from 0.
  static let named = [
    named("two classes", .classes(["no \"yes\"", ""])), named("three classes", .classes(["a", "日本", "c,\n"])),
    named("a number", .standardized(mean: -273.15, deviation: 80)),
  ]

  private static func named(_ name: String, _ target: Pipeline.Target.Encoding) -> CheckedModel {
    let features: [Pipeline.Feature] = [
      .init(name: "label", encoding: .standardized(mean: 2001.375_06, deviation: 5.5)),
      .init(name: "probabilities", encoding: .oneHot(["red", "", "green"])),
      .init(name: "Concat", encoding: .standardized(mean: 0, deviation: 1)),
      .init(name: "prediction", encoding: .standardized(mean: 1e-3, deviation: 1e-4)),
      .init(name: "layers.0.weight", encoding: .oneHot(["0", "1"])),
      .init(name: "inputs", encoding: .oneHot(["only"])),
    ]
    let pipeline = Pipeline(features: features, target: .init(name: "label", encoding: target))
    var random = SplitMix(seed: 1)
    func layer(_ inputs: Int, _ outputs: Int, _ activation: Activation) -> TabularModel.Layer {
      func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in .random(in: -1...1, using: &random) } }
      return .init(
        weights: (0..<outputs).map { _ in numbers(inputs) }, biases: numbers(outputs), activation: activation)
    }
    let layers = [
      layer(pipeline.inputCount, 4, .gelu), layer(4, 3, .silu), layer(3, pipeline.target.width, .elu(scale: 2)),
    ]
    let rows: [[Field]] = [
      [.number(2003), .text("red"), .number(0.5), .number(0x1p-10), .text("1"), .text("only")],
      [.number(1990.5), .text(""), .number(.nan), .number(.nan), .text("2"), .text("")],
      [.number(.nan), .text("blue"), .number(-1), .number(0x1p-10), .text("0"), .text("only")],
    ]
    return CheckedModel(
      name: "names, \(name)", model: TabularModel(pipeline: pipeline, layers: layers), rows: rows)
  }
}

// MARK: - Words

extension TabularModel {
  /// The columns, the layers and the target, in a few words.
  fileprivate var label: String {
    let numbers = pipeline.features.count { if case .standardized = $0.encoding { true } else { false } }
    let columns = "columns (numbers \(numbers), texts \(pipeline.features.count - numbers))"
    let target =
      if case .classes(let classes) = pipeline.target.encoding { "\(classes.count) classes" } else { "a number" }
    return "\(target) from \(columns) by \(layers.map(\.activation.label).joined(separator: ", "))"
  }
}

extension Activation {
  /// The name, and the number if there is one.
  fileprivate var label: String {
    guard case .operation(_, let constant?) = definition else { return identifier! }
    return "\(identifier!)(\(Float(constant)))"
  }
}
