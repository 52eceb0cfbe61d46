import MicrogradData
import MicrogradJSON
public import MicrogradModels
import MicrogradNetworks

extension TabularModel {
  /// Returns the whole model as JSON: the columns and how they become numbers, the layers with the names and constants of
  /// their activations, and how the outputs become a prediction.
  ///
  /// ```json
  /// {
  ///   "features": [
  ///     {"name": "age", "encoding": "standardized", "mean": 29.7, "deviation": 14.5},
  ///     {"name": "sex", "encoding": "oneHot", "categories": ["female", "male"]}
  ///   ],
  ///   "target": {"name": "survived", "encoding": "classes", "classes": ["no", "yes"]},
  ///   "layers": [{"activation": "linear", "weights": [[0.3, -1.2, 0.5]], "biases": [0.1]}],
  ///   "output": "logistic"
  /// }
  /// ```
  ///
  /// - A number becomes `(x - mean) / deviation`, or 0 if it is missing; a text becomes a number for each category, 1 for its
  ///   own and 0 for the others.
  /// - A layer has a row of weights for each output. An activation has its name, one of `Activation.identifiers`, and a
  ///   `constant` if it has a slope or a scale.
  /// - The output is `logistic`, the probability of the second class; `softmax`, the probabilities of all classes; or
  ///   `number`, with `mean` and `deviation` in the target: `mean + deviation · output`.
  ///
  /// - Complexity: Linear in the number of weights.
  public func json() -> String {
    JSON.object([
      ("features", .array(pipeline.features.map { $0.json })), ("target", pipeline.target.json),
      ("layers", .array(layers.map { $0.json })), ("output", .text(output.name)),
    ]).description
  }
}

extension TabularModel.Output {
  fileprivate var name: String {
    switch self {
    case .logistic: "logistic"
    case .softmax: "softmax"
    case .number: "number"
    }
  }
}

extension TabularModel.Layer {
  fileprivate var json: JSON {
    .object(
      activation.jsonMembers + [
        ("weights", .array(weights.map { .numbers($0) })), ("biases", .numbers(biases)),
      ])
  }
}
