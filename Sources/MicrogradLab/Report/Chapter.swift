public import Micrograd
import MicrogradRequirement

/// The results of a task in one language: text, numbers, tables and figures, in order.
///
/// A task writes a chapter. The terminal, the report and JSON show it, each in its own way.
public struct Chapter: Sendable {
  /// A part of a chapter.
  public enum Block: Sendable {
    /// A paragraph. Names from the program are in backticks.
    case text(String)
    /// A result with its name.
    case result(NamedResult)
    /// Rows of numbers or words below headings.
    case table(NamedTable)
    /// A picture.
    case figure(Illustration)
  }

  /// A result with its name.
  public struct NamedResult: Sendable {
    /// The name. JSON has the English one in every language.
    public let name: Localized
    /// The result as text.
    public let text: String
    /// The result as a number, if it is one.
    public let number: Double?
  }

  /// Rows below headings.
  public struct NamedTable: Sendable {
    /// The name in JSON.
    public let name: String
    /// The headings. JSON has the English ones in every language.
    public let headings: [Localized]
    /// The cells, row by row.
    public let rows: [[String]]
  }

  /// A figure with the name of its file and a caption.
  public struct Illustration: Sendable {
    /// The name of the file, without extension.
    public let name: String
    /// The caption.
    public let caption: String
    /// The picture.
    public let figure: any Figure
  }

  /// The task.
  public let task: LabTask
  /// The language of all text.
  public let language: Language
  /// The samples for tasks 6 to 11.
  let samples: LabSamples
  /// The playground in which the reader can train the task's network. It is nil if the task has none.
  public internal(set) var playground: PlaygroundPage?
  /// The parts, in order.
  public private(set) var blocks: [Block] = []

  init(_ task: LabTask, in language: Language, about samples: LabSamples) {
    self.task = task
    self.language = language
    self.samples = samples
  }

  /// The samples for tasks 6 to 11.
  var data: Dataset { samples.data }

  /// Returns the text in the chapter's language.
  func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  mutating func say(en: String, fr: String) { blocks.append(.text(words(en: en, fr: fr))) }

  /// Adds a result. Names from the program, such as `w1.grad`, are the same in French.
  mutating func show(_ name: String, fr: String? = nil, _ number: Double) {
    show(name, fr, number.text, number)
  }

  mutating func show(_ name: String, fr: String? = nil, _ count: Int) {
    show(name, fr, "\(count)", Double(count))
  }

  mutating func show(_ name: String, fr: String? = nil, _ thing: some CustomStringConvertible) {
    show(name, fr, thing.description, nil)
  }

  private mutating func show(_ name: String, _ fr: String?, _ text: String, _ number: Double?) {
    blocks.append(.result(NamedResult(name: Localized(en: name, fr: fr ?? name), text: text, number: number)))
  }

  mutating func show(_ name: String, headings: [Localized], rows: [[String]]) {
    blocks.append(.table(NamedTable(name: name, headings: headings, rows: rows)))
  }

  mutating func show(_ name: String, en: [String], fr: [String], rows: [[String]]) {
    show(name, headings: zip(en, fr).map { Localized(en: $0, fr: $1) }, rows: rows)
  }

  mutating func draw(_ figure: any Figure, as name: String, en: String, fr: String) {
    blocks.append(
      .figure(Illustration(name: name, caption: words(en: en, fr: fr), figure: figure)))
  }
}

extension Chapter {
  /// The pictures of the chapter.
  public var illustrations: [Illustration] {
    blocks.compactMap { if case .figure(let illustration) = $0 { illustration } else { nil } }
  }
}
