public import MicrogradData
import MicrogradEngine
internal import MicrogradJSON
public import MicrogradModels
import MicrogradNetworks
import MicrogradRandom
import MicrogradRequirement

extension TextModel {
  /// Returns the content of a model file, in the safetensors format. The tensors have the names of microgpt: `wte`, `wpe` and
  /// `lm_head`, and for each block `layer0.attn_wq`, `layer0.attn_wk`, `layer0.attn_wv`, `layer0.attn_wo`,
  /// `layer0.mlp_fc1` and `layer0.mlp_fc2`, each a row for each output. Vocabulary and sizes are a JSON document in
  /// the metadata, under `micrograd`.
  ///
  /// All numbers are there exactly. A model with numbers that are not finite can be written so, but not read.
  public func safetensors() -> [UInt8] {
    let tensors = network.matrices.map { matrix in
      Safetensors.Tensor(
        name: matrix.tensorName, shape: [matrix.rows.count, matrix.rows[0].count],
        numbers: matrix.rows.flatMap { $0.map(\.data) })
    }
    let sizes = network.configuration
    return ModelFile.bytes(
      of: tensors, kind: .text,
      description: [
        ("characters", .text(vocabulary.text)), ("width", .integer(sizes.width)), ("heads", .integer(sizes.heads)),
        ("layers", .integer(sizes.layers)), ("context", .integer(sizes.context)),
      ])
  }

  /// Reads the content of a model file.
  ///
  /// - Throws: `ModelFileError` if the bytes are not those of a safetensors file with a description of a model of texts, or
  ///   if the description and the weights do not make a model.
  public init(safetensors bytes: [UInt8]) throws(ModelFileError) {
    var file = try ModelFile(bytes, kind: .text)
    let description = file.description, characters = try description.member("characters")
    guard let vocabulary = Vocabulary(Array(try characters.text().unicodeScalars)), vocabulary.count > 1 else {
      throw characters.error("expected different characters, at least one")
    }
    let sizes = try GPT.Configuration(
      vocabulary: vocabulary.count, width: description.member("width").integer(),
      heads: description.member("heads").integer(), layers: description.member("layers").integer(),
      context: description.member("context").integer())
    if let complaint = sizes.complaint ?? sizes.complaintAboutSize { throw description.error(complaint) }
    var random = PythonRandom(seed: 0)
    let network = GPT(sizes, using: &random)
    for matrix in network.matrices {
      let rows = matrix.rows
      let numbers = try file.tensors.matrix(matrix.tensorName, rows: rows.count, columns: rows[0].count)
      for (value, number) in zip(rows.joined(), numbers.joined()) { value.data = number }
    }
    try file.tensors.checkAllTaken()
    self.init(unchecked: vocabulary, network)
  }

  /// Reads a model from a file in the format of ``safetensors()``.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: `ModelFileError` with the path and the reason.
  public init(contentsOf path: String) throws(ModelFileError) {
    self = try ModelFile.read(path) { bytes throws(ModelFileError) in try TextModel(safetensors: bytes) }
  }

  /// Writes the bytes of ``safetensors()`` to a file, whole or not at all, and replaces the file if there is one. The path
  /// `-` is standard output.
  ///
  /// - Throws: `FileError` with the path and the reason.
  public func write(to path: String) throws(FileError) {
    try ModelFile.write(safetensors(), to: path) { bytes throws(ModelFileError) in
      _ = try TextModel(safetensors: bytes)
    }
  }
}

extension GPT.Matrix {
  /// The name in files, that of microgpt.
  fileprivate var tensorName: String { block.map { "layer\($0).\(part)_\(name)" } ?? name }
}
