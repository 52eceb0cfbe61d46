import Foundation
import Testing

/// `micrograd lab grade`, as a teacher runs it.
@Suite struct GradeCommandTests {
  /// The library that was built together with the program, so that no test builds it.
  static let environment = [
    "MICROGRAD_WORKBENCH": URL(filePath: Program.path).resolvingSymlinksInPath().deletingLastPathComponent().path,
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
  ]

  @Test func aClassIsGraded() throws {
    try Program.withFolder { folder in
      let script = """
        micrograd lab init ada --language fr && mkdir class && mv ada class/ && echo hello > class/bob.txt
        micrograd lab grade class --seed 12 --output out --language fr --jobs 1
        """
      let outcome = try Program.shell(script, in: folder, environment: Self.environment)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output.hasSuffix("2 rendus, graine 12. Vue d'ensemble : out/overview.html\n"), "\(outcome.output)")
      // A line for each submission, since this is no terminal.
      #expect(outcome.errors.contains("1/2  ada: 0 sur "), "\(outcome.errors)")
      #expect(outcome.errors.contains("2/2  bob.txt: Ce n'est pas un rendu"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("\u{1B}"))
      let table = try String(contentsOfFile: "\(folder)/out/grades.csv", encoding: .utf8)
      #expect(table.contains("nom;réussies;tâche ") && table.contains("\r\nada;0;à écrire;"), "\(table)")
      for name in ["grades.json", "overview.html"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/out/\(name)"))
      }
    }
  }

  @Test(arguments: [
    ("lab grade missing", 1, "there is no such folder"), ("lab grade file", 1, "it is no folder"),
    ("lab grade empty", 1, "Put each student's submission into it"), ("lab grade one", 1, "is one submission"),
    ("lab grade class -o file", 1, "file cannot be written"), ("lab grade class -o ''", 64, "--output is empty"),
    ("lab grade class --jobs 0", 64, "at least 1"), ("lab grade class --tag ../x", 64, "no name of a tag"),
    ("lab grade class --seed x", 64, "'--seed <number>'"), ("lab grade", 64, "<folder>"),
  ]) func mistakesHaveAMessage(arguments: String, status: Int32, words: String) throws {
    try Program.withFolder { folder in
      let script = """
        mkdir empty one class class/ada; touch file one/Package.swift class/ada/Task01.swift
        micrograd \(arguments)
        """
      let outcome = try Program.shell(script, in: folder, environment: Self.environment)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func theHelpTeaches() throws {
    let outcome = try Program.run("lab", "grade", "--help", environment: ["COLUMNS": "100"])
    for words in ["Examples:", "micrograd lab grade submissions", "Bubblewrap", "overview.html", "--seed"] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
  }
}
