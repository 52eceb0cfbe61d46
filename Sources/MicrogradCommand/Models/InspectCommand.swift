import ArgumentParser
import Micrograd
import MicrogradJSON
import MicrogradModels
import MicrogradRequirement

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a model consists of: columns or characters, layers, figures of its training.",
    discussion: """
      Examples:
        micrograd inspect iris.safetensors
        micrograd inspect iris.safetensors --format json
      """)

  @OptionGroup var model: ModelInput

  @Option(name: .long, help: "The format of the output: text for people, json for programs.")
  var format = TextOrJSON.text

  func run() throws {
    // The bytes are read once, since the file may be a pipe.
    let description = try ModelFile.read(model.path, description)
    try TextFile.write(description, to: TextFile.standardStream)
  }

  private func description(_ bytes: [UInt8]) throws(ModelFileError) -> String {
    do throws(ModelFileError) {
      let model = try TabularModel(safetensors: bytes)
      return format == .json ? json(model) : text(model)
    } catch {
      guard case .otherKind(ModelFile.Kind.text.rawValue, _) = error.reason else { throw error }
      let model = try TextModel(safetensors: bytes)
      return format == .json ? JSON.object(model.members).indented() : model.outline()
    }
  }

  private func text(_ model: TabularModel) -> String {
    var columns = TextTable(), layers = TextTable()
    columns.append("column", "becomes")
    for feature in model.pipeline.features { columns.append(feature.name, feature.encoding.outline) }
    layers.append("layer", "inputs", "outputs", "activation", "parameters")
    for (index, layer) in model.layers.enumerated() {
      layers.append(
        "\(index)", "\(layer.inputCount)", "\(layer.outputCount)", layer.activation.identifier ?? "",
        "\(layer.parameterCount)")
    }
    return [model.outline(), columns.text(), layers.text(), model.record?.text() ?? ""]
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func json(_ model: TabularModel) -> String {
    JSON.object([
      ("target", .text(model.pipeline.target.name)), ("classes", model.output.classes.map { .texts($0) } ?? .null),
      ("columns", .texts(model.pipeline.features.map(\.name))), ("inputs", .integer(model.pipeline.inputCount)),
      ("layers", .integers(model.layers.map(\.outputCount))), ("parameters", .integer(model.parameterCount)),
      ("training", model.record?.json ?? .null),
    ]).indented()
  }
}

extension Pipeline.Feature.Encoding {
  /// The rule, in a few words.
  fileprivate var outline: String {
    switch self {
    case .standardized(let mean, let deviation):
      "(x \(mean < 0 ? "+" : "-") \(mean.magnitude.short())) / \(deviation.short())"
    case .oneHot(let categories):
      (categories.count == 1 ? "1 category: " : "\(categories.count) categories: ")
        + categories.prefix(6).map { $0.isEmpty ? "(blank)" : $0 }.joined(separator: ", ")
        + (categories.count > 6 ? ", …" : "")
    }
  }
}

extension TrainingRecord {
  /// The figures, and the scores if it was judged.
  func text() -> String {
    var table = TextTable()
    table.append("judged on \(counted(testCount, "row"))", "this model", "baseline")
    for score in scores { table.append(score.name, score.text, score.baselineText) }
    let file = fileName.map { "from \($0.printable), " } ?? ""
    return file + outline() + (scores.isEmpty ? "" : "\n" + table.text())
  }
}
