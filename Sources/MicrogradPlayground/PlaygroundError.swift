import MicrogradLanguage

/// A request that cannot be met: what was wrong, where, and how to mend it.
package struct PlaygroundError: Error, Sendable {
  /// The words, in both languages.
  package let text: Localized

  init(_ text: Localized) { self.text = text }

  init(en: String, fr: String) { self.init(Localized(en: en, fr: fr)) }
}
