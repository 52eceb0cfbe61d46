/// A type whose values are shown in a notebook in formats of its own.
///
/// ```swift
/// extension Celsius: Displayable {
///   var representations: Representations { [.html: "<b>\(degrees)</b> °C"] }
/// }
/// ```
///
/// A cell whose last expression is displayable shows it in the richest representation that the front end knows;
/// ``display(_:)`` does so anywhere else. Plain text is added by itself.
public protocol Displayable {
  /// The same thing in one or several formats.
  var representations: Representations { get }
}

/// A thing in several formats, of which a front end picks the richest that it knows.
public struct Representations: Sendable, ExpressibleByDictionaryLiteral {
  /// The data by format: text as it is, and other data in Base64.
  public package(set) var data: [String: String] = [:]

  /// Creates representations from text in formats that are text.
  public init(dictionaryLiteral elements: (MIMEType, String)...) {
    for (type, text) in elements { self[type] = text }
  }

  /// The text in one format.
  public subscript(type: MIMEType) -> String? {
    get { data[type.rawValue] }
    set { data[type.rawValue] = newValue }
  }

  /// Adds data in a format that is not text, such as an image.
  public mutating func add(_ bytes: some Sequence<UInt8>, as type: MIMEType) {
    data[type.rawValue] = base64(bytes)
  }

  /// Creates the representations of a value if it is displayable, and adds the text that `print` would show.
  package init(of value: some Any) {
    let value: Any = value
    self = (value as? any Displayable)?.representations ?? [:]
    if self[.plainText] == nil { self[.plainText] = plainText(of: value) }
  }
}

/// The name of a data format.
///
/// Source: [RFC 2046](https://www.rfc-editor.org/rfc/rfc2046).
public struct MIMEType: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// The name, such as `text/html`.
  public let rawValue: String

  /// Creates a type from its name.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Creates a type from its name.
  public init(stringLiteral value: String) { rawValue = value }

  /// Text without any markup.
  public static let plainText: MIMEType = "text/plain"
  /// A part of an HTML page.
  public static let html: MIMEType = "text/html"
  /// Text in Markdown.
  public static let markdown: MIMEType = "text/markdown"
  /// A formula in LaTeX, with its delimiters.
  public static let latex: MIMEType = "text/latex"
  /// A drawing.
  public static let svg: MIMEType = "image/svg+xml"
  /// A picture in Portable Network Graphics.
  public static let png: MIMEType = "image/png"
  /// A photograph.
  public static let jpeg: MIMEType = "image/jpeg"
  /// A value in JavaScript Object Notation.
  public static let json: MIMEType = "application/json"
}

/// Marks optionals, which a cast would unwrap.
private protocol OptionalValue {}
extension Optional: OptionalValue {}

/// Strings in quotes, as in source code; everything else as `print` shows it.
private func plainText(of value: Any) -> String {
  switch value {
  case is any OptionalValue: String(describing: value)
  case let text as String: String(reflecting: text)
  case let text as Substring: String(reflecting: text)
  case let character as Character: String(reflecting: character)
  default: String(describing: value)
  }
}

/// The bytes as text in Base64.
///
/// Source: [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), section 4.
package func base64(_ bytes: some Sequence<UInt8>) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let bytes = Array(bytes)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for index in 0..<4 {
      text.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}
