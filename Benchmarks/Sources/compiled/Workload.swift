import Micrograd

/// What all peers train: the same data, initial weights and step (peers/workloads.py has it for Python).
///
/// W1  2-2-1      relu, sigmoid output, mean squared error, 100 samples
/// W2  2-16-16-1  relu, mean hinge + 1e-4·Σp², 100 samples: micrograd's demo
/// W3  64-128-64-10   relu, mean softmax cross-entropy, batch of 128
/// W4  784-512-256-10 relu, mean softmax cross-entropy, batch of 128
struct Workload {
  enum Loss { case squaredError, hinge, crossEntropy }

  let name: String
  let sizes: [Int]
  let samples: Int
  let loss: Loss
  let learningRate: Double

  static let all = [
    Workload(name: "W1", sizes: [2, 2, 1], samples: 100, loss: .squaredError, learningRate: 0.1),
    Workload(name: "W2", sizes: [2, 16, 16, 1], samples: 100, loss: .hinge, learningRate: 0.1),
    Workload(name: "W3", sizes: [64, 128, 64, 10], samples: 128, loss: .crossEntropy, learningRate: 0.05),
    Workload(name: "W4", sizes: [784, 512, 256, 10], samples: 128, loss: .crossEntropy, learningRate: 0.05),
  ]

  /// The same with other samples.
  func with(samples: Int) -> Workload {
    Workload(name: name, sizes: sizes, samples: samples, loss: loss, learningRate: learningRate)
  }

  /// Inputs and, behind them, the label or one number for each class.
  struct Data {
    var inputs: [[Double]]
    var labels: [Double]
    let model: MLP
  }

  /// NumPy's numbers for seed 1234.
  func makeData() -> Data {
    var random = NumPyRandom(seed: 1234)
    let inputs = (0..<samples).map { _ in (0..<sizes[0]).map { _ in random.uniform(-1, 1) } }
    let labels = inputs.map { x in
      switch loss {
      case .squaredError: x[0] * x[1] > 0 ? 1.0 : 0
      case .hinge: x[0] * x[1] > 0 ? 1.0 : -1
      case .crossEntropy: Double(random.randint(sizes[sizes.count - 1]))
      }
    }
    let layers = (1..<sizes.count).map { level in
      let scale = (3 / Double(sizes[level - 1])).squareRoot()
      return Layer(
        (0..<sizes[level]).map { _ in
          Neuron(
            weights: (0..<sizes[level - 1]).map { _ in Value(random.uniform(-1, 1) * scale) }, bias: Value(0.01),
            activation: level < sizes.count - 1 ? .relu : .linear)
        })
    }
    return Data(inputs: inputs, labels: labels, model: MLP(layers))
  }

  // MARK: Written as users write it

  /// The loss of all samples. `isPlain`: neurons as products and additions, one node each.
  func record(_ data: Data, isPlain: Bool = false) -> Value {
    let losses = zip(data.inputs, data.labels).map { input, label in
      let outputs = isPlain ? plainOutputs(data.model, input) : data.model(input)
      return switch loss {
      case .squaredError: squaredError(outputs[0].sigmoid(), label)
      case .hinge: hingeLoss(outputs[0], label: label)
      case .crossEntropy: softmaxCrossEntropy(logits: outputs, label: Int(label))
      }
    }
    return loss == .hinge ? losses.mean() + penalty(data.model) : losses.mean()
  }

  private func penalty(_ model: MLP) -> Value { 1e-4 * model.parameters.map { $0 * $0 }.sum() }

  private func plainOutputs(_ model: MLP, _ input: [Double]) -> [Value] {
    model.layers.reduce(input.map { Value($0) }) { values, layer in
      layer.neurons.map { neuron in
        neuron.activation(zip(neuron.weights, values).reduce(neuron.bias) { $0 + $1.0 * $1.1 })
      }
    }
  }

  /// The program of one sample, with its data bound.
  func makeSampleProgram(_ data: Data, precision: Precision, threads: Int? = 1) throws -> Program {
    let width = sizes[0], classes = sizes[sizes.count - 1], model = data.model
    let labels = loss == .crossEntropy ? classes : 1
    let program = try Program(
      inputs: width + labels, parameters: model.parameters, precision: precision, threads: threads,
      regularization: loss == .hinge ? penalty(model) : nil
    ) { sample in
      let outputs = model(Array(sample[..<width])), label = sample[width]
      return switch loss {
      case .squaredError: squaredError(outputs[0].sigmoid(), label)
      case .hinge: hingeLoss(outputs[0], label: label)
      case .crossEntropy: softmaxCrossEntropy(logits: outputs, targets: Array(sample[width...]))
      }
    }
    try program.bind(
      zip(data.inputs, data.labels).map { input, label in
        input + (loss == .crossEntropy ? oneHot(Int(label), classes) : [label])
      })
    return program
  }

  private func oneHot(_ label: Int, _ classes: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: classes)
    numbers[label] = 1
    return numbers
  }

  /// Multiplications and additions of the matrix products in a step; no gradient of the inputs of layer one.
  var floatingPointOperations: Double {
    var products = 0
    for level in 1..<sizes.count { products += sizes[level - 1] * sizes[level] * (level == 1 ? 2 : 3) }
    return 2 * Double(products * samples)
  }
}
