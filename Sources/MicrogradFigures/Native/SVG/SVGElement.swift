/// An element of an SVG document. Attributes and text are escaped when they are written, and only then.
struct SVGElement {
  enum Content {
    case element(SVGElement)
    case text(String)
  }

  let name: String
  var style: Style?
  var attributes: [(name: String, value: String)]
  var content: [Content]

  init(
    _ name: String, _ style: Style? = nil, _ attributes: KeyValuePairs<String, String> = [:],
    _ children: [SVGElement] = []
  ) {
    self.name = name
    self.style = style
    self.attributes = attributes.map { ($0.key, $0.value) }
    content = children.map { .element($0) }
  }

  /// Creates an element that contains text.
  init(
    _ name: String, _ style: Style? = nil, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) {
    self.init(name, style, attributes)
    content = [.text(text)]
  }

  mutating func append(_ child: SVGElement) { content.append(.element(child)) }

  /// Appends the element to the output. `classes` has a name for each style in it.
  func write(to output: inout String, classes: [Style: String]) {
    output += "<"
    output += name
    if let style { output += " class=\"\(classes[style]!)\"" }
    for (name, value) in attributes { output += " \(name)=\"\(Self.escaped(value))\"" }
    guard !content.isEmpty else {
      output += "/>"
      return
    }
    output += ">"
    for item in content {
      switch item {
      case .element(let child): child.write(to: &output, classes: classes)
      case .text(let text): output += Self.escaped(text)
      }
    }
    output += "</\(name)>"
  }

  /// Adds the styles of the element and of its content to a set.
  func collectStyles(into styles: inout Set<Style>) {
    if let style { styles.insert(style) }
    for case .element(let child) in content { child.collectStyles(into: &styles) }
  }

  /// Returns the text with XML's special characters escaped, white space replaced by spaces, and the characters that XML does
  /// not allow removed.
  static func escaped(_ text: String) -> String {
    // Nearly all of the thousands of texts are names and numbers.
    guard !text.utf8.allSatisfy(isPlain) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
    default: (0x20..<0x7F).contains(byte)
    }
  }
}
