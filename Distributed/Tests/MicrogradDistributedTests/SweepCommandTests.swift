import Foundation
import MicrogradCommand
import MicrogradSweep
import Testing

/// `micrograd-mpi sweep` writes the files of `micrograd sweep`.
@Suite(.serialized) struct SweepCommandTests {
  /// A table of 60 rows, whose target depends on both columns.
  private static let table =
    (0..<60).reduce(into: "width,height,kind\n") { text, row in
      let width = row * 7 % 13, height = row * 5 % 11
      text += "\(width),\(height),\(width > height ? "wide" : "high")\n"
    }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.table.write(to: folder.appending(path: "table.csv"), atomically: true, encoding: .utf8)
    try body(folder)
  }

  @Test(arguments: MPIJob.ranks) func tablesAreThoseOfThreads(ranks: Int) throws {
    try withFolder { folder in
      let arguments = { (output: String) in
        [
          folder.appending(path: "table.csv").path, "--target", "kind", "--hidden", "2", "4", "--rate", "0.01..0.3",
          "--epochs", "3", "--seeds", "2", "--quiet", "-o", folder.appending(path: output).path,
        ]
      }
      try SweepArguments.parse(arguments("expected.csv")).run(on: ThreadRunner(workers: 1))
      let (status, output, errors) = try MPIJob("micrograd-mpi", ["sweep"] + arguments("got.csv"), ranks: ranks)
        .result()
      #expect(status == 0, "\(ranks) ranks: \(output)\(errors)")
      let (got, expected) = (try text("got.csv", in: folder), try text("expected.csv", in: folder))
      #expect(got == expected && !got.isEmpty, "\(ranks) ranks\ngot\n\(got)\nexpected\n\(expected)")
    }
  }

  private func text(_ file: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  @Test func mistakesAreSaidOnce() throws {
    for arguments in [["sweep", "nonexistent.csv", "--target", "kind", "--rate", "0.1"], ["sweep"], ["fly"]] {
      let (status, output, errors) = try MPIJob("micrograd-mpi", arguments, ranks: 2).result()
      #expect(status != 0, "\(arguments): \(output)")
      #expect(errors.components(separatedBy: "Error: ").count == 2, "\(arguments): \(errors)")
    }
  }
}
