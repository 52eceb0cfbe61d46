import MicrogradEngine
import MicrogradModels
import MicrogradNetworks

/// A neural network while it is written: layers in the order of computing.
struct CoreMLNetwork {
  private(set) var message = ProtobufMessage<CoreML.Network>()
  private var names: UniqueNames

  /// - Parameter names: The names in the pipeline, which its own are different from.
  init(names: UniqueNames) {
    self.names = names
    message.append(.arrayMapping, CoreML.ArrayMapping.exact.rawValue)
  }

  /// Adds a layer. Returns the name of its output.
  mutating func layer<Parameters>(
    _ kind: CoreML.Layer, _ inputs: [String], _ parameters: ProtobufMessage<Parameters>
  ) -> String {
    let output = names.take("\(kind)")
    var layer = ProtobufMessage<CoreML.Layer>()
    layer.append(.name, output)
    layer.append(.input, inputs)
    layer.append(.output, output)
    layer.append(kind, parameters)
    message.append(.layer, layer)
    return output
  }

  /// Adds a layer without parameters. Returns the name of its output.
  mutating func layer(_ kind: CoreML.Layer, _ inputs: [String]) -> String {
    layer(kind, inputs, ProtobufMessage<CoreML.Empty>())
  }

  /// Adds a function that is an activation of Core ML's, with its only parameter if it has one.
  mutating func activation(_ function: CoreML.Activation, of input: String, alpha: Double? = nil) -> String {
    var parameters = ProtobufMessage<CoreML.ActivationParameters>()
    if let alpha { parameters.append(.alpha, Float(alpha)) }
    var activation = ProtobufMessage<CoreML.Activation>()
    activation.append(function, parameters)
    return layer(.activation, [input], activation)
  }

  /// Adds a number that fits every shape.
  mutating func constant(_ number: Double) -> String {
    var constant = ProtobufMessage<CoreML.Constant>()
    constant.append(.shape, packed: [1])
    constant.append(.numbers, Self.weights([number]))
    return layer(.constant, [], constant)
  }

  private static func weights(_ numbers: [Double]) -> ProtobufMessage<CoreML.Weights> {
    var weights = ProtobufMessage<CoreML.Weights>()
    weights.append(.numbers, packed: numbers.map { Float($0) })
    return weights
  }
}

// MARK: - The model's layers

extension CoreMLNetwork {
  /// Adds a fully connected layer. Returns the name of its outputs.
  mutating func add(_ layer: TabularModel.Layer, input: String) -> String {
    let sums = add(layer.weights, layer.biases, input: input)
    return add(layer.activation, of: sums)
  }

  private mutating func add(_ weights: [[Double]], _ biases: [Double], input: String) -> String {
    var product = ProtobufMessage<CoreML.InnerProduct>()
    product.append(.inputCount, weights[0].count)
    product.append(.outputCount, weights.count)
    product.append(.hasBias, 1)
    product.append(.weights, Self.weights(weights.flatMap { $0 }))
    product.append(.bias, Self.weights(biases))
    return layer(.innerProduct, [input], product)
  }

  /// Activations that Core ML knows; the others are written as their formulas.
  private mutating func add(_ activation: Activation, of sums: String) -> String {
    switch activation.definition! {
    case .identity: return sums
    case .operation(.relu, _): return self.activation(.relu, of: sums)
    case .operation(.leakyReLU, let slope): return self.activation(.leakyReLU, of: sums, alpha: slope)
    case .operation(.elu, let scale): return self.activation(.elu, of: sums, alpha: scale)
    case .operation(.softsign, _): return self.activation(.softsign, of: sums)
    case .operation(.gelu, _): return layer(.gelu, [sums])
    case .operation(let operation, let constant):
      var formula = FormulaWriter(a: sums, b: constant, in: &self)
      return formula.write(operation.rule.value.withoutLimit, to: &self)
    }
  }

  /// Adds the probabilities of two classes, by the logit of the second, as the softmax of 0 and the logit.
  mutating func addLogistic(of logit: String) -> String {
    addSoftmax(of: add([[0], [1]], [0, 0], input: logit))
  }

  /// Adds the probabilities of classes, by their logits.
  mutating func addSoftmax(of logits: String) -> String {
    var softmax = ProtobufMessage<CoreML.Softmax>()
    softmax.append(.axis, -1)
    return layer(.softmax, [logits], softmax)
  }

  /// Makes a classifier of the network.
  mutating func setClasses(_ classes: [String], probabilities: String) {
    var labels = ProtobufMessage<CoreML.Vector>()
    labels.append(.element, classes)
    message.append(.classes, labels)
    message.append(.probabilitiesName, probabilities)
  }
}

extension Expression {
  /// The formula without its limit at infinity: in a network of finite numbers no weighted sum is infinite.
  fileprivate var withoutLimit: Expression {
    if case .exception(_, limit: _, let formula) = self { formula } else { self }
  }
}
