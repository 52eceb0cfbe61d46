import MicrogradEngine
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

/// The functions of all operations in JavaScript, in terms of `Math` and of the library, on special and on usual numbers.
@Suite struct JavaScriptRulesTests {
  static let tool = Tool("node")
  static let left = [
    -.infinity, -400, -40, -6.5, -3, -2.83, -1, -0.5, -1e-9, -0.0, 0, 1e-9, 0.25, 0.5, 1, 1.9, 2, 2.83, 3, 5.5, 30,
    400,
    .infinity, .nan,
  ]
  static let right = [-2.0, -1, -0.5, 0, 0.01, 0.5, 1, 2, 3, .infinity, .nan]

  private static func isClose(_ got: Double, _ expected: Double) -> Bool {
    got == expected || (got.isNaN && expected.isNaN) || abs(got - expected) <= 2e-13 * abs(expected) + 1e-290
  }

  @Test(.enabled(if: tool != nil, Tool.reason("node"))) func everyOperationAgreesWithTheTable() throws {
    let tool = try #require(Self.tool), recorded = Operation.allCases.filter { ![.leaf, .dot].contains($0) }
    let output = try withFolder { folder in
      try folder.write(try Self.script(recorded), to: "main.mjs")
      return try tool.run(["main.mjs"], in: folder)
    }
    var lines = output.split(separator: "\n").makeIterator()
    for operation in recorded {
      for a in Self.left {
        for b in Self.right {
          let line = lines.next(), got = line.flatMap { Double($0) } ?? .nan, expected = operation.value(a, b)
          #expect(Self.isClose(got, expected), "\(operation)(\(a), \(b)): got \(got), expected \(expected)")
        }
      }
    }
  }

  /// Prints a line for each operation and pair of numbers.
  private static func script(_ operations: [Operation]) throws -> String {
    let javaScript = JavaScript()
    func list(_ numbers: [Double]) -> String { "[\(numbers.map(javaScript.number).joined(separator: ", "))]" }
    let functions = try operations.map { "(a, b) => \(try #require(javaScript.code($0.rule.value), "\($0)"))" }
    return """
      \(JavaScript.library.functions.map(\.code).joined(separator: "\n"))
      for (const value of [\(functions.joined(separator: ",\n"))]) {
        for (const a of \(list(left))) {
          for (const b of \(list(right))) console.log(value(a, b));
        }
      }
      """
  }
}
