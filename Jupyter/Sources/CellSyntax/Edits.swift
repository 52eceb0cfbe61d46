import SwiftSyntax

/// Insertions into a piece of source, made all at once.
struct Edits {
  private var insertions: [(offset: Int, text: String)] = []

  /// Inserts a text before what stands at a position of the file.
  mutating func insert(_ text: String, at position: AbsolutePosition) {
    insertions.append((position.utf8Offset, text))
  }

  /// The source of a node, without the white space around it, with the insertions that fall into it.
  func text(of node: some SyntaxProtocol) -> String {
    let start = node.positionAfterSkippingLeadingTrivia.utf8Offset
    var rest = Array(node.trimmedDescription.utf8)[...], result: [UInt8] = [], offset = start
    for insertion in insertions.sorted(by: { $0.offset < $1.offset })
    where insertion.offset >= start && insertion.offset <= start + node.trimmedLength.utf8Length {
      result += rest.prefix(insertion.offset - offset)
      rest = rest.dropFirst(insertion.offset - offset)
      offset = insertion.offset
      result += Array(insertion.text.utf8)
    }
    return String(decoding: result + rest, as: UTF8.self)
  }
}
