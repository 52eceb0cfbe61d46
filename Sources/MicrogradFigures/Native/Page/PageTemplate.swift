/// The HTML of a page with blanks in it: names in braces, such as `{title}`.
package struct PageTemplate {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// Returns the template with its blanks filled. Blanks in a text that has been put in are not filled, and braces around
  /// anything else stay.
  package func filled(_ blanks: [String: String]) -> String {
    var result = "", rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let filling = blanks[String(rest[rest.index(after: open)..<close])]
      result += rest[..<open] + (filling ?? "{")
      rest = rest[rest.index(after: filling == nil ? open : close)...]
    }
    return result + rest
  }
}
