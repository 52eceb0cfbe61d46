import Foundation
import MicrogradModels
import Testing

@testable import MicrogradExport

@Suite struct SwiftTests {
  static let tool = Tool("swiftc")

  @Test(.enabled(if: tool != nil, Tool.reason("swiftc"))) func filesAgreeWithTheEngine() throws {
    let batch = Batch(), tool = try #require(Self.tool)
    let output = try withFolder { folder in
      var names: [String] = [], body = ""
      for (index, (model, rows)) in batch.models.enumerated() {
        let file = SwiftFile(model, name: "m\(index)")
        try folder.write(model.swift(name: "m\(index)"), to: "\(file.name).swift")
        names.append("\(file.name).swift")
        body += code(for: rows, file)
      }
      try folder.write(body, to: "main.swift")
      try tool.run(
        ["-swift-version", "6", "-warnings-as-errors", "-wmo", "-o", "main", "main.swift"] + names, in: folder)
      return try Tool(at: folder.appending(path: "main")).run([], in: folder)
    }
    try batch.check(output, tolerance: 1e-12, "Swift")
  }

  private func code(for rows: [[Field]], _ file: SwiftFile) -> String {
    let inputs = rows.enumerated().map { index, row in
      let missing = index % 2 == 0 ? "nil" : ".nan"
      let fields = zip(file.properties, row).map { property, field in
        switch field {
        case .number(let number): "\(property): \(number.isNaN ? missing : "\(number)")"
        case .text(let text): "\(property): \(text.map(Quotation.swift) ?? "nil")"
        }
      }
      return "  \(file.name).Input(\(fields.joined(separator: ", "))),\n"
    }
    let output =
      file.model.output.classes == nil
      ? "print(p, \": -1\")"
      : "print(p.probabilities.map(\\.description).joined(separator: \" \"), \":\", "
        + "\(file.name).classes.firstIndex(of: p.label)!)"
    return """
      for row in [
      \(inputs.joined())] {
        let p = \(file.name).predict(row)
        \(output)
      }

      """
  }
}
