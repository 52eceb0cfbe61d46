import MicrogradRequirement

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

extension Localized {
  /// "1 sample", "2,000 samples"; "1 échantillon", "2 000 échantillons". In French 0 takes the singular, and adjectives
  /// agree.
  public static func counted(_ count: Int, en: String, fr: String) -> Localized {
    let words = fr.split(separator: " ").map { count < 2 ? String($0) : $0 + "s" }
    return Localized(
      en: MicrogradRequirement.counted(count, en),
      fr: "\(count.grouped(by: "\u{202F}")) \(words.joined(separator: " "))")
  }
}
