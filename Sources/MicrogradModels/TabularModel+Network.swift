public import MicrogradData
public import MicrogradEngine
public import MicrogradNetworks

extension TabularModel {
  /// Creates a model of the present parameters of a network.
  ///
  /// - Precondition: The network fits to the pipeline, has neurons in every layer, and each layer has one activation,
  ///   which has a definition.
  public init(pipeline: Pipeline, network: MLP) {
    self.init(
      pipeline: pipeline,
      layers: network.layers.map { layer in
        Layer(
          weights: layer.neurons.map { $0.weights.map { $0.data } }, biases: layer.neurons.map { $0.bias.data },
          activation: layer.neurons.first?.activation ?? .linear)
      })
  }

  /// Returns a network of values with the parameters of the model, to look at, or to train further. It takes the numbers
  /// of `Pipeline.inputs(of:)`.
  public func network() -> MLP {
    MLP(
      layers.map { layer in
        MicrogradNetworks.Layer(
          zip(layer.weights, layer.biases).map { weights, bias in
            Neuron(weights: weights.map { Value($0) }, bias: Value(bias), activation: layer.activation)
          })
      })
  }
}

extension TabularModel.Output {
  /// Returns the prediction for the outputs of the network: the probability of each class, or the number in its own unit.
  public func prediction(_ outputs: [Value]) -> [Value] {
    switch self {
    case .logistic:
      // The complement as a sigmoid of its own, which keeps its digits where the probability is almost 1.
      [(-outputs[0]).sigmoid(), outputs[0].sigmoid()]
    case .softmax: MicrogradNetworks.softmax(outputs)
    case .number(let mean, let deviation): [mean + deviation * outputs[0]]
    }
  }

  /// The classes; nil if a number is predicted.
  public var classes: [String]? {
    switch self {
    case .logistic(let classes), .softmax(let classes): classes
    case .number: nil
    }
  }
}
