import ArgumentParser
import Micrograd

/// The model of a command.
struct ModelInput: ParsableArguments {
  @Argument(help: ArgumentHelp("The model: a file that `micrograd train` wrote.", valueName: "model"))
  var path: String

  func model() throws -> TabularModel { try TabularModel(contentsOf: path) }
}
