import MicrogradData

extension ModelFileError: CustomStringConvertible {
  /// The path, the mistake, and how to mend it.
  public var description: String { path.map { "\(TextFile.inputName($0)): \(reason)" } ?? "\(reason)" }
}
