import Foundation
import NotebookChannel
import Synchronization

/// The process that cells run in, seen from the kernel.
final class WorkerProcess: Sendable {
  /// The standard streams.
  enum Stream: String, Sendable { case stdout, stderr }

  /// An output of the process.
  enum Output: Sendable {
    case text(Stream, String)
    case event(WorkerEvent)
    /// The process has ended.
    case ended
  }

  /// The outputs, in order.
  let outputs: AsyncStream<Output>
  private let process = Process()
  private let connection: Connection
  private let report: URL

  /// Starts a worker.
  ///
  /// - Parameter report: The file in which the Swift runtime describes a crash.
  init(_ program: URL, report: URL) throws {
    var ends: [Int32] = [0, 0]
    #if os(Linux)
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    #else
      socketpair(AF_UNIX, SOCK_STREAM, 0, &ends)
    #endif
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    connection = Connection(descriptor: ends[0])
    self.report = report
    let out = Pipe(), err = Pipe()
    process.executableURL = program
    process.standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
    process.standardOutput = out
    process.standardError = err
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "SWIFT_BACKTRACE":
          "enable=yes,preset=friendly,color=no,interactive=no,threads=crashed,output-to=\(report.path)"
      ],
      uniquingKeysWith: { $1 })
    try process.run()
    close(ends[1])
    let (outputs, continuation) = AsyncStream.makeStream(of: Output.self)
    self.outputs = outputs
    let connection = connection
    let readers = [(out, Stream.stdout), (err, .stderr)].map { StreamReader($0, $1) }
    Thread.detachNewThread { Self.read(connection, readers, continuation) }
  }

  func send(_ command: WorkerCommand) { connection.send(command.fields) }

  func kill() { _ = Foundation.kill(process.processIdentifier, SIGKILL) }

  /// The runtime's report of the crash that ended the process.
  func crashReport() -> String {
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(at: report) }
    return (try? String(contentsOf: report, encoding: .utf8)) ?? ""
  }

  /// The way in which the process ended.
  var ending: String {
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
      ? "signal \(process.terminationStatus)" : "exit(\(process.terminationStatus))"
  }

  /// Waits for all three lines. What was printed is always read before the message that was sent after it.
  private static func read(
    _ connection: Connection, _ readers: [StreamReader], _ outputs: AsyncStream<Output>.Continuation
  ) {
    var isOpen = true
    while isOpen {
      var descriptors = ([connection.descriptor] + readers.map(\.descriptor)).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      poll(&descriptors, nfds_t(descriptors.count), -1)
      for reader in readers { reader.drain(to: outputs) }
      guard descriptors[0].revents != 0 else { continue }
      if let fields = connection.receive() {
        if let event = WorkerEvent(fields: fields) { outputs.yield(.event(event)) }
      } else {
        isOpen = false
      }
    }
    for reader in readers { reader.drain(to: outputs) }
    close(connection.descriptor)
    outputs.yield(.ended)
    outputs.finish()
  }
}

/// Reads text from a pipe without waiting, and keeps characters whole.
private final class StreamReader: Sendable {
  private let handle: FileHandle
  private let stream: WorkerProcess.Stream
  private let rest = Mutex<[UInt8]>([])
  private let isAtEnd = Mutex(false)

  init(_ pipe: Pipe, _ stream: WorkerProcess.Stream) {
    handle = pipe.fileHandleForReading
    self.stream = stream
    _ = fcntl(handle.fileDescriptor, F_SETFL, O_NONBLOCK)
  }

  /// A negative number is skipped by `poll`, which would report the end of the pipe again and again.
  var descriptor: Int32 { isAtEnd.withLock { $0 } ? -1 : handle.fileDescriptor }

  func drain(to outputs: AsyncStream<WorkerProcess.Output>.Continuation) {
    var bytes = rest.withLock { $0 }, buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    repeat {
      count = read(handle.fileDescriptor, &buffer, buffer.count)
      if count == 0 { isAtEnd.withLock { $0 = true } }
      if count > 0 { bytes += buffer[..<count] }
    } while count > 0 && bytes.count < 1 << 20
    let open = Self.openCharacter(at: bytes)
    rest.withLock { $0 = Array(bytes.suffix(open)) }
    let text = String(decoding: bytes.dropLast(open), as: UTF8.self)
    if !text.isEmpty { outputs.yield(.text(stream, text)) }
  }

  /// The number of bytes at the end that are the beginning of a character in UTF-8.
  private static func openCharacter(at bytes: [UInt8]) -> Int {
    for (index, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 == 0xC0 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return index + 1 < length ? index + 1 : 0
    }
    return 0
  }
}
