import Foundation
import Testing

/// Training of one program on 1, 2 and 4 ranks of this machine.
@Suite(.serialized) final class DataParallelTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  /// The lines that a check prints: `loss` or `parameter`, its bits, and its value.
  private func lines(_ arguments: [String], ranks: Int) throws -> [String] {
    let (status, output, errors) = try MPIJob("DataParallelCheck", arguments, ranks: ranks).result()
    #expect(status == 0, "\(arguments) on \(ranks) ranks: exit status \(status)\n\(errors)")
    return output.split(separator: "\n").map(String.init)
  }

  private func values(_ lines: [String]) -> [Double] {
    lines.compactMap { Double($0.split(separator: " ").last ?? "") }
  }

  @Test(arguments: ["double", "float"]) func rankCountsDifferByRounding(precision: String) throws {
    // Rows of a part of 1 and of 226 rows in all: some steps take none of a part, and the last batch is as large as others.
    let expected = values(try lines(["fast", precision, "4", "32"], ranks: 1))
    #expect(expected.count == 4 + 105)
    for ranks in MPIJob.ranks {
      let got = values(try lines(["fast", precision, "4", "32"], ranks: ranks))
      #expect(got.count == expected.count)
      let difference = zip(got, expected).map { ($0 - $1).magnitude }.max() ?? .infinity
      #expect(difference < (precision == "double" ? 1e-10 : 1e-3), "\(ranks) ranks: got \(got), expected \(expected)")
    }
  }

  @Test(arguments: ["double", "float"]) func reproducibleSumsHaveTheSameBits(precision: String) throws {
    let expected = try lines(["reproducible", precision, "4", "32"], ranks: 1)
    #expect(expected.count == 4 + 105)
    // Three ranks hold subtrees of unequal size.
    for ranks in MPIJob.ranks + [3] {
      #expect(try lines(["reproducible", precision, "4", "32"], ranks: ranks) == expected, "\(ranks) ranks")
    }
    let fast = values(try lines(["fast", precision, "4", "32"], ranks: 2))
    let difference = zip(fast, values(expected)).map { ($0 - $1).magnitude }.max() ?? .infinity
    #expect(difference < (precision == "double" ? 1e-10 : 1e-3), "fast: \(fast), reproducible: \(expected)")
  }

  /// The check itself compares with one program that has all rows.
  @Test(arguments: ["fast", "reproducible"]) func batchesOfAllRowsAreStepsOfTheWhole(summation: String) throws {
    for ranks in MPIJob.ranks {
      #expect(try lines([summation, "double", "5", "1000"], ranks: ranks).count == 5 + 105)
    }
  }

  @Test(arguments: ["fast", "reproducible"]) func jobsThatWereKilledAreResumed(summation: String) throws {
    let training = [summation, "double", "7", "32"]
    let expected = try lines(training, ranks: 2)
    let file = path("checkpoint")
    let (status, _, _) = try MPIJob("DataParallelCheck", training + [file, "die-after=5"], ranks: 2).result()
    #expect(status != 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["checkpoint"])
    #expect(try lines(training + [file, "resume"], ranks: 2) == expected)
    // Other ranks continue as well.
    _ = try MPIJob("DataParallelCheck", training + [file, "die-after=3"], ranks: 4).result()
    let resumed = try lines(training + [file, "resume"], ranks: 1)
    if summation == "reproducible" { #expect(resumed == expected) }
    let difference = zip(values(resumed), values(expected)).map { ($0 - $1).magnitude }.max() ?? .infinity
    #expect(difference < 1e-10)
  }

  private func failure(_ program: String, _ arguments: [String], ranks: Int = 2) throws -> String {
    let (status, output, errors) = try MPIJob(program, arguments, ranks: ranks).result()
    #expect(status != 0, "\(arguments) succeeded: \(output)")
    let messages = errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
    #expect(messages.count == 1, "\(arguments): one message expected: \(errors)")
    return messages.joined()
  }

  @Test func whatCannotBeTrainedIsSaidOnce() throws {
    #expect(
      try failure("DataParallelCheck", ["fast", "double", "2", "32", "nan"]).contains("the loss of epoch 1 is nan"))
    try Data("{}".utf8).write(to: URL(filePath: path("other")))
    let training = ["fast", "double", "2", "32"]
    #expect(try failure("DataParallelCheck", training + [path("other"), "resume"]).contains("is no checkpoint"))
    _ = try lines(training + [path("own")], ranks: 2)
    let error = try failure("DataParallelCheck", ["fast", "double", "2", "64", path("own"), "resume"])
    #expect(error.contains("its batch size: 32, here: 64"), "\(error)")
    #expect(try failure("DataParallelCheck", training + [path("none/file")]).contains("cannot be written"))
  }

  // MARK: Tables

  /// Rows with a quoted line end now and then.
  private func writeTable(_ name: String, rows: Range<Int>) throws -> String {
    let lines = rows.map { row in
      let x = Double(row * 37 % 101) / 50 - 1, y = Double(row * 53 % 89) / 44 - 1
      let name = row % 7 == 0 ? "\"two\nlines\"" : row % 3 == 0 ? "b" : "c"
      return "\(x),\(name),\(y),\(x * y > 0.1 ? "yes" : "no")\n"
    }
    try Data(("x,name,y,label\n" + lines.joined()).utf8).write(to: URL(filePath: path(name)))
    return path(name)
  }

  private func model(_ arguments: [String], ranks: Int, _ output: String = "model") throws -> Data {
    let (status, text, errors) = try MPIJob(
      "micrograd-mpi",
      ["train", "-t", "label", "-o", path(output), "--hidden", "6", "--epochs", "6", "--batch-size", "64"]
        + arguments, ranks: ranks
    ).result()
    #expect(status == 0, "\(arguments) on \(ranks) ranks: \(errors)\(text)")
    return try Data(contentsOf: URL(filePath: path(output)))
  }

  @Test func tablesGiveTheSameModelForAnyNumberOfRanks() throws {
    let table = try writeTable("rows.csv", rows: 0..<700)
    let expected = try model([table, "--reproducible"], ranks: 1)
    for ranks in MPIJob.ranks {
      #expect(try model([table, "--reproducible"], ranks: ranks) == expected, "\(ranks) ranks")
    }
    let files = try (0..<4).map { try writeTable("rows\($0).csv", rows: $0 * 175..<($0 + 1) * 175) }
    let other = try model(files + ["--reproducible"], ranks: 1)
    for ranks in MPIJob.ranks {
      #expect(try model(files + ["--reproducible"], ranks: ranks) == other, "\(ranks) ranks")
    }
  }

  @Test func tablesThatCannotBeReadAreNamedOnce() throws {
    let table = try writeTable("rows.csv", rows: 0..<700)
    let arguments = ["train", table, "-t", "label", "-o", path("model")]
    let few = try failure("micrograd-mpi", arguments + ["--parts", "1"])
    #expect(few.contains("2 ranks, and parts of the table: 1"), "\(few)")
    let text = try String(contentsOfFile: table, encoding: .utf8)
    try Data((text + "1,c,oops,yes\n").utf8).write(to: URL(filePath: table))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    let error = try failure("micrograd-mpi", arguments)
    #expect(error.contains("rows.csv, line \(lines), column 3"), "\(error)")
    #expect(
      try failure("micrograd-mpi", ["train", path("none.csv"), "-t", "y", "-o", path("m")]).contains("none.csv"))
    #expect(!FileManager.default.fileExists(atPath: path("model")))
  }
}
