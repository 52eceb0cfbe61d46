import ArgumentParser
import Micrograd

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model for another program or language.",
    discussion: """
      Every export takes the raw columns: preprocessing is included.

      Examples:
        micrograd export iris.safetensors -o iris.onnx       ONNX, for onnxruntime
        micrograd export iris.safetensors -o iris.h          C without malloc
        micrograd export iris.safetensors -o Iris.swift      Swift without packages
        micrograd export iris.safetensors -o iris.mjs        a JavaScript module
        micrograd export iris.safetensors -o Iris.mlmodel    Core ML
        micrograd export iris.safetensors -o iris.json       everything as data
        micrograd export iris.safetensors -o iris.txt        formulas with their numbers
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case onnx, coreml, c, swift, javascript, json, formula

    /// The format for a file of this name, or nil if its extension is unknown.
    init?(fileName: String) {
      switch fileName.fileExtension {
      case nil: return nil
      case "mlmodel": self = .coreml
      case "h": self = .c
      case "js", "mjs": self = .javascript
      case "txt": self = .formula
      case let ending?:
        guard let format = Format(rawValue: ending), ![.c, .coreml, .formula].contains(format) else { return nil }
        self = format
      }
    }
  }

  @OptionGroup var model: ModelInput

  @Option(
    name: [.customShort("f"), .customLong("format")], help: "The format. (default: by the extension of the file)")
  var givenFormat: Format?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "C and Swift: the name of the model in the code. (default: that of the file)", valueName: "name"))
  var name: String?

  @Flag(name: .long, help: "ONNX and C: compute with 32 bits.")
  var float = false

  @Option(
    name: .long,
    help: ArgumentHelp("Formula: the significant digits of each number. (default: all)", valueName: "count"))
  var digits: Int?

  @OptionGroup var output: Output

  private var format: Format? { givenFormat ?? output.file.flatMap(Format.init(fileName:)) }

  func validate() throws {
    guard let format else {
      let choice = Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        output.file.map { "The extension of “\($0)” is not that of a format; choose one with --format: \(choice)." }
          ?? "--format is missing; choose from \(choice), or name a file with --output.")
    }
    if float, ![.onnx, .c].contains(format) { throw ValidationError("--float is for onnx and c only.") }
    if let name, name.isEmpty { throw ValidationError("--name is empty.") }
    if name != nil, ![.c, .swift].contains(format) { throw ValidationError("--name is for c and swift only.") }
    if digits != nil, format != .formula { throw ValidationError("--digits is for formula only.") }
    if let digits, digits < 1 { throw ValidationError("--digits \(digits): at least 1 digit is needed.") }
  }

  func run() throws {
    let model = try model.model(), precision: Precision = float ? .float : .double
    switch format! {
    case .onnx: try output.write(bytes: model.onnx(precision: precision))
    case .coreml: try output.write(bytes: model.coreML())
    case .c: try output.write(model.c(name: modelName, precision: precision))
    case .swift: try output.write(model.swift(name: modelName))
    case .javascript: try output.write(model.javaScript())
    case .json: try output.write(model.json())
    case .formula: try output.write(model.formula(digits: digits))
    }
  }

  /// The name in code: as asked for, or that of the file without its extension.
  private var modelName: String {
    let file = (output.file ?? model.path).fileName
    return name ?? String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
  }
}
