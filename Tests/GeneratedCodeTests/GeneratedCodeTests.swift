import Foundation
import Testing

/// Files that are written from the table of operations are what would be written now.
///
/// `MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests` writes them anew.
@Suite(.serialized) struct GeneratedCodeTests {
  private static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  private func expect(_ path: String, toBe generated: String) throws {
    let file = Self.sources.appending(path: path)
    if ProcessInfo.processInfo.environment["MICROGRAD_REGENERATE"] != nil {
      try Data(generated.utf8).write(to: file, options: .atomic)
    }
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let expected = generated.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, (got, expected)) in zip(lines, expected).enumerated() where got != expected {
      Issue.record(
        "\(path), line \(index + 1): got “\(got)”, expected “\(expected)”; write it anew (MICROGRAD_REGENERATE=1)")
      return
    }
    #expect(lines.count == expected.count, "\(path): number of lines")
  }

  @Test func kernels() throws {
    let headers = try ["Elementary", "Trigonometry", "ErrorFunctions", "Powers"].map { name in
      let header = Self.sources.appending(path: "CMicrogradKernels/\(name).h")
      return try String(contentsOf: header, encoding: .utf8)
    }
    let functions = KernelFunctions(elementary: headers.joined())
    try expect("CMicrogradKernels/Functions.h", toBe: functions.functions)
    try expect("CMicrogradKernels/include/MGFunction.h", toBe: functions.header)
  }
}
