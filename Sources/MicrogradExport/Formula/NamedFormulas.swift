import MicrogradData
import MicrogradEngine
import MicrogradFigures
import MicrogradModels
import MicrogradRequirement

/// The formulas of a model, each with a name that those behind it use.
struct NamedFormulas {
  private let digits: Int?
  private(set) var lines: [(name: String, text: String)] = []
  private var names = UniqueNames()

  init(_ model: TabularModel, digits: Int?) {
    require(digits.map { $0 > 0 } ?? true, "numbers with \(digits ?? 0) significant digits")
    self.digits = digits
    // Names that `Formula` reads otherwise.
    for name in ["e", "pi"] { _ = names.take(name) }
    var inputs = addPreprocessing(model.pipeline.features)
    let last = model.layers.count - 1
    for (index, layer) in model.layers.enumerated() {
      let letter = index == last ? "y" : last == 1 ? "h" : "h\(index + 1)_"
      inputs = add(layer, of: inputs) { layer.outputCount == 1 && index == last ? letter : "\(letter)\($0 + 1)" }
    }
    addPrediction(model.output, of: inputs, target: model.pipeline.target.name)
  }

  /// Adds a line. Returns its name: the wish, if nothing else has it.
  private mutating func add(_ wish: String, _ text: String) -> String {
    let name = names.take(wish)
    lines.append((name, text))
    return name
  }
}

// MARK: - From a row to the inputs

extension NamedFormulas {
  private static let identifiers = Identifiers(style: .snakeCase, reserved: Set(Operation.allCases.map { $0.name }))

  /// Returns the names of the network's inputs.
  private mutating func addPreprocessing(_ features: [Pipeline.Feature]) -> [String] {
    let columns = features.map { names.take(Self.identifiers.name(for: $0.name, kind: "column")) }
    var inputs: [String] = []
    for (feature, column) in zip(features, columns) {
      switch feature.encoding {
      case .standardized(mean: 0, deviation: 1): inputs.append(column)
      case .standardized(let mean, let deviation):
        let centered = sum([(1, column)], mean == 0 ? 0 : -mean)
        inputs.append(add("z_\(column)", deviation == 1 ? centered : "(\(centered)) / \(text(deviation))"))
      case .oneHot(let categories):
        for category in categories {
          let name = Self.identifiers.name(for: "\(feature.name) \(category)", kind: "column")
          inputs.append(add(name, "[\(column) = \(Quotation.comment(category))]"))
        }
      }
    }
    return inputs
  }
}

// MARK: - The network

extension NamedFormulas {
  /// Returns the names of a layer's neurons.
  private mutating func add(
    _ layer: TabularModel.Layer, of inputs: [String], named name: (Int) -> String
  ) -> [String] {
    zip(layer.weights, layer.biases).enumerated().map { index, parameters in
      let sum = sum(zip(parameters.0, inputs).map { (factor: $0, name: $1) }, parameters.1)
      guard let operation = layer.operation else { return add(name(index), sum) }
      let constant = layer.constant.map { ", \(text($0))" } ?? ""
      return add(name(index), "\(operation.name)(\(sum)\(constant))")
    }
  }
}

// MARK: - From the outputs to the prediction

extension NamedFormulas {
  private mutating func addPrediction(_ output: TabularModel.Output, of outputs: [String], target: String) {
    func name(_ text: String) -> String { "p_" + Self.identifiers.name(for: text, kind: "class") }
    switch output {
    case .logistic(let classes):
      _ = add(name(classes[0]), "sigmoid(−\(outputs[0]))")
      _ = add(name(classes[1]), "sigmoid(\(outputs[0]))")
    case .softmax(let classes):
      let powers = outputs.map { "exp(\($0))" }
      let total = add("total", powers.joined(separator: " + "))
      for (label, power) in zip(classes, powers) { _ = add(name(label), "\(power) / \(total)") }
    case .number(mean: 0, deviation: 1): break
    case .number(let mean, let deviation):
      _ = add(Self.identifiers.name(for: target, kind: "prediction"), sum([(deviation, outputs[0])], mean))
    }
  }
}

// MARK: - Text

extension NamedFormulas {
  private func text(_ number: Double) -> String {
    let text = digits.map { number.short(digits: $0) } ?? number.text
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Returns `factor·name + … + constant`, without what is 0.
  private func sum(_ terms: [(factor: Double, name: String)], _ constant: Double) -> String {
    var sum = ""
    func add(_ number: Double, _ magnitude: String) {
      let isNegative = number < 0
      sum += sum.isEmpty ? (isNegative ? "−" : "") : isNegative ? " − " : " + "
      sum += magnitude
    }
    for (factor, name) in terms where factor != 0 {
      let magnitude = text(factor.magnitude)
      add(factor, magnitude == "1" ? name : "\(magnitude)·\(name)")
    }
    if constant != 0 || sum.isEmpty { add(constant, text(constant.magnitude)) }
    return sum
  }
}
