import ArgumentParser
import Micrograd

extension Language: ExpressibleByArgument {
  /// The language of the user's locale, as POSIX defines it; English if it is none of ours.
  static var ofLocale: Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.map(Terminal.environment).first { !($0 ?? "").isEmpty }
    return locale.flatMap { Language(rawValue: String(($0 ?? "").prefix(2))) } ?? .english
  }
}

/// The language that a command speaks.
struct Speech: ParsableArguments {
  @Option(
    name: [.customShort("l"), .customLong("language")],
    help: ArgumentHelp("The language; that of the locale if none is given.", valueName: "language"))
  var given: Language?

  var language: Language { given ?? .ofLocale }
}
