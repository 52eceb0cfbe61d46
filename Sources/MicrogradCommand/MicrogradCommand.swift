public import ArgumentParser

/// The command `micrograd`, with all its subcommands.
public struct MicrogradCommand: ParsableCommand {
  /// The names, the help and the subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "micrograd",
    abstract: "See how a gradient propagates: a scalar autograd engine and small neural networks.",
    discussion: """
      Start with `micrograd lab`: ten tasks, from one neuron to a network that separates two moons, with their \
      numbers, their figures and a report to open in a browser. Then follow a gradient through your own expression: \
      `micrograd step "relu(a*b + c)^2" a=2 b=-3 c=10`. \
      `micrograd playground` opens a page in which a network learns while you watch, and ask why. With a table of your own: \
      `micrograd train table.csv --target column -o model.safetensors`. And `micrograd gpt` trains a small GPT, \
      scalar by scalar, until it invents names.
      """,
    version: "0.1.0",
    subcommands: [
      LabCommand.self, PlaygroundCommand.self, DrawCommand.self, StepCommand.self, DataCommand.self,
    ],
    groupedSubcommands: [
      CommandGroup(
        name: "Models of your own tables",
        subcommands: [
          TrainCommand.self, SweepCommand.self, EvaluateCommand.self, PredictCommand.self, InspectCommand.self,
          ExplainCommand.self, ExportCommand.self,
        ]),
      CommandGroup(name: "Models of texts", subcommands: [GPTCommand.self]),
    ])

  /// Creates the command. Parsing sets its options.
  public init() {}
}
