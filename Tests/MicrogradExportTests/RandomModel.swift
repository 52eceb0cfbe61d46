import MicrogradData
import MicrogradEngine
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport

/// A field of a raw row.
enum Field: CustomStringConvertible {
  /// A number; NaN where it is missing.
  case number(Double)
  /// A category; nil counts as a blank.
  case text(String?)

  var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): text.map { "\($0.debugDescription)" } ?? "nil"
    }
  }
}

/// A model of random shape and weights with names that are hard to write in other languages, and rows for it.
struct RandomModel {
  let model: TabularModel
  /// The rows, with a field for each column.
  let rows: [[Field]]

  /// - Parameter index: Consecutive indices go through all activations, kinds of target, and counts of hidden layers.
  init(_ index: Int, using random: inout SplitMix) {
    let names = Self.names.shuffled(using: &random)
    let features = (0..<Int.random(in: 1...6, using: &random)).map { column in
      Pipeline.Feature(name: names[column], encoding: Self.encoding(using: &random))
    }
    let target = Pipeline.Target(name: names.last!, encoding: Self.target(index, using: &random))
    let pipeline = Pipeline(features: features, target: target)
    let hidden = (0..<index % 4).map { _ in Int.random(in: 1...9, using: &random) }
    let widths = [pipeline.inputCount] + hidden + [target.width]
    model = TabularModel(
      pipeline: pipeline,
      layers: zip(widths, widths.dropFirst()).enumerated().map { layer, widths in
        Self.layer(widths.0, widths.1, activation: index + layer, using: &random)
      })
    rows = (0..<12).map { row in features.map { Self.field($0, isBig: row % 4 == 3, using: &random) } }
  }

  /// Random models for all activations, with the seed in their failures.
  static func several(_ count: Int, seed: Int) -> [RandomModel] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { RandomModel($0, using: &random) }
  }

  // MARK: - Parts

  /// Names of columns and of categories.
  static let names = [
    "age", "Age", "a b", "a-b", "a_b", "A.B", "class", "int", "self", "let", "2020 sales", "", " ", "âge", "年齢", "🙂",
    "*/ x", "/* y", "a\\", "a\nb", "a\r\nb", "\"quoted\"", "it's", "??/", "??=", "</script>", "<!--", "${a}", "`a`",
    "\\(a)",
    "\\u0041", "%d", "__proto__", "constructor", "PassengerId", "x\u{202E}y", "tab\there", "e\u{301}", "NaN",
    "#define",
  ]

  private static func encoding(using random: inout SplitMix) -> Pipeline.Feature.Encoding {
    if Bool.random(using: &random) {
      return .standardized(
        mean: single(in: -3...3, using: &random), deviation: single(in: 0.5...4, using: &random))
    }
    return .oneHot(Array(names.shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random))))
  }

  private static func target(_ index: Int, using random: inout SplitMix) -> Pipeline.Target.Encoding {
    let names = names.shuffled(using: &random)
    return switch index % 3 {
    case 0: .classes(Array(names.prefix(2)))
    case 1: .classes(Array(names.prefix(Int.random(in: 3...6, using: &random))))
    default: .standardized(mean: single(in: -3...3, using: &random), deviation: single(in: 0.5...4, using: &random))
    }
  }

  private static func layer(
    _ inputs: Int, _ outputs: Int, activation index: Int, using random: inout SplitMix
  ) -> TabularModel.Layer {
    let identifier = Activation.identifiers[index % Activation.identifiers.count]
    let constant = Bool.random(using: &random) ? single(in: 0.1...0.9, using: &random) : nil
    func number(_ limit: Double) -> Double { Double.random(in: -limit...limit, using: &random) }
    return TabularModel.Layer(
      weights: (0..<outputs).map { _ in (0..<inputs).map { _ in number((3 / Double(inputs)).squareRoot()) } },
      biases: (0..<outputs).map { _ in number(1) },
      activation: Activation(identifier: identifier, constant: constant)!)
  }

  private static func field(_ feature: Pipeline.Feature, isBig: Bool, using random: inout SplitMix) -> Field {
    let isMissing = Int.random(in: 0..<6, using: &random) == 0
    switch feature.encoding {
    case .standardized:
      let limit: Double = isBig ? 1000 : 5
      return .number(isMissing ? .nan : single(in: -limit...limit, using: &random))
    case .oneHot(let categories):
      let others: [String?] = [nil, "", "unseen", names.randomElement(using: &random)!]
      return .text(isMissing ? others.randomElement(using: &random)! : categories.randomElement(using: &random)!)
    }
  }

  /// A number that a `Float` holds too.
  private static func single(in range: ClosedRange<Double>, using random: inout SplitMix) -> Double {
    Double(Float(Double.random(in: range, using: &random)))
  }
}

// MARK: - Reference

extension TabularModel {
  /// The network's inputs for a raw row.
  func referenceInputs(_ row: [Field]) -> [Double] {
    zip(pipeline.features, row).flatMap { feature, field -> [Double] in
      switch (feature.encoding, field) {
      case (.standardized(let mean, let deviation), .number(let number)):
        [number.isNaN ? 0 : (number - mean) / deviation]
      case (.oneHot(let categories), .text(let text)): categories.map { $0 == text ?? "" ? 1 : 0 }
      default: fatalError("\(field) in column \(feature.name)")
      }
    }
  }

  /// The probabilities of the classes, or the number, for a raw row: by the engine's neurons.
  func reference(_ row: [Field]) -> [Double] {
    var values = referenceInputs(row).map { Value($0) }
    for layer in layers {
      values = zip(layer.weights, layer.biases).map { weights, bias in
        Neuron(weights: weights.map { Value($0) }, bias: Value(bias), activation: layer.activation)(values)
      }
    }
    switch output {
    case .logistic: return [(-values[0]).sigmoid().data, values[0].sigmoid().data]
    case .softmax:
      let largest = values.map(\.data).max()!
      let powers = values.map { ($0 - largest).exp() }, sum = powers.sum()
      return powers.map { ($0 / sum).data }
    case .number(let mean, let deviation): return [mean + deviation * values[0].data]
    }
  }

  /// The error that rounding may cause in the prediction for a row: in relation to 1, unless the inputs are larger.
  func tolerance(_ row: [Field], _ relative: Double) -> Double {
    relative * referenceInputs(row).reduce(1) { max($0, abs($1)) }
  }
}
