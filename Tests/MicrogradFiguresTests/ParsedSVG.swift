import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an XML parser that knows nothing of ours reads in a figure.
final class ParsedSVG: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// All text within, that of nested elements included.
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Fails the test if the text is not well-formed XML.
  init(_ svg: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    let isWellFormed = parser.parse()
    try #require(
      isWellFormed, "line \(parser.lineNumber), column \(parser.columnNumber): \(svg.prefix(2000))",
      sourceLocation: sourceLocation)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open { elements[index].text += string }
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Elements whose class, without the prefix of the theme, is the given one.
  func styled(_ style: String) -> [Element] {
    elements.filter { $0.attributes["class"]?.split(separator: "-").last.map(String.init) == style }
  }

  var texts: [String] { all("text").map(\.text) }
  var title: String { all("title").first?.text ?? "" }
  var summary: String { all("desc").first?.text ?? "" }
}
