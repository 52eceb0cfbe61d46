import Foundation

/// A page of Markdown: its blocks of code, and the pictures that it shows.
struct Page {
  /// A block between two fences.
  struct Block {
    /// The page and the line of the first fence, for messages.
    let place: String
    /// Where the line after the fence stands, from 0.
    let start: Int
    let language: Substring
    let lines: [Substring]
    /// The comment `<!-- mark -->` right above the block.
    let mark: Substring?

    /// Why the tests do not run it: `<!-- not run: reason -->`.
    var reasonNotToRun: Substring? {
      guard let mark, mark.hasPrefix("not run:") else { return nil }
      return mark.dropFirst("not run:".count).trimmingPrefix(" ")
    }
  }

  let name: String
  let url: URL
  let lines: [Substring]
  let blocks: [Block]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  /// The README, and all of docs/.
  static let names: [String] = {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path)) ?? []
    return ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
  }()

  /// The pages of the modules' catalogs that have code.
  static let catalogs: [String] = {
    let files = FileManager.default.enumerator(at: root.appending(path: "Sources"), includingPropertiesForKeys: nil)
    let names = (files?.compactMap { $0 as? URL } ?? []).map { $0.standardized.path.dropFirst(root.path.count + 1) }
    return names.filter { $0.hasSuffix(".md") && $0.contains(".docc/") }.map(String.init).sorted().filter {
      (try? Page($0).blocks.isEmpty) == false
    }
  }()

  init(_ name: String) throws {
    self.name = name
    url = Self.root.appending(path: name)
    lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    blocks = Self.blocks(of: lines, name)
  }

  private static func blocks(of lines: [Substring], _ name: String) -> [Block] {
    var blocks: [Block] = [], start: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let first = start else {
        start = index + 1
        continue
      }
      let mark = first < 2 ? nil : lines[first - 2].wholeMatch(of: /<!-- (.+) -->/)
      blocks.append(
        Block(
          place: "\(name):\(first)", start: first, language: lines[first - 1].dropFirst(3),
          lines: Array(lines[first..<index]), mark: mark?.1))
      start = nil
    }
    return blocks
  }

  /// What the page links to in the repository: a file or folder, seen from the root, and perhaps one of its headings.
  var links: [(file: String, heading: String?)] {
    let folder = name.contains("/") ? "docs/" : ""
    return lines.joined(separator: "\n").matches(of: /\]\(([^):#]*)(?:#([^)]+))?\)/).map { match in
      let file = match.1.hasPrefix("../") ? String(match.1.dropFirst(3)) : folder + match.1
      return (match.1.isEmpty ? name : file, match.2.map(String.init))
    }
  }

  /// The names that links have for the headings, as GitHub makes them.
  var headings: Set<String> {
    Set(
      lines.filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacing(" ", with: "-")
      })
  }

  /// The pictures of figures/ that the page shows. Those of images/ are the lab's: `.ci/run` compares them.
  var figures: [URL] {
    let text = lines.joined(separator: "\n")
    return text.matches(of: /(?:\]\(|src=")((?:docs\/)?figures\/[^")]+)/).map {
      url.deletingLastPathComponent().appending(path: String($0.1))
    }
  }
}
