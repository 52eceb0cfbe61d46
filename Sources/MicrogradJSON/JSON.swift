import MicrogradRequirement

/// A JSON value, written and read without Foundation, which would slow the start of every program that draws.
package enum JSON: Sendable {
  case text(String)
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  case null
  case array([JSON])
  /// An object with its members, in order.
  case object([(String, JSON)])

  /// The value on one line. It can stand in a script of an HTML page: there is no `<` in it.
  package var description: String { text(Layout()) }

  /// Returns the value for people to read as well: with each element and member on its own line, and a line break at the
  /// end.
  package func indented() -> String { text(Layout(depth: 0)) + "\n" }

  /// The white space between elements: none, or a line break and two spaces for each level.
  private struct Layout {
    var depth: Int?

    var colon: String { depth == nil ? ":" : ": " }
    var inside: Layout { Layout(depth: depth.map { $0 + 1 }) }
    var lineBreak: String { depth.map { "\n" + String(repeating: "  ", count: $0) } ?? "" }
  }

  private func text(_ layout: Layout) -> String {
    var output = ""
    write(to: &output, layout)
    return output
  }

  private func write(to output: inout String, _ layout: Layout) {
    switch self {
    case .text(let text): Self.write(text, to: &output)
    // JSON has only finite numbers; others are strings: "nan", "inf" and "-inf".
    case .number(let number): output += number.isFinite ? number.text : "\"\(number.text)\""
    case .integer(let number): output += "\(number)"
    case .boolean(let flag): output += "\(flag)"
    case .null: output += "null"
    case .array(let elements):
      Self.write(elements, in: ("[", "]"), to: &output, layout) { $0.write(to: &$1, layout.inside) }
    case .object(let members):
      Self.write(members, in: ("{", "}"), to: &output, layout) {
        Self.write($0.0, to: &$1)
        $1 += layout.colon
        $0.1.write(to: &$1, layout.inside)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], in brackets: (String, String), to output: inout String, _ layout: Layout,
    _ write: (Element, inout String) -> Void
  ) {
    output += brackets.0
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      output += layout.inside.lineBreak
      write(element, &output)
    }
    if !elements.isEmpty { output += layout.lineBreak }
    output += brackets.1
  }

  private static func write(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": output += "\\\(scalar)"
      case "\n": output += "\\n"
      case "\u{0}"..."\u{1F}", "<", ">", "&", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}

extension JSON {
  /// Returns an object whose members are in the order of their names.
  package static func sorted(_ members: [String: JSON]) -> JSON {
    .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  package static func integers(_ numbers: some Sequence<Int>) -> JSON { .array(numbers.map { .integer($0) }) }
  package static func numbers(_ numbers: some Sequence<Double>) -> JSON { .array(numbers.map { .number($0) }) }
  package static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .text($0) }) }
}
