public import MicrogradData
public import MicrogradNetworks
import MicrogradRequirement

/// A network that predicts a column of a table from the others, with the preprocessing that it was trained with.
///
/// It is all numbers: a value that can be copied, sent to another thread, saved and exported. Every format writes this
/// description, and nothing else.
public struct TabularModel: Sendable {
  /// A fully connected layer: `activation(bias + Σ weight · input)` for each output.
  public struct Layer: Sendable {
    /// The weights, a row for each output: `weights[output][input]`.
    public let weights: [[Double]]
    /// The biases, one for each output.
    public let biases: [Double]
    /// The function of the weighted sums. It has a `definition`.
    public let activation: Activation

    /// Creates a layer.
    ///
    /// - Precondition: There is a bias for each row of weights, and at least one; all rows are as long as the first; the
    ///   activation has a definition.
    public init(weights: [[Double]], biases: [Double], activation: Activation) {
      require(
        weights.count == biases.count && !weights.isEmpty && weights.allSatisfy { $0.count == weights[0].count },
        "a layer needs as many rows of weights as biases, all of them as long as the first")
      require(activation.definition != nil, "the activation \(activation.name) cannot be written to a file")
      self.weights = weights
      self.biases = biases
      self.activation = activation
    }

    /// The count of inputs.
    public var inputCount: Int { weights[0].count }
    /// The count of outputs.
    public var outputCount: Int { biases.count }
    /// The count of weights and biases.
    public var parameterCount: Int { outputCount * (inputCount + 1) }
  }

  /// The function that makes a prediction of the outputs of the last layer.
  public enum Output: Sendable, Equatable {
    /// The probability of the second of two classes is the sigmoid of the only output.
    case logistic(classes: [String])
    /// The probabilities of the classes are the softmax of the outputs.
    case softmax(classes: [String])
    /// The number is `mean + deviation · output`.
    case number(mean: Double, deviation: Double)
  }

  /// The rules between raw rows and the numbers of the network.
  public let pipeline: Pipeline
  /// The layers, from input to output.
  public let layers: [Layer]
  /// The figures of its training; nil if they are not known.
  public var record: TrainingRecord?

  /// Creates a model from its parts.
  ///
  /// - Precondition: The layers fit together, and to the pipeline.
  public init(pipeline: Pipeline, layers: [Layer]) {
    let widths = [pipeline.inputCount] + layers.map { $0.outputCount }
    require(
      !layers.isEmpty && zip(layers, widths).allSatisfy { $0.inputCount == $1 }
        && widths.last == pipeline.target.width,
      "the layers do not fit together: a model of \(pipeline.inputCount) inputs and \(pipeline.target.width) outputs")
    self.pipeline = pipeline
    self.layers = layers
  }

  /// The count of weights and biases.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// The function that makes a prediction of the outputs of the last layer.
  public var output: Output {
    switch pipeline.target.encoding {
    case .classes(let classes): pipeline.target.width == 1 ? .logistic(classes: classes) : .softmax(classes: classes)
    case .standardized(let mean, let deviation): .number(mean: mean, deviation: deviation)
    }
  }
}
