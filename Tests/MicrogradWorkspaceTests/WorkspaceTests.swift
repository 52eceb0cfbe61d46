import Foundation
import Micrograd
import MicrogradLab
import Testing

@testable import MicrogradWorkspace

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Calls a function with a new folder, which is removed afterwards.
@discardableResult
func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
  let folder = try TemporaryFolder()
  return try body(folder.url)
}

@Suite struct WorkspaceTests {
  private func make(in folder: URL, _ language: Language = .english) throws -> Workspace {
    let place = folder.appending(path: "tp")
    return try Workspace.make(at: place, in: language, library: LibraryReference(nil, for: place), notebook: false)
  }

  private func text(_ path: String, of workspace: Workspace) throws -> String {
    try String(contentsOf: workspace.folder.appending(path: path), encoding: .utf8)
  }

  @Test(arguments: Language.allCases) func aWorkspaceHasAFileForEachTask(language: Language) throws {
    try withFolder { folder in
      let workspace = try make(in: folder, language)
      for exercise in Exercise.all {
        let text = try text(workspace.path(of: exercise), of: workspace)
        #expect(text == exercise.stub(in: language))
        #expect(text.contains(exercise.title(in: language)))
        for declaration in exercise.declarations { #expect(text.contains(declaration.signature)) }
      }
      #expect(
        try Workspace.find(from: workspace.folder.appending(path: "Sources"), language: nil).language == language)
      #expect(FileManager.default.isExecutableFile(atPath: workspace.folder.appending(path: "lab").path))
      let readme = try text("README.md", of: workspace)
      #expect(readme.contains(language == .french ? "## Rendre" : "## Handing in"))
      #expect(!readme.contains("TASKS") && !readme.contains("NOTEBOOK"))
    }
  }

  /// What a check reads from the notebook is what it has from the files.
  @Test(arguments: Language.allCases) func aNotebookHasTheSameStubs(language: Language) throws {
    try withFolder { folder in
      let place = folder.appending(path: "tp")
      let workspace = try Workspace.make(
        at: place, in: language, library: LibraryReference(nil, for: place), notebook: true)
      let notebook = try #require(NotebookSources(try text(NotebookSources.file, of: workspace)))
      for exercise in Exercise.all {
        let cell = notebook.texts[exercise.file] ?? ""
        for declaration in exercise.declarations { #expect(cell.contains(declaration.signature + " {\n")) }
      }
      #expect(try text("README.md", of: workspace).contains("## \(language == .french ? "Dans" : "In") Jupyter"))
      #expect(try workspace.readSources().count == Exercise.all.count)
    }
  }

  /// A solution is recognised by its longest lines.
  @Test func aWorkspaceHasNoSolution() throws {
    try withFolder { folder in
      let workspace = try make(in: folder),
        files = Template(
          language: .english, library: try LibraryReference(nil, for: workspace.folder), hasNotebook: true
        ).files
      var count = 0
      for exercise in Exercise.all {
        let lines = exercise.referenceSource.split(separator: "\n").filter { line in
          // The lines of a declaration stand in the stub too.
          line.count > 20 && !line.hasPrefix("func ") && !line.hasPrefix(") ->") && !line.hasPrefix("  _ ")
        }
        count += lines.count
        for line in lines {
          for file in files { #expect(!file.text.contains(line), "\(file.name) contains \(line)") }
        }
      }
      #expect(count > 3)
    }
  }

  @Test func nothingIsReplaced() throws {
    try withFolder { folder in
      let workspace = try make(in: folder)
      #expect(throws: WorkspaceError.self) { try make(in: folder) }
      try "mine".write(
        to: workspace.folder.appending(path: workspace.path(of: Exercise.all[0])), atomically: true, encoding: .utf8)
      #expect(try workspace.reset(Exercise.all[0]) != nil)
      let name = Exercise.all[0].file.replacing(".swift", with: "")
      #expect(try text("old/\(name)-1.swift", of: workspace) == "mine")
      #expect(try text(workspace.path(of: Exercise.all[0]), of: workspace) == Exercise.all[0].stub(in: .english))
      #expect(try workspace.reset(Exercise.all[0]) == "old/\(name)-2.swift")
    }
  }

  @Test func aFileThatIsNoTextHidesNoOther() throws {
    try withFolder { folder in
      let workspace = try make(in: folder), exercise = Exercise.all[0]
      try Data([0xFF, 0xFE, 0x00]).write(to: workspace.folder.appending(path: workspace.path(of: exercise)))
      let sources = try workspace.readSources()
      #expect(sources.count == Exercise.all.count && sources[exercise.file] == "\u{FFFD}\u{FFFD}\u{0}")
    }
  }

  @Test func aRepositoryThatWasJustClonedIsEmpty() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "tp/.git"), withIntermediateDirectories: true)
      _ = try make(in: folder)
    }
  }

  @Test func hintsComeOneByOne() throws {
    try withFolder { folder in
      let workspace = try make(in: folder, .french), exercise = Exercise.all[0]
      let hints = try (0..<4).map { _ in try workspace.nextHint(for: exercise) }
      #expect(hints.map(\.number) == [1, 2, 3, 3])
      #expect(hints.map(\.text) == [0, 1, 2, 2].map { exercise.hints[$0](in: .french) })
    }
  }

  @Test func aFolderThatIsNoWorkspaceIsRefused() throws {
    try withFolder { folder in
      #expect(throws: WorkspaceError.self) { try Workspace.find(from: folder, language: nil) }
      try "{\"language\":\"de\"}".write(to: folder.appending(path: "lab.json"), atomically: true, encoding: .utf8)
      #expect(throws: WorkspaceError.self) { try Workspace.find(from: folder, language: nil) }
    }
  }

  @Test(arguments: [
    ("https://example.org/a/swift-micrograd.git@1.2.0", "swift-micrograd", "from: \"1.2.0\""),
    ("https://example.org/a/micrograd", "micrograd", "branch: \"main\""),
    ("git@example.org:a/swift-micrograd.git", "swift-micrograd", "url: \"git@example.org:a/swift-micrograd.git\""),
  ])
  func aLibraryCanBeAURL(text: String, package: String, part: String) throws {
    let reference = try LibraryReference(text, for: URL(filePath: "/somewhere"))
    #expect(reference.package == package)
    #expect(reference.dependency.contains(part), "\(reference.dependency)")
  }

  @Test func aFolderWithoutTheLibraryIsRefused() throws {
    try withFolder { folder in
      #expect(throws: WorkspaceError.self) { try LibraryReference(folder.path, for: folder) }
    }
  }
}

