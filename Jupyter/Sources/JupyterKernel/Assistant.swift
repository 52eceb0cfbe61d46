import CellExecution
import Foundation
import JSONValue
import LanguageServer

/// Completes code and explains it, with the toolchain's language server if there is one.
actor Assistant {
  private let session: CellSession
  private let folder: URL
  private var server: LanguageServer?
  /// The arguments with which the server was started.
  private var arguments: [String]?

  init(session: CellSession, folder: URL) {
    self.session = session
    self.folder = folder
  }

  /// Packages that have been added since need another server.
  private func startedServer(_ arguments: [String]) -> LanguageServer? {
    if self.arguments != arguments {
      self.arguments = arguments
      server?.close()
      server = try? LanguageServer(
        session.toolchain.program("sourcekit-lsp"), folder: folder, arguments: arguments)
    }
    return server
  }

  func close() { server?.close() }

  /// The content of a `complete_reply`.
  func completions(for request: JSON) async -> JSON {
    let code = request["code"]?.string ?? "", cursor = request["cursor_pos"]?.integer ?? code.unicodeScalars.count
    let start = Self.startOfWord(before: cursor, in: code)
    let word = String(String.UnicodeScalarView(code.unicodeScalars.prefix(cursor).dropFirst(start)))
    var found: [LanguageServer.Completion] = []
    if Self.isCommand(before: start, in: code) {
      found = CellCommands.help.map { .init(text: $0.name, kind: "magic") }
    } else if let (source, arguments, lines) = await source(for: code), let server = startedServer(arguments) {
      found = await server.completions(in: source, at: .init(cursor, in: code).moved(down: lines))
    }
    var seen: Set<String> = []
    found = found.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
    let types = found.map { item -> JSON in
      [
        "text": .string(item.text), "type": .string(item.kind), "start": .integer(start), "end": .integer(cursor),
      ]
    }
    return [
      "status": "ok", "matches": .array(found.map { .string($0.text) }),
      "cursor_start": .integer(start), "cursor_end": .integer(cursor),
      "metadata": ["_jupyter_types_experimental": .array(types)],
    ]
  }

  /// The content of an `inspect_reply`.
  func inspection(for request: JSON) async -> JSON {
    let code = request["code"]?.string ?? "", cursor = request["cursor_pos"]?.integer ?? code.unicodeScalars.count
    let start = Self.startOfWord(before: cursor, in: code)
    guard let (source, arguments, lines) = await source(for: code), let server = startedServer(arguments),
      let text = await server.description(in: source, at: .init(start, in: code).moved(down: lines))
    else { return ["status": "ok", "found": false, "data": [:], "metadata": [:]] }
    return [
      "status": "ok", "found": true, "metadata": [:],
      "data": ["text/markdown": .string(text), "text/plain": .string(Self.plain(text))],
    ]
  }

  /// The cell behind the imports that bring the earlier ones.
  private func source(for code: String) async -> (text: String, arguments: [String], lines: Int)? {
    guard let (arguments, imports) = await session.languageServerContext() else { return nil }
    let text = (imports + [CellCommands(code).code]).joined(separator: "\n")
    return (text, arguments, imports.count)
  }

  // MARK: - Text

  /// Returns the beginning of the identifier that ends at a cursor, in Unicode scalars.
  static func startOfWord(before cursor: Int, in code: String) -> Int {
    let before = code.unicodeScalars.prefix(cursor)
    return before.count - before.reversed().prefix { $0.properties.isXIDContinue }.count
  }

  private static func isCommand(before start: Int, in code: String) -> Bool {
    let line = code.unicodeScalars.prefix(start).split(separator: "\n", omittingEmptySubsequences: false).last ?? []
    return String(String.UnicodeScalarView(line)).trimmingCharacters(in: .whitespaces) == "%"
  }

  /// Markdown without the fences around code.
  private static func plain(_ markdown: String) -> String {
    markdown.components(separatedBy: "\n").filter { !$0.hasPrefix("```") }.joined(separator: "\n")
  }
}
