import Foundation
import Testing

/// Samples come from files, pipes and standard input alike.
@Suite struct InputTests {
  private static let moons = "micrograd data moons -n 20"

  @Test(arguments: [
    "\(moons) | micrograd draw --net 2,4,1 --data -",
    "\(moons) | micrograd draw --net 2,4,1 --data /dev/stdin",
    "mkfifo pipe; \(moons) > pipe & micrograd draw --net 2,4,1 --data pipe",
    "exec 5< moons.csv; micrograd draw --net 2,4,1 --data /dev/fd/5",
    "micrograd draw --net 2,4,1 --data - < moons.csv",
  ])
  func pipesAreFilesToo(_ script: String) throws {
    try Program.withFolder { folder in
      let expected = try Program.shell(
        "\(Self.moons) -o moons.csv; micrograd draw --net 2,4,1 --data moons.csv", in: folder)
      #expect(expected.output.contains("▸ samples 2–20"), "\(expected)")
      let outcome = try Program.shell(script, in: folder)
      #expect(outcome.status == 0 && outcome.output == expected.output, "\(script): \(outcome)")
    }
  }

  @Test func theLabReadsStandardInput() throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd data circles | micrograd lab --task 6 --data -", in: folder)
      #expect(outcome.status == 0 && outcome.output.contains("your own samples"), "\(outcome)")
    }
  }

  /// More than a pipe holds at once, and in pieces that end anywhere, within a character too.
  @Test func longAndSlowPipes() throws {
    let digits = String(repeating: "1", count: 1000)
    let script = """
      { printf '\\303'; sleep 0.1; printf '\\251,label\\n'
        i=0; while [ $i -lt 200 ]; do echo "0.\(digits)$i,1"; i=$((i+1)); done; } | micrograd draw --net 1,1 --data -
      """
    let outcome = try Program.shell(script)
    #expect(outcome.status == 0 && outcome.output.contains("▸ samples 2–200"), "\(outcome)")
  }

  @Test(arguments: [
    (
      "printf 'x1,label\\n1,no\\n' | micrograd draw --net 1,1 --data -",
      "standard input, line 2, column 2 (\"label\")"
    ),
    ("printf '\\377' | micrograd lab --data -", "standard input, line 1, column 1: the text is not encoded as UTF-8"),
    ("printf 'x1,label\\n1,0\\n' | micrograd lab --data -", "standard input: the tasks need at least 2 samples"),
    (
      "printf 'x1,label\\n1,0\\n' | micrograd draw --net 2,1 --data -",
      "standard input: samples with 1 input do not fit"
    ),
    ("micrograd lab --data - <&-", "standard input cannot be read: Bad file descriptor"),
    ("micrograd lab --data - < /dev/null", "standard input, line 1: there is nothing to read"),
    ("micrograd lab --data ''", "“” cannot be read: No such file or directory"),
    ("micrograd lab --data /", "/ cannot be read: Is a directory"),
    ("micrograd lab --data none.csv", "none.csv cannot be read: No such file or directory"),
    ("head -c 1000 /dev/zero | micrograd lab --data -", "standard input, line 1"),
  ])
  func whatCannotBeRead(_ script: String, _ message: String) throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell(script, in: folder)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(script): \(outcome)")
      #expect(outcome.errors.hasPrefix("Error: \(message)"), "\(script): \(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "\(script)")
    }
  }
}
