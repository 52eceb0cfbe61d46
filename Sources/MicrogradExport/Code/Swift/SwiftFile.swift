import MicrogradData
import MicrogradModels

/// A model as a file of Swift.
struct SwiftFile {
  let model: TabularModel
  /// The name of the type.
  let name: String
  /// The names of the columns as properties.
  let properties: [String]

  init(_ model: TabularModel, name: String) {
    self.model = model
    self.name = Identifiers(style: .upperCamelCase, reserved: Self.reservedTypes).name(for: name, kind: "model")
    properties = Identifiers(style: .lowerCamelCase, reserved: Self.reserved).names(
      for: model.pipeline.features.map { $0.name }, kind: "column")
  }

  var text: String {
    let functions = [prediction, encoding, outputs]
    let library = dialect.library.functions(calledBy: functions.joined())
    let members: [[String]] = [
      [row], result, functions, encodingFunctions, library, [Self.dense], model.layers.indices.map(numbers),
      [Self.reading],
    ]
    return """
      \(comment)

      \(Self.importOfMathematics)

      enum \(name) {
      \(members.joined().joined(separator: "\n\n"))
      }

      """
  }

  private var features: [Pipeline.Feature] { model.pipeline.features }
  private let dialect = SwiftDialect()
}

// MARK: - Declarations

extension SwiftFile {
  private var comment: String {
    let example = zip(features, properties).prefix(3).map { feature, property in
      "\(property): \(feature.example(in: Quotation.swift))"
    }
    let row = example.joined(separator: ", ") + (properties.count > 3 ? ", …" : "")
    let use =
      model.output.classes == nil
      ? "//   let number = \(name).predict(\(name).Input(\(row)))"
      : """
      //   let prediction = \(name).predict(\(name).Input(\(row)))
      //   print(prediction.label, prediction.probabilities)  // in the order of \(name).classes
      """
    return """
      // \(model.summary)
      //
      \(use)
      //
      // nil stands for a missing field.
      """
  }

  private static let importOfMathematics = """
    #if canImport(Darwin)
      import Darwin
    #elseif canImport(Glibc)
      import Glibc
    #elseif canImport(Musl)
      import Musl
    #elseif canImport(Android)
      import Android
    #elseif canImport(WASILibc)
      import WASILibc
    #elseif canImport(ucrt)
      import ucrt
    #endif
    """

  private var row: String {
    let lines = zip(features, properties).map { feature, property in
      let type = feature.kind == .texts ? "String?" : "Double?"
      return "    /// \(feature.explanation)\n    let \(property): \(type)\n"
    }
    return "  /// A row of the table.\n  struct Input: Sendable {\n\(lines.joined())  }"
  }

  /// Nothing if a number is predicted.
  private var result: [String] {
    guard let classes = model.output.classes else { return [] }
    return [
      """
        /// The classes, in the order of their probabilities.
        static let classes: [String] = [
      \(classes.map { "    \(Quotation.swift($0)),\n" }.joined())  ]

        /// The probabilities of the classes for a row.
        struct Prediction: Sendable {
          /// The probability of each class, in the order of `classes`.
          let probabilities: [Double]

          /// The most probable class.
          var label: String { classes[probabilities.indices.max { probabilities[$0] < probabilities[$1] }!] }
        }
      """
    ]
  }
}

// MARK: - From a row to the inputs

extension SwiftFile {
  private var encoding: String {
    let lines = zip(features, properties).map { feature, property in
      "    inputs += \(feature.encoded("row.\(property)", in: dialect))\n"
    }
    return """
        /// The inputs of the network. The optimizer would take minutes for hundreds of columns.
        @_optimize(none) private static func inputs(of row: Input) -> [Double] {
          var inputs: [Double] = []
          inputs.reserveCapacity(\(model.pipeline.inputCount))
      \(lines.joined())    return inputs
        }
      """
  }

  private var encodingFunctions: [String] {
    let kinds = Set(features.map { $0.kind })
    return (kinds.contains(.numbers) ? [Self.standardized] : []) + (kinds.contains(.texts) ? [Self.oneHot] : [])
  }

  private static let standardized = """
      private static func standardized(_ number: Double?, mean: Double, deviation: Double) -> [Double] {
        guard let number, !number.isNaN else { return [0] }
        return [(number - mean) / deviation]
      }
    """

