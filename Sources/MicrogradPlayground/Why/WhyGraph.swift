import MicrogradEngine
import MicrogradGraph
import MicrogradNetworks

/// The recorded graph of a loss, propagated, on a copy of the network: that of one sample, or of a batch with the penalty.
///
/// Its values have the names of drawings: the parameters `w1.2.1` and `b1.2`, the inputs `x1` and `x2`, `h1.2` for the output
/// of the neuron that the question is about, and in a batch `L7` for the loss of the seventh sample.
struct WhyGraph {
  let target: WhyTarget
  /// The samples, as positions among those of the training.
  let samples: [Int]
  /// The loss.
  let root: Value
  private let neuron: Neuron
  /// The loss of the sample that the question is about, and the output of the neuron.
  private let loss, output: Value

  /// - Parameter samples: The samples of the loss. The one that the question is about is taken to be the first if it is not
  ///   among them.
  /// - Precondition: There is a sample.
  init(_ target: WhyTarget, samples: [Int], isBatch: Bool, _ session: PlaygroundSession) {
    let model = MLP(copying: session.model), objective = Objective(session.settings, model)
    model.labelParameters()
    var target = target
    if !samples.contains(target.sample) { target.sample = samples[0] }
    var losses: [Value] = [], focus: (loss: Value, output: Value)?
    for sample in samples {
      let point = session.data.training[sample]
      var results = [Value(point.x, label: "x1"), Value(point.y, label: "x2")], output = results[0]
      for (index, layer) in model.layers.enumerated() {
        results = layer(results)
        if index == target.layer { output = results[target.neuron] }
      }
      let loss = session.settings.loss(results, point.target)
      if isBatch { loss.label = "L\(sample + 1)" }
      if sample == target.sample { focus = (loss, output) }
      losses.append(loss)
    }
    let (loss, output) = focus ?? (losses[0], losses[0])
    if target.kind == .neuron { output.label = "h\(target.layer + 1).\(target.neuron + 1)" }
    (self.target, self.samples, self.loss, self.output) = (target, samples, loss, output)
    neuron = model.layers[target.layer].neurons[target.neuron]
    root = isBatch ? objective.total(losses) : loss
    root.backward()
  }

  /// The value that the question is about.
  var subject: Value {
    switch target.kind {
    case .weight: neuron.weights[target.input]
    case .bias: neuron.bias
    case .neuron: output
    case .sample: loss
    case .loss: root
    }
  }

  /// The gradient that arrives at the neuron's weighted sum: that of the bias, whose local derivative is 1.
  var arriving: Double { neuron.bias.grad }

  /// The position of the subject in a graph that was made of the root.
  func position(in graph: ComputationGraph) -> Int {
    let last = graph.nodes.count - 1
    guard let label = subject.label else { return last }
    return graph.nodes.last { $0.label == label }?.id ?? last
  }
}

extension MLP {
  /// A network of its own, with the same numbers.
  init(copying model: MLP) {
    self.init(
      model.layers.map { layer in
        Layer(
          layer.neurons.map { neuron in
            Neuron(
              weights: neuron.weights.map { Value($0.data) }, bias: Value(neuron.bias.data),
              activation: neuron.activation)
          })
      })
  }
}
