import MicrogradData
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

/// The structure of the files; `Tests/ExportChecks/run` compares what onnxruntime computes of them.
@Suite struct ONNXTests {
  @Test(arguments: Precision.allCases) func filesSayWhatTheyAre(precision: Precision) {
    let file = ProtobufReader(CheckedModel.named[0].model.onnx(precision: precision))
    #expect(file.integer(ONNX.Model.irVersion) == 8)
    let operators = file.messages(ONNX.Model.operatorSet).map {
      "\($0.text(ONNX.OperatorSet.domain)) \($0.integer(ONNX.OperatorSet.version))"
    }
    #expect(operators == [" 13", "ai.onnx.ml 2"])
    let metadata = file.messages(ONNX.Model.metadata).map {
      "\($0.text(ONNX.Metadata.key)): \($0.text(ONNX.Metadata.value))"
    }
    #expect(metadata == ["target: label", #"classes: ["no \"yes\"",""]"#])
  }

  /// A column may be called what an output is called, or an operator.
  @Test(arguments: Precision.allCases) func columnsKeepTheirNames(precision: Precision) {
    let model = CheckedModel.named[1].model, graph = Graph(model.onnx(precision: precision))
    let number = "\(precision.onnx.rawValue)", text = "8"
    let expected = model.pipeline.features.map { feature in
      let isNumber = if case .standardized = feature.encoding { true } else { false }
      return "\(feature.name): \(isNumber ? number : text) [rows, 1]"
    }
    #expect(graph.inputs == expected)
    #expect(graph.outputs == ["probabilities_2: \(number) [rows, 3]", "label_2: 8 [rows]"])
  }

  /// Numbers are predicted in the unit of the target, under a name of their own.
  @Test func numbersHaveOneOutput() {
    #expect(Graph(CheckedModel.named[2].model.onnx()).outputs == ["prediction_2: 11 [rows, 1]"])
  }

  @Test func columnsWithoutANameGetOne() {
    let number = Pipeline.Feature(name: "", encoding: .standardized(mean: 0, deviation: 1))
    let target = Pipeline.Target(name: "", encoding: .standardized(mean: 0, deviation: 1))
    let layer = TabularModel.Layer(weights: [[1]], biases: [0], activation: .linear)
    let model = TabularModel(pipeline: Pipeline(features: [number], target: target), layers: [layer])
    #expect(Graph(model.onnx()).inputs == ["column: 11 [rows, 1]"])
  }

  /// Each node reads what is known by then and writes something new; tensors have the numbers that their shape says;
  /// weights are the model's.
  @Test func graphsAreComplete() {
    let seed = newSeed()
    for checked in CheckedModel.all(seed: seed) {
      for precision in Precision.allCases {
        let graph = Graph(checked.model.onnx(precision: precision)), what = "\(checked.name), seed \(seed)"
        #expect(graph.problems.isEmpty, "\(what): \(graph.problems)")
        for (index, layer) in checked.model.layers.enumerated() {
          let weights = layer.weights.flatMap { $0 }
          let expected = precision == .double ? weights : weights.map { Double(Float($0)) }
          #expect(graph.numbers.values.contains(expected), "\(what): the weights of layer \(index)")
        }
      }
    }
  }
}

/// The graph of a file, read.
private struct Graph {
  /// "name: element type [shape]"
  private(set) var inputs: [String] = [], outputs: [String] = []
  /// The numbers of tensors, by name.
  private(set) var numbers: [String: [Double]] = [:]
  /// The mistakes that were found.
  private(set) var problems: [String] = []

  init(_ bytes: [UInt8]) {
    let graph = ProtobufReader(bytes).message(ONNX.Model.graph)
    let inputs = graph.messages(ONNX.Graph.input), outputs = graph.messages(ONNX.Graph.output)
    self.inputs = inputs.map(Self.description)
    self.outputs = outputs.map(Self.description)
    var known: Set<String> = []
    func define(_ name: String, _ problems: inout [String]) {
      if name.isEmpty || !known.insert(name).inserted { problems.append("\(name) is defined twice, or has no name") }
    }
    for input in inputs { define(input.text(ONNX.ValueInfo.name), &problems) }
    for tensor in graph.messages(ONNX.Graph.initializer) {
      define(tensor.text(ONNX.Tensor.name), &problems)
      read(tensor)
    }
    for node in graph.messages(ONNX.Graph.node) {
      for input in node.texts(ONNX.Node.input) where !known.contains(input) {
        problems.append("\(input) is read before it is computed")
      }
      for output in node.texts(ONNX.Node.output) { define(output, &problems) }
    }
    for output in outputs where !known.contains(output.text(ONNX.ValueInfo.name)) {
      problems.append("\(Self.description(output)) is not computed")
    }
  }

  private mutating func read(_ tensor: ProtobufReader) {
    let name = tensor.text(ONNX.Tensor.name), count = tensor.integers(ONNX.Tensor.dimension).reduce(1, *)
    switch ONNX.Element(rawValue: tensor.integer(ONNX.Tensor.type)) {
    case .double: numbers[name] = tensor.packedDoubles(ONNX.Tensor.doubles)
    case .float: numbers[name] = tensor.packedFloats(ONNX.Tensor.floats).map { Double($0) }
    case .string:
      if tensor.texts(ONNX.Tensor.strings).count != count { problems.append("\(name) has not \(count) texts") }
    case .integer: break
    case nil: problems.append("\(name) has no type")
    }
    if let numbers = numbers[name], numbers.count != count { problems.append("\(name) has not \(count) numbers") }
  }

  private static func description(_ value: ProtobufReader) -> String {
    let tensor = value.message(ONNX.ValueInfo.type).message(ONNX.TypeOfValue.tensor)
    let shape = tensor.message(ONNX.TensorType.shape).messages(ONNX.Shape.dimension).map { dimension in
      let name = dimension.text(ONNX.Dimension.parameter)
      return name.isEmpty ? "\(dimension.integer(ONNX.Dimension.value))" : name
    }
    let element = tensor.integer(ONNX.TensorType.element)
    return "\(value.text(ONNX.ValueInfo.name)): \(element) [\(shape.joined(separator: ", "))]"
  }
}
