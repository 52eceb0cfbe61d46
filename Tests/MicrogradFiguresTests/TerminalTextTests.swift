import Testing

@testable import MicrogradFigures

/// Text that has to fit into a terminal.
@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("one two three", 8, ["one two", "three"]), ("one two three", 7, ["one two", "three"]),
    ("one two three", 3, ["one", "two", "thr", "ee"]), ("", 5, [""]), ("one", 1, ["o", "n", "e"]),
    ("12  one two three", 11, ["12  one two", "    three"]), ("    one two", 8, ["    one", "    two"]),
    ("    one two", 6, ["    on", "e two"]), ("a   (b c)", 6, ["a   (b", "c)"]), ("a   (b c)", 4, ["a", "(b", "c)"]),
    ("日本 語", 4, ["日本", "語"]), ("日本語", 3, ["日", "本", "語"]),
    ("\u{1B}[33mone two\u{1B}[0m", 3, ["\u{1B}[33mone", "two\u{1B}[0m"]),
    ("\u{1B}[2m1\u{1B}[0m  one two", 6, ["\u{1B}[2m1\u{1B}[0m  one", "   two"]),
  ])
  func wrapped(_ text: String, _ columns: Int, _ lines: [String]) {
    let got = text.wrapped(toColumns: columns)
    #expect(got == lines, "\(text) in \(columns) columns: got \(got), expected \(lines)")
  }

  @Test(arguments: [
    ("one two", 7, "one two"), ("one two", 6, "one t…"), ("one two", 1, "…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
    ("\u{1B}[33mone two\u{1B}[0m", 7, "\u{1B}[33mone two\u{1B}[0m"),
    ("\u{1B}[33mone two\u{1B}[0m", 4, "\u{1B}[33mone…\u{1B}[0m"),
  ])
  func shortened(_ text: String, _ columns: Int, _ expected: String) {
    let got = text.shortened(toColumns: columns, ellipsis: "…")
    #expect(got == expected, "\(text) in \(columns) columns: got \(got), expected \(expected)")
  }
}
