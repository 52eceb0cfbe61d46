import MicrogradData
import MicrogradJSON
public import MicrogradModels
public import MicrogradNetworks

extension TabularModel {
  /// Returns the model as a file in the Open Neural Network Exchange format (ONNX), for onnxruntime and others.
  ///
  /// It takes raw rows. There is an input for each column, of its name and of shape [rows, 1]: texts (`string`) for
  /// categories, and numbers of the given precision for the others, where NaN is a missing number. A category that
  /// the model has not seen is no error; see `Pipeline.Feature.Encoding`. Texts are the same if their bytes are. The
  /// outputs are
  ///
  /// - for classes `probabilities`, a matrix of shape [rows, classes], and `label`, the most probable class of each
  ///   row, the first of those that are equally probable;
  /// - for numbers `prediction`, of shape [rows, 1], in the unit of the target.
  ///
  /// An output whose name is that of a column has a number after its name, `label_2`. A column without a name is
  /// called `column`. The metadata have the name of the target column, `target`, and `classes`, a JSON array of the
  /// classes in the order of the probabilities.
  ///
  /// The file has IR version 8, operator set 13, and set 2 of `ai.onnx.ml`, for categories. Functions that
  /// onnxruntime does not compute in double precision, such as the error function, are composed of those that it
  /// does.
  ///
  /// Source: <https://github.com/onnx/onnx/blob/main/docs/IR.md>.
  ///
  /// - Parameter precision: The type of all numbers, computing included.
  /// - Complexity: Linear in the number of weights.
  public func onnx(precision: Precision = .double) -> [UInt8] {
    var graph = ONNXGraph(name: "model", precision: precision)
    var outputs = graph.addPreprocessing(pipeline.features)
    for (number, layer) in layers.enumerated() { outputs = graph.add(layer, number: number, input: outputs) }
    graph.addPredictions(output, of: outputs)
    return onnxModel(graph).bytes
  }

  private func onnxModel(_ graph: ONNXGraph) -> ProtobufMessage<ONNX.Model> {
    var model = ProtobufMessage<ONNX.Model>()
    model.append(.irVersion, 8)
    model.append(.producerName, "swift-micrograd")
    model.append(.graph, graph.message)
    for (domain, version) in [("", 13), ("ai.onnx.ml", 2)] {
      var operators = ProtobufMessage<ONNX.OperatorSet>()
      operators.append(.domain, domain)
      operators.append(.version, version)
      model.append(.operatorSet, operators)
    }
    for (key, value) in onnxMetadata {
      var entry = ProtobufMessage<ONNX.Metadata>()
      entry.append(.key, key)
      entry.append(.value, value)
      model.append(.metadata, entry)
    }
    return model
  }

  private var onnxMetadata: [(String, String)] {
    let target = [("target", pipeline.target.name)]
    return switch pipeline.target.encoding {
    case .classes(let classes): target + [("classes", JSON.texts(classes).description)]
    case .standardized: target
    }
  }
}
