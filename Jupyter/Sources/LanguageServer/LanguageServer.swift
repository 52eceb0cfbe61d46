public import Foundation
import JSONValue
import Synchronization

/// The toolchain's `sourcekit-lsp`, asked about one document: the cell that is being written.
///
/// Source: [Language Server Protocol 3.17](https://microsoft.github.io/language-server-protocol/).
public final class LanguageServer: Sendable {
  /// A completion at the cursor.
  public struct Completion: Sendable {
    /// The text to insert.
    public let text: String
    /// The kind, such as `function`.
    public let kind: String

    /// Creates a completion.
    public init(text: String, kind: String) {
      self.text = text
      self.kind = kind
    }
  }

  private struct State {
    var requests: [Int: CheckedContinuation<JSON?, Never>] = [:]
    var count = 0
    var version = 0
    var isReady = false
  }

  private let process = Process()
  private let output: FileHandle
  private let input: FileHandle
  private let folder: URL
  private let state = Mutex(State())
  private var document: URL { Self.document(in: folder) }

  /// Starts the server.
  ///
  /// - Parameters:
  ///   - folder: The folder for the document. It is created.
  ///   - arguments: The arguments of the compiler.
  /// - Throws: The system's error if the server cannot be started.
  public init(_ program: URL, folder: URL, arguments: [String]) throws {
    self.folder = folder
    try Self.write(arguments, to: folder)
    let toServer = Pipe(), fromServer = Pipe()
    process.executableURL = program
    process.standardInput = toServer
    process.standardOutput = fromServer
    process.standardError = FileHandle.nullDevice
    input = toServer.fileHandleForWriting
    output = fromServer.fileHandleForReading
    try process.run()
    Thread.detachNewThread { [self] in read() }
  }

  /// Ends the server, and waits until it no longer writes files.
  public func close() {
    process.terminate()
    // Foundation would wait for what the server has started, too.
    var information = siginfo_t()
    waitid(P_PID, id_t(process.processIdentifier), &information, WEXITED | WNOWAIT)
  }

  // MARK: - Questions

  /// Returns the completions at a position of a source file.
  public func completions(in source: String, at place: Place) async -> [Completion] {
    guard let answer = await ask("textDocument/completion", of: source, at: place) else { return [] }
    let items = answer["items"]?.array ?? answer.array ?? []
    return items.compactMap { item in
      guard let text = item["insertText"]?.string ?? item["label"]?.string else { return nil }
      return Completion(text: text, kind: Self.kinds[item["kind"]?.integer ?? 0] ?? "")
    }
  }

  /// Returns a description of the symbol at a position, in Markdown.
  public func description(in source: String, at place: Place) async -> String? {
    let contents = await ask("textDocument/hover", of: source, at: place)?["contents"]
    return contents?["value"]?.string ?? contents?.string
  }

  /// A position in a source file, counted from 0.
  public struct Place: Sendable {
    let line: Int
    let column: Int

    /// Creates the position after the given number of Unicode scalars of a text.
    public init(_ count: Int, in text: String) {
      let before = text.unicodeScalars.prefix(count)
      line = before.count { $0 == "\n" }
      column = String(String.UnicodeScalarView(before.reversed().prefix { $0 != "\n" })).utf16.count
    }

    /// Returns the same position after lines have been inserted before the text.
    public func moved(down lines: Int) -> Place { Place(line: line + lines, column: column) }

    private init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The names of the protocol's numbers.
  private static let kinds: [Int: String] = [
    2: "method", 3: "function", 4: "initializer", 5: "property", 6: "variable", 7: "class", 8: "protocol",
    9: "module", 10: "property", 13: "enum", 14: "keyword", 20: "case", 21: "constant", 22: "struct", 24: "operator",
    25: "type",
  ]

  private func ask(_ method: String, of source: String, at place: Place) async -> JSON? {
    guard process.isRunning else { return nil }
    await open(source)
    return await request(
      method,
      [
        "textDocument": ["uri": .string(document.absoluteString)],
        "position": ["line": .integer(place.line), "character": .integer(place.column)],
      ])
  }

  /// Tells the server the current text of the document.
  private func open(_ source: String) async {
    let isReady = state.withLock { state in
      defer { state.isReady = true }
      return state.isReady
    }
    let version = state.withLock { state in
      state.version += 1
      return state.version
    }
    let uri = JSON.string(document.absoluteString)
    if isReady {
      notify(
        "textDocument/didChange",
        [
          "textDocument": ["uri": uri, "version": .integer(version)],
          "contentChanges": [["text": .string(source)]],
        ])
      return
    }
    _ = await request(
      "initialize",
      ["processId": .null, "rootUri": .string(folder.absoluteString), "capabilities": [:]])
    notify("initialized", [:])
    notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": uri, "languageId": "swift", "version": .integer(version), "text": .string(source)]])
  }

  private static func document(in folder: URL) -> URL { folder.appending(path: "Completion.swift") }

  /// Writes an empty document, and the arguments for compiling it.
  private static func write(_ arguments: [String], to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let document = document(in: folder)
    let command = ["swiftc"] + arguments + [document.path]
    let entry: JSON = [
      "directory": .string(folder.path), "file": .string(document.path),
      "arguments": .array(command.map { .string($0) }),
    ]
    try Data(JSON.array([entry]).bytes).write(to: folder.appending(path: "compile_commands.json"))
    try Data().write(to: document)
  }

  // MARK: - The line

  /// The time to wait for an answer.
  private static let patience = Duration.seconds(5)

  private func request(_ method: String, _ parameters: JSON) async -> JSON? {
    let id = state.withLock { state in
      state.count += 1
      return state.count
    }
    let timeout = Task {
      try await Task.sleep(for: Self.patience)
      answer(id, with: nil)
    }
    defer { timeout.cancel() }
    return await withCheckedContinuation { continuation in
      state.withLock { $0.requests[id] = continuation }
      send(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters])
    }
  }

  private func answer(_ id: Int, with result: JSON?) {
    state.withLock { $0.requests.removeValue(forKey: id) }?.resume(returning: result)
  }

  private func notify(_ method: String, _ parameters: JSON) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
  }

  private func send(_ message: JSON) {
    let body = message.bytes
    try? input.write(contentsOf: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  private func read() {
    var buffer = Data()
    while case let more = output.availableData, !more.isEmpty {
      buffer += more
      while let message = Self.takeMessage(from: &buffer) { handle(message) }
    }
    let waiting = state.withLock { Array($0.requests.keys) }
    for id in waiting { answer(id, with: nil) }
  }

  private static func takeMessage(from buffer: inout Data) -> JSON? {
    guard let end = buffer.firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
    let header = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
    guard let length = header.split(separator: ":").last.flatMap({ Int($0.trimmingCharacters(in: .whitespaces)) }),
      buffer.endIndex - end.upperBound >= length
    else { return nil }
    let body = buffer[end.upperBound..<end.upperBound + length]
    buffer = Data(buffer[(end.upperBound + length)...])
    return (try? JSON(parsing: body)) ?? .null
  }

  private func handle(_ message: JSON) {
    guard let id = message["id"] else { return }
    if message["method"] != nil {
      // The server's own questions are about things that this client does not have.
      send(["jsonrpc": "2.0", "id": id, "result": .null])
    } else if let number = id.integer {
      answer(number, with: message["result"])
    }
  }
}
