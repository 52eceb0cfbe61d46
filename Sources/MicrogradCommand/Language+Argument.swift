import ArgumentParser
import Micrograd

extension Language: ExpressibleByArgument {}

/// The option for the language of a command.
struct Speech: ParsableArguments {
  @Option(
    name: [.customShort("l"), .customLong("language")],
    help: ArgumentHelp("The language. (default: that of the locale)", valueName: "language"))
  var given: Language?

  var language: Language { given ?? .ofLocale }
}
