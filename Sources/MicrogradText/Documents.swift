public import MicrogradData
import MicrogradRequirement

extension TextModel {
  /// Returns the documents of a text: its lines without white space at both ends, except for empty ones. A byte order mark
  /// at the beginning of the text is left out.
  public static func documents(of text: String) -> [String] {
    let content = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
    return content.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
  }

  /// Reads the documents of a text file in UTF-8, a document on each line. The path `-` is standard input.
  ///
  /// - Throws: `FileError` with the path and the reason.
  public static func documents(contentsOf path: String) throws(FileError) -> [String] {
    documents(of: try TextFile.read(path))
  }
}
