import Foundation
import MicrogradJSON
import MicrogradModels
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

@Suite struct JavaScriptTests {
  static let tool = Tool("node")

  @Test(.enabled(if: tool != nil, Tool.reason("node"))) func modulesAgreeWithTheEngine() throws {
    let batch = Batch(), tool = try #require(Self.tool)
    let output = try withFolder { folder in
      var script = ""
      for (index, (model, rows)) in batch.models.enumerated() {
        try folder.write(model.javaScript(), to: "m\(index).mjs")
        script += "import * as m\(index) from \"./m\(index).mjs\";\n"
        for row in rows { script += "print(m\(index), \(JSON.text(json(row, model)).description));\n" }
      }
      try folder.write(script + Self.print, to: "main.mjs")
      return try tool.run(["main.mjs"], in: folder)
    }
    try batch.check(output, tolerance: 1e-12, "JavaScript")
  }

  /// A module can stand between the tags of a page.
  @Test func modulesHoldNoTag() {
    let seed = newSeed()
    for (index, random) in RandomModel.several(24, seed: seed).enumerated() {
      let text = random.model.javaScript()
      #expect(!text.contains("</") && !text.contains("<!"), "seed \(seed), model \(index): got \(text)")
    }
  }

  /// As a text that is parsed: an object literal would take `__proto__` for something else.
  private func json(_ row: [Field], _ model: TabularModel) -> String {
    JSON.object(
      zip(model.pipeline.features, row).enumerated().compactMap { index, column in
        switch column.1 {
        // Every other one as a text, and what is missing left out.
        case .number(let number) where number.isNaN: index % 2 == 0 ? nil : (column.0.name, .null)
        case .number(let number): (column.0.name, index % 2 == 0 ? .number(number) : .text(" \(number)"))
        case .text(let text): text.map { (column.0.name, .text($0)) }
        }
      }
    ).description
  }

  private static let print = """
    function print(model, row) {
      const result = model.predict(JSON.parse(row));
      if (!model.classes) return console.log(result, ": -1");
      const numbers = model.classes.map((name) => result.probabilities[name]);
      console.log(...numbers, ":", model.classes.indexOf(result.class));
    }
    """
}
