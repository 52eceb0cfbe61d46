import MicrogradData
import MicrogradJSON
import MicrogradModels

/// A model as a module of JavaScript.
struct JavaScriptModule {
  let model: TabularModel

  var text: String {
    let functions = [layers, prediction].joined(separator: "\n\n")
    let library = JavaScript.library.functions(calledBy: functions)
    let parts: [[String]] = [[comment, columns], classes, [functions, encoding], library]
    return parts.joined().joined(separator: "\n\n") + "\n"
  }

  private var features: [Pipeline.Feature] { model.pipeline.features }
}

// MARK: - Literals

extension JavaScriptModule {
  /// A text as a literal. JSON's are JavaScript's too, and there is no `<` in them.
  private func literal(_ text: String) -> String { JSON.text(text).description }

  private func literal(_ number: Double) -> String { JavaScript().number(number) }

  private func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }

  private func array(_ numbers: [Double], indent: Int) -> String {
    let space = String(repeating: " ", count: indent)
    let lines = lines(of: numbers.map(literal), ", ").map { "\(space)  \($0),\n" }
    return "[\n\(lines.joined())\(space)]"
  }
}

// MARK: - Declarations

extension JavaScriptModule {
  private var comment: String {
    let fields = features.prefix(3).map { "\(literal($0.name)): \($0.example(in: literal))" }
    let row = fields.joined(separator: ", ") + (features.count > 3 ? ", …" : "")
    let result = model.output.classes == nil ? "a number" : "{ class, probabilities }"
    return """
      // \(model.summary)
      //
      //   import { predict } from "./model.js";
      //   predict({ \(row) })  // \(result)
      //
      // A row has its fields under the names of the table's columns. Numbers may be texts, as forms give them. A missing
      // number, or a text that is none, counts as the mean.
      """
  }

  private var columns: String { "export const columns = \(list(features.map { literal($0.name) }));" }

  /// Nothing if a number is predicted.
  private var classes: [String] {
    guard let classes = model.output.classes else { return [] }
    return ["// In the order of the outputs.\nexport const classes = \(list(classes.map(literal)));"]
  }
}

// MARK: - From a row to the inputs

extension JavaScriptModule {
  private var encoding: String {
    let lines = features.map { feature in
      switch feature.encoding {
      case .standardized(let mean, let deviation):
        "    standardized(row[\(literal(feature.name))], \(literal(mean)), \(literal(deviation))),\n"
      case .oneHot(let categories):
        "    ...oneHot(row[\(literal(feature.name))], \(list(categories.map(literal)))),\n"
      }
    }
    return """
      // The inputs of the network.
      function inputs(row) {
        return [
      \(lines.joined())  ];
      }

      function standardized(field, mean, deviation) {
        const number = typeof field === "number" ? field : text(field).trim() === "" ? NaN : Number(field);
        return Number.isNaN(number) ? 0 : (number - mean) / deviation;
      }

      function oneHot(field, categories) {
        return categories.map((category) => (category === text(field) ? 1 : 0));
      }

      // A field as text. A missing one is blank, and so is what every object has under a name such as "constructor".
      function text(field) {
        return ["string", "number", "boolean"].includes(typeof field) ? String(field) : "";
      }
      """
  }
}

// MARK: - The network

extension JavaScriptModule {
  private var layers: String {
    let layers = model.layers.map { layer in
      let constant = layer.constant.map { ", b = \(literal($0))" } ?? ""
      return """
          {
            weights: [
        \(layer.weights.map { "      \(array($0, indent: 6)),\n" }.joined())    ],
            biases: \(array(layer.biases, indent: 4)),
            activation: (a\(constant)) => \(layer.formula(in: JavaScript())),
          },

        """
    }
    return "const layers = [\n\(layers.joined())];\n\n" + Self.outputs
  }

  private static let outputs = """
    // The outputs of the last layer.
    function outputs(row) {
      let x = inputs(row);
      for (const { weights, biases, activation } of layers) {
        x = weights.map((row, i) => activation(row.reduce((sum, weight, j) => sum + weight * x[j], biases[i])));
      }
      return x;
    }
    """
}

// MARK: - From the outputs to the prediction

extension JavaScriptModule {
  private var prediction: String {
    switch model.output {
    case .logistic:
      classesPrediction("  const [logit] = outputs(row);\n  const probabilities = [sigmoid(-logit), sigmoid(logit)];")
    case .softmax:
      classesPrediction(
        """
          const logits = outputs(row), largest = logits.reduce((a, b) => Math.max(a, b));
          const powers = logits.map((logit) => Math.exp(logit - largest)), sum = powers.reduce((a, b) => a + b);
          const probabilities = powers.map((power) => power / sum);
        """)
    case .number(let mean, let deviation):
      """
      export function predict(row) {
        return \(literal(mean)) + \(literal(deviation)) * outputs(row)[0];
      }
      """
    }
  }

  private func classesPrediction(_ probabilities: String) -> String {
    """
    export function predict(row) {
    \(probabilities)
      const best = probabilities.reduce((best, p, i) => (p > probabilities[best] ? i : best), 0);
      return {
        class: classes[best],
        probabilities: Object.fromEntries(classes.map((name, i) => [name, probabilities[i]])),
      };
    }
    """
  }
}
