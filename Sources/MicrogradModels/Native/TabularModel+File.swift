public import MicrogradData

extension TabularModel {
  /// Reads a model from a file in the format of ``safetensors()``.
  ///
  /// The file may be a pipe; the path `-` is standard input.
  ///
  /// - Throws: ``ModelFileError`` with the path and the reason.
  public init(contentsOf path: String) throws(ModelFileError) {
    self = try ModelFile.read(path) { bytes throws(ModelFileError) in try TabularModel(safetensors: bytes) }
  }

  /// Writes the bytes of ``safetensors()`` to a file, and replaces the file if there is one.
  ///
  /// The file is written whole or not at all: readers see either the old content or the new one. (Only a device or a
  /// pipe, such as `/dev/stdout`, is written to directly.) The path `-` is standard output.
  ///
  /// - Throws: `FileError` with the path and the reason: that of the operating system, or why the model could not be read
  ///   again, such as weights that are not finite.
  public func write(to path: String) throws(FileError) {
    try ModelFile.write(safetensors(), to: path) { bytes throws(ModelFileError) in
      _ = try TabularModel(safetensors: bytes)
    }
  }
}
