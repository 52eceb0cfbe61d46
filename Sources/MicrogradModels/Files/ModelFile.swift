package import MicrogradJSON

/// A file of a model, whatever its kind: its weights as tensors, and all else as a JSON document in the metadata.
package struct ModelFile {
  /// The kinds of models. Files of the first kind are older than the member that names it.
  package enum Kind: String, Sendable {
    case table, text
  }

  /// The version of the format that is written, and the latest one that is read.
  static let version = 1
  /// The member of the metadata that describes the model.
  private static let descriptionName = "micrograd"
  package let description: DescriptionValue
  package var tensors: ModelTensors

  /// Reads the content of a file.
  ///
  /// - Throws: ``ModelFileError`` if the bytes are not those of a safetensors file with a description of a model of that
  ///   kind.
  package init(_ bytes: [UInt8], kind: Kind) throws(ModelFileError) {
    let file: Safetensors
    do {
      file = try Safetensors(bytes)
    } catch {
      throw ModelFileError(.malformedFile(error))
    }
    guard let text = file.metadata[Self.descriptionName] else { throw ModelFileError(.noDescription) }
    description = try DescriptionValue(parsing: text)
    tensors = ModelTensors(file)
    try checkVersion()
    let found = description.json["kind"] == nil ? Kind.table.rawValue : try description.member("kind").text()
    if found != kind.rawValue { throw ModelFileError(.otherKind(found: found, expected: kind.rawValue)) }
  }

  private func checkVersion() throws(ModelFileError) {
    let value = try description.member("version"), version = try value.integer()
    if version > Self.version { throw ModelFileError(.newerVersion(version)) }
    if version < Self.version { throw value.error("there is no version \(version); the first one is 1") }
  }

  /// Returns the content of a file.
  package static func bytes(
    of tensors: [Safetensors.Tensor], kind: Kind, description members: [(String, JSON)]
  ) -> [UInt8] {
    let head: [(String, JSON)] =
      [("version", .integer(version))] + (kind == .table ? [] : [("kind", .text(kind.rawValue))])
    let metadata = ["format": "micrograd", descriptionName: JSON.object(head + members).description]
    return Safetensors(tensors: tensors, metadata: metadata).bytes()
  }
}
