package import MicrogradData

extension ModelFile {
  /// The largest file that is read: 1 GiB, more than a hundred million weights.
  private static let sizeLimit = 1 << 30

  /// Reads a model from a file, which may be a pipe; the path `-` is standard input.
  package static func read<Model>(
    _ path: String, _ model: ([UInt8]) throws(ModelFileError) -> Model
  ) throws(ModelFileError) -> Model {
    do {
      return try model(try bytes(of: path))
    } catch {
      throw ModelFileError(path: path, error.reason)
    }
  }

  private static func bytes(of path: String) throws(ModelFileError) -> [UInt8] {
    do {
      return try BinaryFile.read(path, limit: sizeLimit)
    } catch {
      throw ModelFileError(.unreadable(error.reason))
    }
  }

  /// Writes a file whole or not at all, and only if it can be read again.
  package static func write(
    _ bytes: [UInt8], to path: String, checkedBy read: ([UInt8]) throws(ModelFileError) -> Void
  ) throws(FileError) {
    do {
      try read(bytes)
    } catch {
      throw .unwritable(path: path, reason: "\(error)")
    }
    try BinaryFile.write(bytes, to: path)
  }
}
