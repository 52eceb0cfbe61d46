import Foundation
import Micrograd
import Testing

/// The page that the command writes, and what it says about tables.
@Suite struct PlaygroundCommandTests {
  @Test func writesThePage() throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd playground --no-open", in: folder)
      #expect(outcome.status == 0 && outcome.output == "playground.html\n" && outcome.errors.isEmpty, "\(outcome)")
      let page = try String(contentsOfFile: folder + "/playground.html", encoding: .utf8)
      #expect(page == PlaygroundPage().html(), "the page of the library, byte for byte")
      let french = try Program.run("playground", "-l", "fr", "-o", "-")
      #expect(french.status == 0 && french.output == PlaygroundPage(language: .french).html(), "\(french.errors)")
    }
  }

  /// Without a display, or a terminal, nothing is opened, and that is no mistake.
  @Test func opensNothingWhereNobodySits() throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd playground", in: folder, environment: ["DISPLAY": ":99"])
      #expect(outcome.status == 0 && outcome.output == "playground.html\n" && outcome.errors.isEmpty, "\(outcome)")
    }
  }

  @Test(arguments: [
    ("a,b,kind\n1,2,x\n3,5,y\n4,1,x\n", [], "kind is predicted from a and b.", "\"task\":\"classification\""),
    (
      "a;b;size\n1;2;0.5\n3;5;1.5\n4;1;2.25\n", ["-t", "a"], "a is predicted from b and size.",
      "\"task\":\"regression\""
    ),
    ("a,b,c,kind\n1,2,3,x\n3,5,1,y\n4,1,2,x\n", [], "these columns are left out: c.", "\"kind\":\"points\""),
    ("a,b,kind\n1,2,x\n3,5,y\n4,1,x\n", ["-l", "fr"], "kind est prédit à partir de a et b.", "\"classes\":2"),
  ])
  func beginsWithATable(_ csv: String, _ options: [String], _ note: String, _ settings: String) throws {
    try Program.withFolder { folder in
      try csv.write(toFile: folder + "/t.csv", atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        ["playground", folder + "/t.csv", "--no-open", "-o", folder + "/p.html"] + options)
      #expect(outcome.status == 0 && outcome.output == folder + "/p.html\n", "\(outcome)")
      #expect(outcome.errors.contains(note), "got \(outcome.errors), expected \(note)")
      let page = try String(contentsOfFile: folder + "/p.html", encoding: .utf8)
      #expect(page.contains(settings), "\(settings) is not in the page")
    }
  }

  /// One line that names the file and the place, and no page.
  @Test(arguments: [
    ("a,b,kind\n1,2,x\n3,inf,y\n", "line 3, column 2 (\"b\")"), ("", "line 1"), ("a,b,c\n1,2\n", "line 2"),
    ("1,2,3\n4,5,6\n", "line 1"), ("a,b\nx,y\nz,w\n", "No column beside the target has numbers"),
    ("a,b,c\n" + (0..<6).map { "1,\($0),k\($0)\n" }.joined(), "has 6 classes; the playground shows at most 5"),
  ])
  func tablesThatCannotBeShown(_ csv: String, _ message: String) throws {
    try Program.withFolder { folder in
      let file = folder + "/bad.csv"
      try csv.write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try Program.run("playground", file, "--no-open", "-o", folder + "/p.html")
      #expect(outcome.status == 1 && outcome.output.isEmpty, "status \(outcome.status), \(outcome.output)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("Error: \(file)") && outcome.errors.contains(message), "got \(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/p.html"))
    }
  }

  @Test func mistakesInTheCall() throws {
    try Program.withFolder { folder in
      let cases = [
        ("--target x", 64, "--target is “x”, a column, but there is no table"),
        ("--output ''", 64, "--output is empty"), ("t.csv -o t.csv", 64, "--output is t.csv, the table itself"),
        ("nowhere.csv", 1, "nowhere.csv cannot be read: No such file or directory"),
        ("-o no/where.html", 1, "no/where.html cannot be written: No such file or directory"),
      ]
      try "a,b\n1,2\n".write(toFile: folder + "/t.csv", atomically: true, encoding: .utf8)
      for (arguments, status, message) in cases {
        let outcome = try Program.shell("micrograd playground --no-open \(arguments)", in: folder)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(arguments): \(outcome)")
        #expect(outcome.errors.contains(message), "\(arguments): got \(outcome.errors), expected \(message)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.csv"])
    }
  }
}
