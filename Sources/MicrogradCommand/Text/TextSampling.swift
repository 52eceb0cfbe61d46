import ArgumentParser

/// The options of samples.
struct TextSampling: ParsableArguments {
  @Option(
    name: [.customShort("n"), .customLong("samples")], parsing: .unconditional,
    help: "The number of samples. (default: 20)")
  var givenCount: Int?

  @Option(
    name: .customLong("prompt"), parsing: .unconditional,
    help: ArgumentHelp("The beginning of each sample.", valueName: "text"))
  var givenPrompt: String?

  @Option(
    name: .customLong("temperature"), parsing: .unconditional,
    help: "1: draw letters by their probabilities; near 0: nearly always take the likeliest. (default: 0.5)")
  var givenTemperature: Double?

  var count: Int { givenCount ?? 20 }
  var prompt: String { givenPrompt ?? "" }
  var temperature: Double { givenTemperature ?? 0.5 }

  /// The names of the options that are there.
  var given: [String] {
    [("--samples", givenCount != nil), ("--prompt", givenPrompt != nil), ("--temperature", givenTemperature != nil)]
      .filter(\.1).map(\.0)
  }

  func validate() throws {
    guard (0...1_000_000).contains(count) else {
      throw ValidationError("--samples is \(count); it must be a whole number from 0 to 1000000.")
    }
    guard temperature > 0, temperature.isFinite else {
      throw ValidationError("--temperature is \(temperature); it must be a positive number, such as 0.5.")
    }
  }
}
