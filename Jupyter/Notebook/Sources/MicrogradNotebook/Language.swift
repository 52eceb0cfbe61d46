public import Micrograd
import Synchronization

/// The language in which a notebook shows things: that of the locale, unless a cell sets another one.
public var language: Language {
  get { chosenLanguage.withLock { $0 } ?? .ofLocale }
  set { chosenLanguage.withLock { $0 = newValue } }
}

private let chosenLanguage = Mutex<Language?>(nil)

/// Returns the text in the notebook's language.
func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }
