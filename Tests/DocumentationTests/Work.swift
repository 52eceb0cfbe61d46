import Foundation
import Testing

/// What one runs of a page: a program in Swift, perhaps of several blocks, or the commands of a block; and the output that
/// the page promises.
struct Work {
  enum Kind { case program, commands, manifest }

  let kind: Kind
  let page: Page
  /// The lines of a page that belong to it.
  private var lines: Range<Int>
  private var isPart: Set<Int>
  private var promises: [Promise]

  private init(_ kind: Kind, _ page: Page, _ block: Page.Block) {
    self.kind = kind
    self.page = page
    lines = block.start..<block.start
    isPart = []
    promises = []
    append(block)
  }

  private mutating func append(_ block: Page.Block) {
    let end = block.start + block.lines.count
    lines = lines.lowerBound..<end
    isPart.formUnion(block.start..<end)
    if kind == .program { promises += Promise.promises(in: block) }
  }

  static func all(of page: Page) throws -> [Work] {
    var works: [Work] = [], last: Int?
    for block in page.blocks where block.reasonNotToRun == nil && !Listings.hold(block) {
      let first = block.lines.first ?? ""
      switch block.language {
      case "swift" where first.hasPrefix("// swift-tools-version"): works.append(Work(.manifest, page, block))
      case "swift" where first.hasPrefix("import"):
        works.append(Work(.program, page, block))
        last = works.count - 1
      case "swift":
        last = works.lastIndex { $0.kind == .program }
        try #require(last != nil, "\(block.place) continues no program: begin with an import")
        works[last!].append(block)
      case "sh":
        works.append(Work(.commands, page, block))
        last = works.count - 1
      case "", "text":
        try #require(last != nil, "\(block.place) is the output of nothing")
        works[last!].promises.append(Promise(block.place, block.lines))
      default: Issue.record("\(block.place): nobody knows how to test \(block.language)")
      }
    }
    return works
  }

  /// The page with all that is not part of it left empty, so that a compiler's line numbers are the page's.
  private var text: String {
    page.lines[..<lines.upperBound].indices.map { isPart.contains($0) ? page.lines[$0] : "" }.joined(separator: "\n")
      + "\n"
  }

  func check(in workspace: borrowing Workspace) throws {
    switch kind {
    case .manifest: try checkManifest(in: workspace)
    case .commands: checkPromises(try workspace.run(text))
    case .program: checkPromises(try workspace.run(program: text))
    }
  }

  private func checkPromises(_ outcome: Workspace.Outcome) {
    let place = "\(page.name):\(lines.lowerBound)", mayFail = promises.contains { $0.lines[0].hasPrefix("Error:") }
    guard (outcome.status == 0) != mayFail else {
      Issue.record("\(place): status \(outcome.status)\n\((outcome.output + outcome.errors).joined(separator: "\n"))")
      return
    }
    var output = outcome.output[...]
    for promise in promises {
      if let rest = promise.fulfilled(by: output) {
        output = rest
      } else if promise.fulfilled(by: outcome.errors[...]) == nil {
        let said = promise.lines.joined(separator: "\n"), got = output.prefix(60).joined(separator: "\n")
        Issue.record(
          "\(promise.place) says\n\(said)\nwhere one gets\n\(got)\n\(outcome.errors.joined(separator: "\n"))")
        return
      }
    }
  }

  /// The manifest can be read, and has the settings that the pages' programs are compiled with.
  private func checkManifest(in workspace: borrowing Workspace) throws {
    let folder = workspace.folder.appending(path: "package")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let manifest = text.trimmingPrefix { $0.isNewline }
    try manifest.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
    let outcome = try workspace.run("swift package --package-path package dump-package")
    let got = outcome.output.joined().filter { $0 != " " }
    #expect(outcome.status == 0, "\(page.name):\(lines.lowerBound): \(outcome.errors)")
    #expect(
      got.contains(#""defaultIsolation":{"_0":"MainActor"}"#)
        && got.contains(#""product":["Micrograd","swift-micrograd","#), "\(got)")
  }
}
