public import MicrogradData

extension TabularModel {
  /// The largest file that is read: 1 GiB, more than a hundred million weights.
  static let fileLimit = 1 << 30

  /// Reads a model from a file in the format of ``safetensors()``.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``ModelFileError`` with the path and the reason.
  public init(contentsOf path: String) throws(ModelFileError) {
    do {
      try self.init(safetensors: Self.bytes(of: path))
    } catch {
      throw ModelFileError(path: path, error.reason)
    }
  }

  private static func bytes(of path: String) throws(ModelFileError) -> [UInt8] {
    do {
      return try BinaryFile.read(path, limit: fileLimit)
    } catch {
      throw ModelFileError(.unreadable(error.reason))
    }
  }

  /// Writes the bytes of ``safetensors()`` to a file, and replaces the file if there is one.
  ///
  /// The file is written whole or not at all: readers see either the old content or the new one. (Only a device or a
  /// pipe, such as `/dev/stdout`, is written to directly.) The path `-` is standard output.
  ///
  /// - Throws: `FileError` with the path and the reason: that of the operating system, or why the model could not be read
  ///   again, such as weights that are not finite.
  public func write(to path: String) throws(FileError) {
    let bytes = safetensors()
    do {
      _ = try TabularModel(safetensors: bytes)
    } catch {
      throw .unwritable(path: path, reason: "\(error)")
    }
    try BinaryFile.write(bytes, to: path)
  }
}
