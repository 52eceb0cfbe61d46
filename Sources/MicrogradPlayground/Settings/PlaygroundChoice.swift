import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

/// A setting that is one of several names.
protocol PlaygroundChoice: Sendable {
  /// The name in JSON.
  var identifier: String { get }
  /// The words in menus.
  var words: Localized { get }
  /// Further members of its description for the page.
  var properties: [(String, JSON)] { get }
  /// All of them, in the order of menus.
  static var all: [Self] { get }
}

extension PlaygroundChoice {
  var properties: [(String, JSON)] { [] }

  init?(identifier: String) {
    guard let choice = Self.all.first(where: { $0.identifier == identifier }) else { return nil }
    self = choice
  }

  /// The choices of a menu.
  static var json: JSON {
    .array(
      all.map { choice in
        .object([("value", .text(choice.identifier)), ("words", .localized(choice.words))] + choice.properties)
      })
  }
}
