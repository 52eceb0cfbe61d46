import Foundation
import MicrogradData
import MicrogradJSON
import MicrogradModels
import MicrogradTestSupport
import Testing

import MicrogradExport

/// Writes models for readers in other languages, which `Tests/ExportChecks/run` compares.
@Suite struct ModelFolder {
  private static let folder = ProcessInfo.processInfo.environment["MICROGRAD_EXPORTS"]

  /// A folder for each model: the raw rows, the predictions that values give, and the model in all formats.
  @Test(.enabled(if: folder != nil, "MICROGRAD_EXPORTS is the folder to write to"))
  func writesModelsForOtherReaders() throws {
    let folder = URL(filePath: try #require(Self.folder), directoryHint: .isDirectory)
    let seed = newSeed()
    for (index, model) in CheckedModel.all(seed: seed).enumerated() {
      try model.write(to: folder.appending(path: "\(index)"), seed: seed)
    }
  }
}

extension CheckedModel {
  fileprivate func write(to folder: URL, seed: Int) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    try write("rows.csv", csv().utf8)
    try write("expected.json", expected(seed: seed).indented().utf8)
    try write("model.safetensors", model.safetensors())
    try write("model.onnx", model.onnx())
    try write("model-float.onnx", model.onnx(precision: .float))
    try write("model.mlmodel", model.coreML())
  }

  private func expected(seed: Int) -> JSON {
    let features = model.pipeline.features.map { feature in
      let isNumber = if case .standardized = feature.encoding { true } else { false }
      return JSON.object([("name", .text(feature.name)), ("isNumber", .boolean(isNumber))])
    }
    let classes = if case .classes(let classes) = model.pipeline.target.encoding { classes } else { [String]() }
    return .object([
      ("kind", .text(name)), ("seed", .integer(seed)), ("target", .text(model.pipeline.target.name)),
      ("scales", .numbers(rows.map { scale($0) })), ("features", .array(features)), ("classes", .texts(classes)),
      ("predictions", .array(predictions.map { .numbers($0) })),
    ])
  }

  /// The raw rows; a missing number is a blank.
  private func csv() -> String {
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let header = model.pipeline.features.map { quoted($0.name) }
    let lines = rows.map { row in
      row.map { field in
        switch field {
        case .number(let number): number.isNaN ? quoted("") : "\(number)"
        case .text(let text): quoted(text ?? "")
        }
      }
    }
    return ([header] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}
