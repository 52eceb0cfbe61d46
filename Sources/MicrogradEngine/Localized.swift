/// The languages that the library explains itself in.
public enum Language: String, CaseIterable, Sendable {
  /// English.
  case english = "en"
  /// French.
  case french = "fr"
}

/// A text in every language.
public struct Localized: Sendable {
  private let en: String
  private let fr: String

  /// Creates a text from its versions in English and in French.
  public init(en: String, fr: String) {
    self.en = en
    self.fr = fr
  }

  /// The text in one language.
  public func callAsFunction(in language: Language) -> String {
    switch language {
    case .english: en
    case .french: fr
    }
  }
}
