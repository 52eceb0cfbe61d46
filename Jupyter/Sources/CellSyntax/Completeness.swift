import SwiftDiagnostics
import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax

/// The completeness of a cell, which a console checks after each line.
public enum Completeness: Equatable, Sendable {
  /// The cell can be run.
  case complete
  /// The cell is incomplete. The next line begins with this indentation.
  case incomplete(indent: String)
  /// The cell is wrong, whatever follows.
  case invalid

  /// Checks a cell.
  public init(of code: String) {
    let tree = Parser.parse(source: code)
    guard tree.hasError else {
      self = .complete
      return
    }
    // Something that is missing at the very end may still follow. Other errors remain.
    let end = tree.endOfFileToken.position
    let isOpen = ParseDiagnosticsGenerator.diagnostics(for: tree).allSatisfy { $0.position >= end }
    self = isOpen ? .incomplete(indent: Self.indent(after: tree)) : .invalid
  }

  private static func indent(after tree: SourceFileSyntax) -> String {
    let depth = tree.tokens(viewMode: .sourceAccurate).reduce(0) { depth, token in
      switch token.tokenKind {
      case .leftBrace, .leftParen, .leftSquare: depth + 1
      case .rightBrace, .rightParen, .rightSquare: depth - 1
      default: depth
      }
    }
    return String(repeating: "  ", count: max(0, depth))
  }
}

/// The syntax errors of a cell, in the form of the compiler's messages.
public func syntaxErrors(in code: String, file: String) -> [String] {
  let tree = Parser.parse(source: code)
  guard tree.hasError else { return [] }
  let locations = SourceLocationConverter(fileName: file, tree: tree)
  let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
  return ParseDiagnosticsGenerator.diagnostics(for: tree).filter { $0.diagMessage.severity == .error }.map {
    let place = $0.location(converter: locations)
    let line = place.line <= lines.count ? lines[place.line - 1] : ""
    let caret = String(repeating: " ", count: place.column - 1) + "^"
    return "\(file):\(place.line):\(place.column): error: \($0.message)\n\(line)\n\(caret)"
  }
}
