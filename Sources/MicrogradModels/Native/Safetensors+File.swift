public import MicrogradData

extension Safetensors {
  /// Writes a file whole or not at all. Links are followed, and a device or a pipe is written to directly.
  ///
  /// - Parameter path: The path of the file; `-` is standard output.
  /// - Throws: `FileError` if it cannot be written.
  public func write(to path: String) throws(FileError) { try BinaryFile.write(bytes(), to: path) }
}
