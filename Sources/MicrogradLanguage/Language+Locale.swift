// Embedded Swift has no environment to ask.
#if !hasFeature(Embedded)
  import MicrogradPlatform

  extension Language {
    /// The language of the user's locale, as POSIX defines it, or English if it is another language.
    public static var ofLocale: Language {
      let values = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { (name: String) -> String? in
        getenv(name).map { String(cString: $0) }
      }
      return values.first { !$0.isEmpty }.flatMap { Language(rawValue: String($0.prefix(2))) } ?? .english
    }
  }
#endif
