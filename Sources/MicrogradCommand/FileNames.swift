extension String {
  /// The name of the file at this path, without its folder.
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }

  /// The extension of the name of the file at this path, in small letters and without the dot; nil if there is none.
  var fileExtension: String? {
    guard let dot = lastIndex(of: "."), !self[dot...].contains("/") else { return nil }
    return self[dot...].dropFirst().lowercased()
  }
}
