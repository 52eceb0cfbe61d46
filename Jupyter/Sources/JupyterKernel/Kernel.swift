public import CellExecution
import CellSyntax
import Foundation
import JSONValue
public import JupyterMessaging
import LanguageServer

/// A Swift kernel for Jupyter: answers the requests of front ends.
public actor Kernel {
  static let version = "1.0"

  /// An output of cells on its way to the front ends.
  enum Shown: Sendable {
    case output(CellSession.Output)
    /// Everything before it has been passed on.
    case mark(CheckedContinuation<Void, Never>)
  }

  let channels: Channels
  let session: CellSession
  private let assistant: Assistant
  private let shown: AsyncStream<Shown>
  let showing: AsyncStream<Shown>.Continuation
  /// The request that runs, or the last one that ran: what is shown belongs to it.
  var current: Message?
  var executionCount = 0
  /// The value of an expression that is evaluated for a front end, which does not show it as a result.
  var captured: [String: JSON]?
  var isCapturing = false
  /// Text that has not been passed on yet.
  var gathered = (stream: "", text: "")
  private var history: [String] = []
  /// Requests to execute that were received before this time are not run, because an earlier one failed.
  private var abortion: ContinuousClock.Instant?

  /// Creates a kernel on sockets that are open already.
  public init(_ channels: Channels, toolchain: Toolchain, folder: TemporaryFolder) {
    self.channels = channels
    let (shown, continuation) = AsyncStream.makeStream(of: Shown.self)
    (self.shown, showing) = (shown, continuation)
    session = CellSession(toolchain: toolchain, folder: folder) { continuation.yield(.output($0)) }
    assistant = Assistant(session: session, folder: folder.url.appending(path: "completion"))
  }

  /// Answers requests until one asks to end.
  public func run() async {
    channels.publish("status", ["execution_state": "starting"], for: nil)
    Task { for await request in channels.shell { await self.answer(request) } }
    Task {
      for await request in channels.input { await self.session.input(request.message.content["value"]?.string) }
    }
    Task { for await shown in shown { await self.show(shown) } }
    for await request in channels.control where await answerOnControl(request.message) { return }
  }

  /// Ends the processes that the kernel has started.
  public func close() async {
    await assistant.close()
    await session.close()
  }

  // MARK: - Requests

  private func answer(_ request: Channels.Request) async {
    let message = request.message
    publishStatus("busy", for: message)
    if message.type == "execute_request" {
      await execute(message, arrival: request.arrival)
    } else if let (type, content) = await answer(to: message) {
      channels.reply(type, content, to: message)
    }
    publishStatus("idle", for: message)
  }

  /// Returns whether the kernel is to end.
  private func answerOnControl(_ message: Message) async -> Bool {
    publishStatus("busy", for: message)
    defer { publishStatus("idle", for: message) }
    switch message.type {
    case "interrupt_request":
      abortion = .now
      await session.interrupt()
      channels.replyOnControl("interrupt_reply", ["status": "ok"], to: message)
    case "shutdown_request":
      let content: JSON = ["status": "ok", "restart": message.content["restart"] ?? false]
      await close()
      channels.replyOnControl("shutdown_reply", content, to: message)
      channels.publish("shutdown_reply", content, for: message)
      return true
    default:
      if let (type, content) = await answer(to: message) { channels.replyOnControl(type, content, to: message) }
    }
    return false
  }

  private func publishStatus(_ state: String, for message: Message) {
    channels.publish("status", ["execution_state": .string(state)], for: message)
  }

  private func answer(to message: Message) async -> (type: String, content: JSON)? {
    let content = message.content
    switch message.type {
    case "kernel_info_request": return ("kernel_info_reply", information)
    case "is_complete_request": return ("is_complete_reply", Self.completeness(of: content["code"]?.string ?? ""))
    case "complete_request": return ("complete_reply", await assistant.completions(for: content))
    case "inspect_request": return ("inspect_reply", await assistant.inspection(for: content))
    case "history_request": return ("history_reply", ["status": "ok", "history": historyItems(content)])
    case "comm_info_request": return ("comm_info_reply", ["status": "ok", "comms": [:]])
    case "comm_open":
      // There is nothing behind any target; who opens one is told so.
      channels.publish("comm_close", ["comm_id": content["comm_id"] ?? "", "data": [:]], for: message)
      return nil
    default: return nil
    }
  }

  private var information: JSON {
    [
      "status": "ok",
      "protocol_version": .string(Message.protocolVersion),
      "implementation": "micrograd-kernel",
      "implementation_version": .string(Self.version),
      "banner": "Swift \(session.toolchain.version), compiled cell by cell. %help lists the commands.",
      "language_info": [
        "name": "swift", "version": .string(session.toolchain.version), "mimetype": "text/x-swift",
        "file_extension": ".swift", "pygments_lexer": "swift", "codemirror_mode": "swift",
      ],
      "supported_features": [],
      "help_links": [
        ["text": "The Swift Programming Language", "url": "https://docs.swift.org/swift-book"],
        ["text": "The standard library", "url": "https://developer.apple.com/documentation/swift"],
      ],
    ]
  }

  private static func completeness(of code: String) -> JSON {
    switch Completeness(of: CellCommands(code).code) {
    case .complete: ["status": "complete"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
    case .invalid: ["status": "invalid"]
    }
  }

  // MARK: - History

  private func historyItems(_ request: JSON) -> JSON {
    var items = Array(history.enumerated())
    switch request["hist_access_type"]?.string {
    case "range":
      let start = request["start"]?.integer ?? 0, stop = request["stop"]?.integer ?? .max
      items = items.filter { (start..<max(start, stop)).contains($0.offset + 1) }
    case "search":
      let pattern = request["pattern"]?.string ?? "*"
      items = items.filter { $0.element.matches(glob: pattern) }
      if request["unique"]?.bool == true {
        var seen: Set<String> = []
        items = items.reversed().filter { seen.insert($0.element).inserted }.reversed()
      }
    default: break
    }
    if request["hist_access_type"]?.string != "range", let count = request["n"]?.integer {
      items = items.suffix(max(0, count))
    }
    let hasOutput = request["output"]?.bool == true
    return .array(
      items.map { index, code in
        [0, .integer(index + 1), hasOutput ? [.string(code), .null] : .string(code)]
      })
  }

  // MARK: - Execution

  private func execute(_ message: Message, arrival: ContinuousClock.Instant) async {
    let content = message.content
    if let abortion, arrival < abortion {
      return channels.reply(
        "execute_reply", ["status": "aborted", "execution_count": .integer(executionCount)], to: message)
    }
    current = message
    let code = content["code"]?.string ?? "", isSilent = content["silent"]?.bool == true
    if !isSilent {
      executionCount += 1
      if content["store_history"]?.bool != false { history.append(code) }
      channels.publish(
        "execute_input", ["code": .string(code), "execution_count": .integer(executionCount)], for: message)
    }
    var reply: [String: JSON] = ["status": "ok", "payload": [], "user_expressions": [:]]
    isCapturing = isSilent
    do {
      try await run(CellCommands(code), file: "In[\(executionCount)]")
      await passedOn()
      reply["user_expressions"] = await evaluate(content["user_expressions"]?.object ?? [:])
    } catch {
      await passedOn()
      let failure = Self.fields(of: error)
      channels.publish("error", .object(failure), for: message)
      reply = failure.merging(["status": "error"], uniquingKeysWith: { $1 })
      if content["stop_on_error"]?.bool != false { abortion = .now }
    }
    isCapturing = false
    reply["execution_count"] = .integer(executionCount)
    channels.reply("execute_reply", .object(reply), to: message)
  }

  /// Waits until front ends have been sent everything that was shown.
  private func passedOn() async { await withCheckedContinuation { _ = showing.yield(.mark($0)) } }

  private func evaluate(_ expressions: [String: JSON]) async -> JSON {
    var values: [String: JSON] = [:]
    isCapturing = true
    for (name, expression) in expressions {
      captured = nil
      do {
        _ = try await session.run(expression.string ?? "", file: "In[\(executionCount)]")
        await passedOn()
        values[name] = ["status": "ok", "data": .object(captured ?? [:]), "metadata": [:]]
      } catch {
        values[name] = .object(Self.fields(of: error).merging(["status": "error"], uniquingKeysWith: { $1 }))
      }
    }
    return .object(values)
  }

  private static func fields(of error: any Error) -> [String: JSON] {
    let failure =
      error as? CellSession.Failure
      ?? CellSession.Failure(name: "\(type(of: error))", message: "\(error)", details: ["\(error)"])
    return [
      "ename": .string(failure.name), "evalue": .string(failure.message),
      "traceback": .array(failure.details.map { .string(colored($0)) }),
    ]
  }

  /// The word "error" stands out, by the codes that terminals and notebooks know.
  private static func colored(_ line: String) -> String {
    line.replacing(": error: ", with: ": \u{1B}[1;31merror:\u{1B}[0m ", maxReplacements: 1)
  }
}