@Suite struct CheckReportTests {
  private static let exercise = Exercise.all.first { $0.number == 5 }!

  private func report(_ outcome: Outcome, printed: String = "") -> CheckReport {
    CheckReport(
      results: [TaskResult(Self.exercise, outcome, figures: ["<svg onload=\"alert(1)\"/>"], printed: printed)],
      language: .french, seed: 42)
  }

  @Test func junitIsXMLWhateverIsInTheMessages() throws {
    let report = report(.notCompiling("a < b && \"c\" ]]> \u{0}\u{1B}[31m \u{FFFF} é"))
    let document = try XMLDocument(xmlString: report.junit())
    let failures = try document.nodes(forXPath: "/testsuites/testsuite/testcase/failure")
    #expect(failures.count == 1)
    #expect(failures[0].stringValue?.contains("a < b && \"c\" ]]>") == true)
    #expect(failures[0].stringValue?.contains("é") == true)
    #expect(try XMLDocument(xmlString: self.report(.judged(.passed)).junit()).nodes(forXPath: "//failure").isEmpty)
  }

  @Test func picturesArePutIntoImages() {
    let page = ResultsPage(report: report(.notCompiling("<script>"))).html()
    #expect(!page.contains("onload") && !page.contains("<script>"))
    #expect(page.contains("data:image/svg+xml;base64,"))
  }

  @Test func jsonHasTheState() throws {
    struct Document: Decodable {
      struct Task: Decodable { let number: Int, status: String, printed: String }
      let passed: [Int], tasks: [Task]
    }
    let json = try report(.missing, printed: "x").json()
    let document = try JSONDecoder().decode(Document.self, from: Data(json.utf8))
    #expect(document.passed == [])
    #expect(
      document.tasks[0].number == 5 && document.tasks[0].status == "missing" && document.tasks[0].printed == "x")
  }
}

@Suite struct NotebookSourcesTests {
  private static let exercise = Exercise.all.first { $0.number == 5 }!

  private func notebook(_ source: String) throws -> NotebookSources {
    let cell: [String: Any] = [
      "cell_type": "code", "id": Self.exercise.notebookCell,
      "source": source.split(separator: "\n").map { "\($0)\n" },
    ]
    let data = try JSONSerialization.data(withJSONObject: [
      "cells": [["cell_type": "markdown", "source": "text"], cell]
    ])
    return try #require(NotebookSources(String(decoding: data, as: UTF8.self)))
  }

  @Test(arguments: Language.allCases) func theNotebookCountsWhereTheFileIsUntouched(language: Language) throws {
    let name = Self.exercise.file, notebook = try notebook("func f() {\n}")
    let stub = Self.exercise.stub(in: language)
    #expect(
      NotebookSources.merge(files: [name: stub], notebook: notebook)[name]?.hasSuffix("func f() {\n}\n\n") == true)
    #expect(NotebookSources.merge(files: [:], notebook: notebook)[name]?.contains("import Micrograd") == true)
    #expect(NotebookSources.merge(files: [name: stub + "// mine"], notebook: notebook)[name] == stub + "// mine")
    #expect(NotebookSources.merge(files: [name: stub], notebook: nil)[name] == stub)
    #expect(NotebookSources("{\"cells\": [") == nil)
  }
}