  private static let oneHot = """
      private static func oneHot(_ text: String?, _ categories: [String]) -> [Double] {
        categories.map { $0 == text ?? "" ? 1 : 0 }
      }
    """
}

extension Pipeline.Feature {
  fileprivate func encoded(_ field: String, in swift: SwiftDialect) -> String {
    switch encoding {
    case .standardized(let mean, let deviation):
      "standardized(\(field), mean: \(swift.number(mean)), deviation: \(swift.number(deviation)))"
    case .oneHot(let categories):
      "oneHot(\(field), [\(categories.map(Quotation.swift).joined(separator: ", "))])"
    }
  }
}

// MARK: - The network

extension SwiftFile {
  private var outputs: String {
    let calls = model.layers.enumerated().map { index, layer in
      let constant = layer.constant.map { "let b: Double = \(dialect.number($0)); return " } ?? ""
      return """
            x = dense(x, weights\(index + 1), biases\(index + 1)) { a in \(constant)\(layer.formula(in: dialect)) }

        """
    }
    return """
        /// The outputs of the last layer.
        private static func outputs(for row: Input) -> [Double] {
          var x = inputs(of: row)
      \(calls.joined())    return x
        }
      """
  }

  private static let dense = """
      /// The activations of a layer, `activation(bias + Σ weight · input)` for each output.
      private static func dense(
        _ inputs: [Double], _ weights: [Double], _ biases: [Double], _ activation: (Double) -> Double
      ) -> [Double] {
        biases.indices.map { output in
          var sum = biases[output]
          for input in inputs.indices { sum += weights[output * inputs.count + input] * inputs[input] }
          return activation(sum)
        }
      }
    """

  private func numbers(_ index: Int) -> String {
    let layer = model.layers[index]
    func property(_ name: String, _ numbers: [Double]) -> String {
      let lines = lines(of: numbers.map { "\($0)" }, " ").map { "    \($0)\n" }.joined()
      return "  private static let \(name)\(index + 1) = numbers(\n    \"\"\"\n\(lines)    \"\"\")"
    }
    return property("weights", layer.weights.flatMap { $0 }) + "\n" + property("biases", layer.biases)
  }

  private static let reading = """
      /// The numbers of a text. Array literals would take the compiler much longer.
      private static func numbers(_ text: String) -> [Double] {
        text.utf8.split { $0 <= 32 }.map { Double(Substring($0))! }
      }
    """
}

// MARK: - From the outputs to the prediction

extension SwiftFile {
  private var prediction: String {
    switch model.output {
    case .logistic:
      classesPrediction(
        """
            let logit = outputs(for: row)[0]
            return Prediction(probabilities: [sigmoid(-logit), sigmoid(logit)])
        """)
    case .softmax:
      classesPrediction(
        """
            let logits = outputs(for: row), largest = logits.max()!
            let powers = logits.map { exp($0 - largest) }, sum = powers.reduce(0, +)
            return Prediction(probabilities: powers.map { $0 / sum })
        """)
    case .number(let mean, let deviation):
      """
        /// The number that is predicted.
        static func predict(_ row: Input) -> Double {
          \(dialect.number(mean)) + \(dialect.number(deviation)) * outputs(for: row)[0]
        }
      """
    }
  }

  private func classesPrediction(_ body: String) -> String {
    "  /// The probabilities of the classes.\n  static func predict(_ row: Input) -> Prediction {\n\(body)\n  }"
  }
}

// MARK: - Words

extension SwiftFile {
  static let reserved = Set(
    """
    actor any as associatedtype async await borrowing break case catch class consume consuming continue copy default defer \
    deinit discard do dynamic each else enum extension fallthrough false fileprivate final for func get guard if import in \
    indirect infix init inout internal is isolated lazy let macro mutating nil nonisolated nonmutating open operator \
    optional override package postfix precedencegroup prefix private protocol public repeat required rethrows return self \
    sending set some static struct subscript super switch then throw throws true try typealias unowned unsafe var weak \
    where while willSet yield didSet
    """.split(separator: " ").map(String.init))

  /// Types that the file uses, and words that no type can be called by.
  private static let reservedTypes: Set<String> = [
    "Any", "Array", "Bool", "Double", "Input", "Int", "Never", "Optional", "Prediction", "Protocol", "Self",
    "Sendable",
    "String", "Substring", "Type",
  ]
}
