import MicrogradNetworks

/// A graph of ONNX while it is written: nodes in the order of computing, and the tensors that they read.
///
/// The operators and their attributes are described at https://onnx.ai/onnx/operators/.
struct ONNXGraph {
  /// The type of the numbers.
  let precision: Precision
  private(set) var message = ProtobufMessage<ONNX.Graph>()
  private var names = UniqueNames()
  /// The names of single numbers, which are written once.
  private var constants: [UInt64: String] = [:]

  init(name: String, precision: Precision) {
    self.precision = precision
    message.append(.name, name)
  }

  /// Returns a name that nothing else has, the wish if possible.
  mutating func name(_ wish: String) -> String { names.take(wish) }
}

// MARK: - Inputs and outputs

extension ONNXGraph {
  /// The extent of a dimension.
  enum Dimension {
    /// As many as there are rows.
    case rows
    case count(Int)

    fileprivate var message: ProtobufMessage<ONNX.Dimension> {
      var message = ProtobufMessage<ONNX.Dimension>()
      switch self {
      case .rows: message.append(.parameter, "rows")
      case .count(let count): message.append(.value, count)
      }
      return message
    }
  }

  /// Declares an input of the graph.
  mutating func addInput(_ name: String, _ element: ONNX.Element, _ shape: [Dimension]) {
    message.append(.input, Self.description(of: name, element, shape))
  }

  /// Declares an output of the graph.
  mutating func addOutput(_ name: String, _ element: ONNX.Element, _ shape: [Dimension]) {
    message.append(.output, Self.description(of: name, element, shape))
  }

  private static func description(
    of name: String, _ element: ONNX.Element, _ dimensions: [Dimension]
  ) -> ProtobufMessage<ONNX.ValueInfo> {
    var shape = ProtobufMessage<ONNX.Shape>()
    for dimension in dimensions { shape.append(.dimension, dimension.message) }
    var tensor = ProtobufMessage<ONNX.TensorType>()
    tensor.append(.element, element.rawValue)
    tensor.append(.shape, shape)
    var type = ProtobufMessage<ONNX.TypeOfValue>()
    type.append(.tensor, tensor)
    var description = ProtobufMessage<ONNX.ValueInfo>()
    description.append(.name, name)
    description.append(.type, type)
    return description
  }
}

// MARK: - Tensors

extension ONNXGraph {
  /// Adds numbers, row by row, in the graph's precision. Returns their name.
  mutating func tensor(_ wish: String, _ numbers: [Double], shape: [Int]) -> String {
    tensor(wish, precision.onnx, shape) { [precision] tensor in
      switch precision {
      case .double: tensor.append(.doubles, packed: numbers)
      case .float: tensor.append(.floats, packed: numbers.map { Float($0) })
      }
    }
  }

  /// Adds a list of texts. Returns its name.
  mutating func tensor(_ wish: String, _ texts: [String]) -> String {
    tensor(wish, .string, [texts.count]) { $0.append(.strings, texts) }
  }

  /// Adds a list of integers. Returns its name.
  mutating func tensor(_ wish: String, _ integers: [Int]) -> String {
    tensor(wish, .integer, [integers.count]) { $0.append(.integers, packed: integers) }
  }

  /// Returns the name of a single number, which fits every shape.
  mutating func constant(_ number: Double) -> String {
    if let name = constants[number.bitPattern] { return name }
    let name = tensor("\(number)", [number], shape: [])
    constants[number.bitPattern] = name
    return name
  }

  private mutating func tensor(
    _ wish: String, _ element: ONNX.Element, _ shape: [Int], _ content: (inout ProtobufMessage<ONNX.Tensor>) -> Void
  ) -> String {
    let name = names.take(wish)
    var tensor = ProtobufMessage<ONNX.Tensor>()
    for count in shape { tensor.append(.dimension, count) }
    tensor.append(.type, element.rawValue)
    content(&tensor)
    tensor.append(.name, name)
    message.append(.initializer, tensor)
    return name
  }
}

// MARK: - Nodes

extension ONNXGraph {
  /// A setting of an operator.
  enum Attribute {
    case integer(String, Int)
    case strings(String, [String])

    fileprivate var message: ProtobufMessage<ONNX.Attribute> {
      var message = ProtobufMessage<ONNX.Attribute>()
      switch self {
      case .integer(let name, let number):
        message.append(.name, name)
        message.append(.integer, number)
        message.append(.type, ONNX.AttributeType.integer.rawValue)
      case .strings(let name, let texts):
        message.append(.name, name)
        message.append(.strings, texts)
        message.append(.type, ONNX.AttributeType.strings.rawValue)
      }
      return message
    }
  }

  /// Adds an operator with one output. Returns the output's name: the one given, or one after the operator.
  @discardableResult
  mutating func node(
    _ operation: String, _ inputs: [String], _ attributes: [Attribute] = [], domain: String = "",
    output: String? = nil
  ) -> String {
    let output = output ?? names.take(operation)
    var node = ProtobufMessage<ONNX.Node>()
    node.append(.input, inputs)
    node.append(.output, output)
    node.append(.name, output)
    node.append(.operation, operation)
    for attribute in attributes { node.append(.attribute, attribute.message) }
    if !domain.isEmpty { node.append(.domain, domain) }
    message.append(.node, node)
    return output
  }
}
