import ArgumentParser

@main
struct MicrogradCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "micrograd",
    abstract: "See how a gradient propagates: a scalar autograd engine and small neural networks.",
    discussion: """
      Start with `micrograd lab`: ten tasks, from one neuron to a network that parts two moons, with their numbers, \
      their figures and a report to open in a browser.
      """,
    version: "0.1.0",
    subcommands: [LabCommand.self, DataCommand.self])
}
