import CMicrogradPlayground
public import MicrogradData
import MicrogradFigures
package import MicrogradJSON
public import MicrogradLanguage
import MicrogradPlayground
import MicrogradRequirement

/// The playground: a page, complete in one HTML file, in which a reader trains a small network and asks why each of its
/// numbers moves. The engine of this library computes in it, compiled as WebAssembly.
///
/// ```swift
/// try PlaygroundPage().html().write(toFile: "playground.html", atomically: true, encoding: .utf8)  // import Foundation
/// ```
///
/// It needs no network and no server. It is in English and in French, light and dark, and can be used with the keyboard
/// and with a screen reader.
public struct PlaygroundPage: Sendable {
  /// The language in which the page begins. The reader can change it.
  public var language: Language
  /// The settings with which the page begins. Those that are missing have their default.
  let settings: JSON
  /// The names in a table, and the scales that its columns were standardized by.
  private let table: JSON
  /// Sentences on the columns that were read from a table, and on those that were left out.
  package let remarks: [Localized]

  /// Creates a playground that begins with two moons and a network that separates them.
  public init(language: Language = .english) {
    settings = .object([])
    table = .object([])
    remarks = []
    self.language = language
  }

  /// Creates a playground that begins with samples of two features. None of them is set aside for testing.
  ///
  /// - Throws: ``PlaygroundPageError``, if they have another number of features, or there are more samples or classes than
  ///   it can show.
  public init(_ samples: Dataset, language: Language = .english) throws(PlaygroundPageError) {
    if let first = samples.inputs.first, first.count != 2 { throw PlaygroundPageError(featureCount: first.count) }
    let points = samples.map { JSON.numbers($0.input + [Double($0.label)]) }
    let classes = max(2, (samples.labels.max() ?? 0) + 1)
    let data = JSON.object([
      ("kind", .text("points")), ("classes", .integer(classes)), ("points", .array(points)), ("test", .integer(0)),
    ])
    try self.init(settings: .object([("task", .text("classification")), ("data", data)]), language: language)
  }

  /// Creates a playground that begins with the samples of a table.
  ///
  /// The inputs are the first two other columns of numbers, standardized. Text, or few different whole numbers, as target
  /// are classes; other numbers are predicted as numbers.
  ///
  /// - Parameters:
  ///   - csv: CSV text whose first line names the columns.
  ///   - target: The column to predict; nil: the last one.
  ///   - language: The language in which the page begins.
  /// - Throws: ``PlaygroundPageError`` with line and column.
  public init(csv: String, target: String? = nil, language: Language = .english) throws(PlaygroundPageError) {
    let request: [(String, JSON)] = [("do", .text("csv")), ("text", .text(csv))]
    let answer = try Self.answer(request + (target.map { [("target", .text($0))] } ?? []))
    settings = answer["settings"] ?? .object([])
    table = answer["table"] ?? .object([])
    remarks = [Self.remark(on: table)] + (answer["remarks"]?.array ?? []).map(Localized.init)
    self.language = language
  }

  /// Creates a playground that begins with these settings.
  ///
  /// - Throws: ``PlaygroundPageError``, if they are none of the playground's.
  package init(settings: JSON, language: Language) throws(PlaygroundPageError) {
    _ = try Self.answer([("do", .text("open")), ("settings", settings)])
    self.settings = settings
    table = .object([])
    remarks = []
    self.language = language
  }

  /// Returns the sentence that names the target and the inputs.
  private static func remark(on table: JSON) -> Localized {
    let target = table["target"]?.text ?? "", inputs = (table["inputs"]?.array ?? []).compactMap { $0.text }
    return Localized(
      en: "\(target) is predicted from \(inputs.joined(separator: " and ")).",
      fr: "\(target) est prédit à partir de \(inputs.joined(separator: " et ")).")
  }

  private static func answer(_ request: [(String, JSON)]) throws(PlaygroundPageError) -> JSON {
    let answer = PlaygroundDispatcher().answer(.object(request)).json
    if let error = PlaygroundPageError(answer) { throw error }
    return answer
  }

  /// Returns the page as HTML.
  public func html() -> String {
    PageTemplate(Self.text("page")).filled([
      "language": language.rawValue,
      "title": Localized(en: "Micrograd playground", fr: "Bac à sable de Micrograd")(in: language),
      "noscript": Localized(
        en: "Allow scripts to use the playground.", fr: "Autorisez les scripts pour utiliser le bac à sable.")(
          in: language),
      "colors": PageColors.ofPlots,
      "style": PackedText.text(Self.bytes("style")),
      "settings": Self.embedded(settings),
      "table": Self.embedded(table),
      "engine": PackedText.text(Self.bytes("engine")),
      "worker": Self.text("worker"),
      "bridge": GraphPage.file("unpack.js") + GraphPage.file("engine.js"),
      "scripts": PackedText.text(Self.bytes("scripts")),
    ])
  }

  /// Returns JSON that does not end the element of the page that it is in, whatever texts it has.
  private static func embedded(_ json: JSON) -> String { json.description.replacing("<", with: "\\u003C") }

  private static func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  /// Returns a file that CMicrogradPlayground embeds.
  private static func bytes(_ name: String) -> UnsafeBufferPointer<UInt8> {
    let file = mg_playground_file(name)
    require(file.bytes != nil, "CMicrogradPlayground embeds no \(name)")
    return UnsafeBufferPointer(start: file.bytes, count: file.count)
  }
}
