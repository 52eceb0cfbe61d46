import ArgumentParser
import Micrograd
import MicrogradData

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge a model on rows whose targets are known.",
    discussion: """
      Examples:
        micrograd evaluate iris.safetensors new.csv
        micrograd evaluate iris.safetensors new.csv --format json
      """)

  @OptionGroup var model: ModelInput
  @OptionGroup var input: TableInput

  @Option(name: .long, help: "The format of the output: text for people, json for programs.")
  var format = TextOrJSON.text

  func run() throws {
    let model = try model.model(), target = model.pipeline.target
    var kinds = model.pipeline.kinds
    // Classes are compared as texts, whether they are numbers or not.
    kinds[target.name] = model.output.classes == nil ? .numbers : .texts
    let evaluation = try input.naming { try model.evaluate(try input.table(.only(kinds))) }
    let text = format == .json ? evaluation.json.indented() : evaluation.text()
    try TextFile.write(text, to: TextFile.standardStream)
  }
}
