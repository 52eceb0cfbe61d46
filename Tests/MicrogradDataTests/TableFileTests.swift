import Foundation
import MicrogradData
import Testing

/// Every test has a directory of its own, which goes with it.
final class TableFileTests {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  private func path(_ name: String) -> String { directory.appending(path: name).path }

  private func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: path(name)))
    return path(name)
  }

  private let table = Table(columnNames: ["x1", "label"], rows: [[0.1, 0], [-2, 1]])

  @Test func writtenAndReadAgain() throws {
    try table.write(to: path("été 1.csv"))
    #expect(try Table(contentsOf: path("été 1.csv")) == table)
    #expect(try Dataset(contentsOf: path("été 1.csv")).labels == [0, 1])
    try table.write(to: path("table.tsv"), delimiter: .tab)
    #expect(try String(contentsOfFile: path("table.tsv"), encoding: .utf8) == "x1\tlabel\n0.1\t0\n-2\t1\n")
    #expect(try Dataset(contentsOf: path("table.tsv"), delimiter: .tab).inputs == [[0.1], [-2]])
    try Table(columnNames: ["class", "x"], rows: [[7, 0.5]]).write(to: path("class.csv"))
    #expect(try Dataset(contentsOf: path("class.csv"), labelColumn: "class").labels == [7])
  }

  /// Another name for the old file still shows the old content: it was replaced, and never half overwritten.
  @Test func writingReplacesAndLeavesNothingElseBehind() throws {
    let path = try write("old".utf8, to: "table.csv")
    try FileManager.default.linkItem(atPath: path, toPath: self.path("old.csv"))
    try table.write(to: path)
    #expect(try Table(contentsOf: path) == table)
    #expect(try String(contentsOfFile: self.path("old.csv"), encoding: .utf8) == "old")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.sorted() == ["old.csv", "table.csv"])
  }

  @Test func aLinkStaysALinkAndItsTargetIsReplaced() throws {
    let target = try write("old".utf8, to: "target.csv")
    try FileManager.default.linkItem(atPath: target, toPath: path("old.csv"))
    try FileManager.default.createSymbolicLink(atPath: path("link.csv"), withDestinationPath: target)
    try table.write(to: path("link.csv"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link.csv")) == target)
    #expect(try Table(contentsOf: target) == table)
    #expect(try String(contentsOfFile: path("old.csv"), encoding: .utf8) == "old")
  }

  /// Lines, quotes and line ends that lie across the blocks that a file is read in.
  @Test func filesOfManyBlocks() throws {
    let field = String(repeating: "long \"\" text\r\n", count: 20), rows = 20_000
    let line = "7,\"\(field)\"\r\n"
    let path = try write(("a,b\r\n" + String(repeating: line, count: rows)).utf8, to: "large.csv")
    var stream = try TableStream(path: path), count = 0
    let expected = field.replacing("\"\"", with: "\"")
    while let part = try stream.next(999) {
      count += part.rowCount
      let texts = part[column: "b"]?.texts ?? []
      #expect(texts.allSatisfy { $0 == expected } && part[column: "a"]?.numbers == texts.map { _ in 7 })
    }
    #expect(count == rows)
    let broken = try write(("a,b\r\n" + String(repeating: line, count: rows) + "7\n").utf8, to: "broken.csv")
    let error = try #require(throws: FileError.self) { try Table(contentsOf: broken) }
    #expect(error.description.contains("line \(21 * rows + 2), column 2"), "\(error)")
  }

  @Test func pathsThatCannotBeRead() throws {
    let missing = path("missing.csv")
    var error = try #require(throws: FileError.self) { try Table(contentsOf: missing) }
    #expect(error == .unreadable(path: missing, reason: "No such file or directory"))
    #expect(error.description == "\(missing) cannot be read: No such file or directory")
    error = try #require(throws: FileError.self) { try Table(contentsOf: directory.path) }
    #expect(error == .unreadable(path: directory.path, reason: "Is a directory"))
  }

  @Test func pathsThatCannotBeWritten() throws {
    let nowhere = path("missing/table.csv")
    var error = try #require(throws: FileError.self) { try table.write(to: nowhere) }
    #expect(error.description == "\(nowhere) cannot be written: No such file or directory")
    error = try #require(throws: FileError.self) { try table.write(to: directory.path) }
    #expect(error == .unwritable(path: directory.path, reason: "Is a directory"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test func contentThatIsWrong() throws {
    let latin1 = try write([0x78, 0xE9, 0x0A], to: "latin1.csv")
    var error = try #require(throws: FileError.self) { try Table(contentsOf: latin1) }
    #expect(
      error.description
        == "\(latin1), line 1, column 1: the text is not encoded as UTF-8; save the file as UTF-8 (it may be UTF-16, or no text at all)"
    )

    let words = try write("x1,label\n1,0\n2,one\n".utf8, to: "words.csv")
    error = try #require(throws: FileError.self) { try Dataset(contentsOf: words) }
    #expect(error.description.hasPrefix("\(words), line 3, column 2 (\"label\"): \"one\" is not a number"))

    let halves = try write("x1,label\n1,0\n2,0.5\n".utf8, to: "halves.csv")
    error = try #require(throws: FileError.self) { try Dataset(contentsOf: halves) }
    #expect(error.description.hasPrefix("\(halves), line 3, column 2 (\"label\"): 0.5 is not a label"))
  }
}
