import Foundation
import MicrogradData
import MicrogradRandom
import Testing

/// Parts of a file, against the whole of it.
final class TablePartsTests {
  private let path: String
  private var others: [String] = []

  init() { path = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID().uuidString).csv").path }

  deinit { for path in others + [path] { try? FileManager.default.removeItem(atPath: path) } }

  private func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

  /// Rows with quoted line ends, quotes, blank lines, and all line ends.
  private func randomText(_ random: inout PythonRandom, names: Bool) -> String {
    let end = random.choice(["\n", "\r\n", "\r"])
    let texts = ["", "a", "\"b\(end)c\"", "\"\"\"\(end)\(end)\"", "\"d,\"\"\(end)\"\"\"", "é"]
    var text = random.choice(["", "\u{FEFF}", end]) + (names ? "\"x\(end)\",t,u\(end)" : "")
    for row in 0..<random.randint(1, 60) {
      text += "\(row),\(random.choice(texts)),\(random.choice(texts))" + end
      if random.random() < 0.2 { text += end }
    }
    return random.random() < 0.5 ? String(text.unicodeScalars.dropLast(end.unicodeScalars.count)) : text
  }

  @Test func partsAreTheWholeTable() throws {
    let seed = Int.random(in: 0..<1_000_000)
    var random = PythonRandom(seed: seed)
    for _ in 0..<30 {
      let hasNames = random.random() < 0.7, text = randomText(&random, names: hasNames)
      let format = Table.Format(delimiter: nil, columnNames: hasNames ? nil : ["x", "t", "u"])
      try write(text)
      let whole = try Table(contentsOf: path, format: format)
      for count in [1, 2, 3, 16, 200] {
        let parts = try TableParts(path: path, count: count, format: format)
        let tables = try (0..<count).map { try parts.table($0) }
        for (index, column) in whole.columns.enumerated() {
          let texts = tables.flatMap { $0.columns[index].texts }
          #expect(texts == column.texts, "seed \(seed), \(count) parts of \(text.debugDescription)")
          #expect(
            tables.allSatisfy { $0.columns[index].name == column.name && $0.columns[index].kind == column.kind })
        }
        #expect(parts.count == count)
      }
    }
  }

  @Test func partsHaveAboutAsManyRows() throws {
    try write("x\n" + (0..<1000).map { "\(1000 + $0)\n" }.joined())
    let parts = try TableParts(path: path, count: 16)
    let counts = try (0..<16).map { try parts.table($0).rowCount }
    #expect(counts.reduce(0, +) == 1000 && counts.allSatisfy { (61...64).contains($0) }, "\(counts)")
  }

  @Test func errorsNameTheLineOfTheFile() throws {
    for end in ["\n", "\r\n", "\r"] {
      let rows = (0..<1500).map { $0 == 1400 ? "7,\"a\(end)b\",?\(end)" : "\($0),\"a\(end)b\",2\(end)" }.joined()
      try write("x,\"t\(end)\",u\(end)" + rows)
      let expected = try #require(throws: FileError.self) { try Table(contentsOf: path) }
      let parts = try TableParts(path: path, count: 8)
      let errors = (0..<8).compactMap { part in
        do throws(FileError) {
          _ = try parts.table(part)
          return nil as FileError?
        } catch {
          return error
        }
      }
      #expect(errors == [expected], "line ends \(end.debugDescription): got \(errors), expected \(expected)")
    }
  }

  @Test func filesAreParts() throws {
    try write("x,t\n1,2\n")
    let other = path + ".2"
    others.append(other)
    try Data("x,t\n3,?\n".utf8).write(to: URL(filePath: other))
    let parts = try TableParts(paths: [path, other])
    #expect(try parts.count == 2 && parts.table(0) == Table(columnNames: ["x", "t"], rows: [[1, 2]]))
    // Kinds are those of the first file.
    let error = try #require(throws: FileError.self) { try parts.table(1) }
    #expect("\(error)".contains("line 2, column 2"), "\(error)")
  }

  @Test func whatHasNoPartsIsRefused() {
    let error = #expect(throws: FileError.self) { try TableParts(path: "/dev/null", count: 2) }
    #expect("\(error, default: "none")".contains("/dev/null"))
    #expect(throws: FileError.self) { try TableParts(path: path, count: 2) }
  }
}
