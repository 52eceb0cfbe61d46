internal import MicrogradJSON
public import MicrogradLanguage

/// Samples or settings that the playground cannot show, and the reason.
public struct PlaygroundPageError: Error, Sendable {
  /// The line and column, where there is one, the mistake, and how to mend it.
  public let reason: Localized

  /// The error that an answer of the playground reports; nil if it reports none.
  init?(_ answer: JSON) {
    guard let error = answer["error"] else { return nil }
    reason = Localized(error)
  }
}

extension PlaygroundPageError: CustomStringConvertible {
  /// The reason in English.
  public var description: String { reason(in: .english) }
}

extension Localized {
  /// Reads a text from an answer.
  init(_ json: JSON) { self.init(en: json["en"]?.text ?? "", fr: json["fr"]?.text ?? "") }
}
