import ArgumentParser
import Micrograd
import MicrogradData
import MicrogradPlatform
import MicrogradRequirement

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what moved one prediction: the graph behind it, and the contribution of each column.",
    discussion: """
      Rows are counted from 1, without the line of the names. The contribution of a column is gradient × input.

      Examples:
        micrograd explain iris.safetensors --row 7          of its training table
        micrograd explain iris.safetensors new.csv --row 7
        micrograd explain iris.safetensors new.csv --row 7 -o row7.html    the graph

      Formats: text, html (a page, complete in one file), json.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, html, json

    /// The format for a file of this name, or nil if its extension is unknown.
    init?(fileName: String) {
      switch fileName.fileExtension {
      case nil, "txt": self = .text
      case "htm": self = .html
      case let ending?: self.init(rawValue: ending)
      }
    }
  }

  /// The count of rows that are read at a time.
  private static let chunk = 16_384

  @OptionGroup var model: ModelInput

  @Argument(
    help: ArgumentHelp(
      "The table: CSV in UTF-8; - is standard input. (default: the file that the model was trained on)",
      valueName: "data"))
  var data: String?

  @OptionGroup var options: TableOptions

  @Option(name: .long, parsing: .unconditional, help: "The row, counted from 1.")
  var row: Int

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "The format. (default: by the extension of the output file, or text)")
  var givenFormat: Format?

  @OptionGroup var speech: Speech
  @OptionGroup var output: Output

  private var format: Format { givenFormat ?? output.file.flatMap(Format.init(fileName:)) ?? .text }

  func validate() throws {
    if row < 1 { throw ValidationError("--row is \(row); the first row is 1.") }
    if givenFormat == nil, let file = output.file, Format(fileName: file) == nil {
      throw ValidationError("The extension of “\(file)” is not that of a format; choose one with --format.")
    }
  }

  func run() throws {
    let model = try model.model(), path = try data ?? trainingFile(of: model)
    let graph = try TableInput.naming(path) { try model.graph(of: try row(of: path, for: model), row: 0) }
    try output.write(text(graph, path))
  }

  private func text(_ graph: PredictionGraph, _ path: String) -> String {
    let language = speech.language
    switch format {
    case .text:
      return graph.text(
        language: language, columns: Terminal.columns(for: output.file), style: Terminal.style(for: output.file))
    case .json: return graph.json()
    case .html:
      let name = path == TextFile.standardStream ? "" : "\(path.fileName), "
      let title = Localized(en: "\(name)row \(row)", fr: "\(name)ligne \(row)")(in: language)
      return graph.html(title: title, language: language)
    }
  }

  // MARK: The row

  /// Reads the row, and of those before it not more than a chunk at a time.
  private func row(of path: String, for model: TabularModel) throws -> Table {
    var stream = try TableStream(path: path, format: options.format(.only(model.pipeline.kinds))), count = 0
    while let rows = try stream.next(min(row - count, Self.chunk)) {
      count += rows.rowCount
      if count == row { return rows.selecting([rows.rowCount - 1]) }
    }
    throw ValidationError("--row is \(row), but \(TextFile.inputName(path)) has \(counted(count, "row")).")
  }

  /// Returns the path of the file that the model was trained on: beside the model, or in the current folder.
  private func trainingFile(of model: TabularModel) throws -> String {
    // A model may come from anybody: the name must not lead to another folder, or to a device.
    guard let name = model.record?.fileName, !name.contains("/"), name != TextFile.standardStream else {
      throw ValidationError("The model does not say which file it was trained on; name a table after the model.")
    }
    let folder = self.model.path.lastIndex(of: "/").map { self.model.path[...$0] } ?? ""
    let paths: [String] = ["\(folder)\(name)", name]
    guard let path = paths.first(where: { access($0, F_OK) == 0 }) else {
      throw ValidationError(
        """
        “\(name.printable)”, the file that the model was trained on, is neither beside the model nor in the current folder; \
        name a table after the model.
        """)
    }
    return path
  }
}
