import ArgumentParser
import Micrograd

extension Language: ExpressibleByArgument {}

/// The language that a command speaks.
struct Speech: ParsableArguments {
  @Option(
    name: [.customShort("l"), .customLong("language")],
    help: ArgumentHelp("The language; that of the locale if none is given.", valueName: "language"))
  var given: Language?

  var language: Language { given ?? .ofLocale }
}
