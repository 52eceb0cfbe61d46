/// The tensors of a model file, each of which is taken once.
package struct ModelTensors {
  private var tensors: [String: Safetensors.Tensor]

  package init(_ file: Safetensors) { tensors = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0) }) }

  /// Takes a tensor of one axis; of any size from 1, if the count is nil.
  package mutating func vector(_ name: String, count: Int?) throws(ModelFileError) -> [Double] {
    let tensor = try take(name)
    guard tensor.shape.count == 1, tensor.shape[0] > 0, count == nil || tensor.shape[0] == count else {
      let expected = count.map { "[\($0)]" } ?? "one axis, with at least one number"
      throw ModelFileError(.wrongShape(tensor: name, found: tensor.shape, expected: expected))
    }
    return tensor.numbers
  }

  /// Takes a tensor of two axes, as its rows.
  package mutating func matrix(_ name: String, rows: Int, columns: Int) throws(ModelFileError) -> [[Double]] {
    let tensor = try take(name), shape = [rows, columns]
    if tensor.shape != shape {
      throw ModelFileError(.wrongShape(tensor: name, found: tensor.shape, expected: "\(shape)"))
    }
    return (0..<rows).map { Array(tensor.numbers[($0 * columns)..<(($0 + 1) * columns)]) }
  }

  private mutating func take(_ name: String) throws(ModelFileError) -> Safetensors.Tensor {
    guard let tensor = tensors.removeValue(forKey: name) else { throw ModelFileError(.missingTensor(name)) }
    if !tensor.numbers.allSatisfy({ $0.isFinite }) { throw ModelFileError(.notFinite(tensor: name)) }
    return tensor
  }

  /// Throws for a tensor that has not been taken.
  package func checkAllTaken() throws(ModelFileError) {
    if let name = tensors.keys.min() { throw ModelFileError(.unexpectedTensor(name)) }
  }
}
