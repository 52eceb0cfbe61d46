import MicrogradData
import MicrogradNetworks

extension TabularModel {
  /// Returns the content of a model file, in the safetensors format: the weights of the first layer as `layers.0.weight`,
  /// a row for each output, its biases as `layers.0.bias`, and so on. All that is not a weight is a JSON document in the
  /// metadata, under `micrograd`.
  ///
  /// All numbers are there exactly. A model with numbers that are not finite can be written so, but not read.
  public func safetensors() -> [UInt8] {
    let tensors = layers.enumerated().flatMap { index, layer in
      [
        Safetensors.Tensor(
          name: Self.weightName(index), shape: [layer.outputCount, layer.inputCount],
          numbers: layer.weights.flatMap { $0 }),
        Safetensors.Tensor(name: Self.biasName(index), shape: [layer.outputCount], numbers: layer.biases),
      ]
    }
    return ModelFile.bytes(of: tensors, kind: .table, description: ModelDescription(self).jsonMembers())
  }

  /// Reads the content of a model file.
  ///
  /// - Throws: ``ModelFileError`` if the bytes are not those of a safetensors file with a description of a model, or if the
  ///   description and the weights do not make a model.
  /// - Complexity: O(n) in time and memory.
  public init(safetensors bytes: [UInt8]) throws(ModelFileError) {
    let file = try ModelFile(bytes, kind: .table), description = try ModelDescription(file.description)
    self.init(pipeline: description.pipeline, layers: try Self.layers(file.tensors, description))
    record = description.record
  }

  private static func weightName(_ layer: Int) -> String { "layers.\(layer).weight" }
  private static func biasName(_ layer: Int) -> String { "layers.\(layer).bias" }

  private static func layers(
    _ tensors: ModelTensors, _ description: ModelDescription
  ) throws(ModelFileError) -> [Layer] {
    var tensors = tensors, layers: [Layer] = []
    var width = description.pipeline.inputCount
    for (index, activation) in description.activations.enumerated() {
      let isLast = index == description.activations.count - 1
      let bias = try tensors.vector(biasName(index), count: isLast ? description.pipeline.target.width : nil)
      let weights = try tensors.matrix(weightName(index), rows: bias.count, columns: width)
      layers.append(Layer(weights: weights, biases: bias, activation: activation))
      width = bias.count
    }
    try tensors.checkAllTaken()
    return layers
  }
}
