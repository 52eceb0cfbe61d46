import Foundation
import Testing

/// The code of the README, of all pages in docs/ and of the modules' catalogs runs as it stands there, and does what the
/// page says.
///
/// - Blocks of `swift` are programs. A block that begins with `import` begins a new one; those that follow continue
///   it. What stands in comments behind `print(…)` must be printed (`Promise`). A block that begins with
///   `// swift-tools-version` is the manifest of a package that uses this one.
/// - Blocks of `sh` are run, one after the other, in one folder.
/// - A block without a language, or of `text`, is printed by the program or commands above it.
/// - A block behind `<!-- NAME -->` or `<!-- NAME, lines A to B -->` is a listing of that name (`Listings`).
/// - A block behind `<!-- not run: reason -->` is not run.
/// - Pictures in figures/ are what the page's code writes to a file of that name.
///
/// Run the tests with `MICROGRAD_REGENERATE=1` in the environment to write listings and pictures anew.
@Suite struct DocumentationTests {
  static let regenerates = ProcessInfo.processInfo.environment["MICROGRAD_REGENERATE"] == "1"

  @Test(arguments: Page.names + Page.catalogs)
  func everyBlockIsTrue(name: String) throws {
    let page = try Page(name), workspace = try Workspace()
    try Listings.check(page)
    for work in try Work.all(of: page) { try work.check(in: workspace) }
    try checkFigures(of: page, in: workspace)
  }

  /// What the tests above rest on: pages are found, blocks are told apart, and something else than promised is noticed.
  @Test func somethingIsTested() throws {
    #expect(Page.names.contains("README.md") && Page.names.contains("docs/see-a-gradient.md"))
    #expect(Page.catalogs.contains("Sources/Micrograd/Micrograd.docc/Micrograd.md"))
    let readme = try Work.all(of: Page("README.md"))
    #expect(readme.map(\.kind).contains(.manifest) && readme.count { $0.kind == .program } == 1)
    #expect(readme.count { $0.kind == .commands } == 2)
    let output = ["one", "two 2.5", "three", "four"]
    for (lines, rest) in [
      (["one"], 3), (["two 2.5", "three"], 1), (["two …"], 2), (["t…o…5"], 2), (["one", "…", "four"], 0),
      (["1"], nil),
      (["two"], nil), (["one", "three"], nil), (["four", "…", "one"], nil), (["two …6"], nil), (["2.5"], nil),
    ] as [([Substring], Int?)] {
      #expect(Promise("", lines).fulfilled(by: output[...])?.count == rest, "\(lines)")
    }
  }

  /// The page shows the engine that the others' tests and benchmarks use.
  @Test func theFortyLinesAreThoseOfTheTests() throws {
    let file = Page.root.appending(path: "Tests/MicrogradEngineTests/FortyLines.swift")
    let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let shown = try #require(Page("docs/the-idea.md").blocks.first { $0.language == "swift" })
    #expect(shown.lines == code.dropLast(), "docs/the-idea.md does not show \(file.path) as it is")
  }

  /// Which blocks nobody runs, with the reasons.
  @Test func blocksThatAreNotRunSayWhy() throws {
    for block in try Page.names.flatMap({ try Page($0).blocks }) {
      guard let reason = block.reasonNotToRun else { continue }
      print("\(block.place) is not run: \(reason)")
      #expect(reason.count > 10, "\(block.place) should say why it is not run")
    }
  }

  /// Indented blocks would escape.
  @Test(arguments: Page.names)
  func codeIsFenced(name: String) throws {
    let page = try Page(name)
    let fenced = Set(page.blocks.flatMap { $0.start..<$0.start + $0.lines.count })
    for (index, line) in page.lines.enumerated() where line.hasPrefix("    ") && !fenced.contains(index) {
      let isFirst = index > 0 && page.lines[index - 1].isEmpty
      #expect(!isFirst, "\(name):\(index + 1) is an indented block: put it between fences, so that it is tested")
    }
  }

  // MARK: Links

  /// Somebody who begins at the README finds every page.
  @Test func pagesAreLinked() throws {
    let links = Set(try Page("README.md").links.map(\.file))
    for name in Page.names.dropFirst() { #expect(links.contains(name), "the README has no link to \(name)") }
  }

  @Test(arguments: Page.names + ["CONTRIBUTING.md"])
  func linksLeadSomewhere(name: String) throws {
    for link in try Page(name).links {
      #expect(
        FileManager.default.fileExists(atPath: Page.root.appending(path: link.file).path), "\(name): \(link.file)")
      guard let heading = link.heading else { continue }
      #expect(
        try Page(link.file).headings.contains(heading), "\(name): there is no heading #\(heading) in \(link.file)")
    }
  }

  private func checkFigures(of page: Page, in workspace: borrowing Workspace) throws {
    // Elsewhere the last digits of exp, log and cos differ, and training makes much of them.
    #if os(Linux)
      for figure in page.figures {
        let name = figure.lastPathComponent, drawn = workspace.folder.appending(path: name)
        guard let new = try? String(contentsOf: drawn, encoding: .utf8) else {
          Issue.record("\(page.name) shows \(name), but its code writes no such file")
          continue
        }
        if Self.regenerates { try new.write(to: figure, atomically: true, encoding: .utf8) }
        let isDrawn = (try? String(contentsOf: figure, encoding: .utf8)) == new
        #expect(isDrawn, "\(name) is not what the code of \(page.name) draws now: regenerate it, and look at it")
      }
    #endif
  }
}
