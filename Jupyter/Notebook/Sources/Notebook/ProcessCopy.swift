import CNotebook
import NotebookChannel

/// The result of running code in a copy of this process.
///
/// Code that may trap, never end, or end the process runs in a copy: whatever happens there, the notebook keeps its
/// variables. Only the thread that makes the copy continues in it, and nothing that it changes comes back but what it
/// writes.
package struct ProcessCopy {
  /// The limits of a copy.
  package struct Limits: Sendable {
    /// The time in seconds, by its processor and by the clock.
    package var seconds = 10
    /// The address space, in bytes.
    package var memoryBytes = 2 << 30
    /// The bytes that it may print.
    package var printedBytes = 1 << 20
    /// The bytes that it may write to the pipe.
    package var writtenBytes = 32 << 20

    package init() {}
  }

  /// The ways in which a copy can end.
  package enum Ending: Equatable, Sendable {
    case exited(status: Int32)
    /// It trapped. This is the name of the signal.
    case trapped(signal: String)
    case timeLimit
    case outputLimit
    /// The user has interrupted the cell.
    case interrupted
  }

  /// The texts that it wrote.
  package let written: [String]
  /// Its output on both streams.
  package let printed: String
  /// How it ended.
  package let ending: Ending

  /// Runs code in a copy, and waits for its end.
  ///
  /// - Parameters:
  ///   - limits: The limits of the copy.
  ///   - body: The code. It is given a function that writes a text.
  /// - Returns: What it has done, or nil if the system makes no copy.
  package init?(limits: Limits = Limits(), running body: (_ write: @escaping (String) -> Void) -> Void) {
    guard let output = Pipe(), let answers = Pipe() else { return nil }
    let process = notebook_copy(output.end, answers.end, Int32(limits.seconds), limits.memoryBytes)
    if process == 0 {
      let connection = Connection(descriptor: answers.end)
      body { connection.put(Connection.bytes([$0])) }
      Self.end()
    }
    close(output.end)
    close(answers.end)
    defer {
      close(output.start)
      close(answers.start)
    }
    guard process > 0 else { return nil }
    var reading = Reading(process: process, limits: limits, streams: [.init(output), .init(answers)])
    ending = reading.run()
    printed = String(decoding: reading.streams[0].bytes.prefix(limits.printedBytes), as: UTF8.self)
    written = Connection.fields(reading.streams[1].bytes)
  }

  /// Ends the copy, in which this is called.
  package static func end() -> Never {
    notebook_flush()
    _exit(0)
  }
}

/// A pipe that programs which a cell starts do not inherit.
private struct Pipe {
  let start: Int32
  let end: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (start, end) = (ends[0], ends[1])
  }
}

/// The reading of what a copy prints and writes, up to its end or to a limit.
private struct Reading {
  struct Stream {
    let descriptor: Int32
    var bytes: [UInt8] = []
    var isOpen = true

    init(_ pipe: Pipe) { descriptor = pipe.start }
  }

  let process: Int32
  let limits: ProcessCopy.Limits
  var streams: [Stream]

  /// Reads all of it. Afterwards, the copy and whatever it has started are gone.
  mutating func run() -> ProcessCopy.Ending {
    let deadline = ContinuousClock.now + .seconds(limits.seconds)
    var stop: ProcessCopy.Ending?, status: Int32 = 0, isGone = false
    while stop == nil {
      // What the copy has started may hold the pipes open.
      isGone = waitpid(process, &status, WNOHANG) != 0
      readMore(waiting: isGone ? 0 : 20)
      if isGone || streams.allSatisfy({ !$0.isOpen }) { break }
      stop = limitReached(deadline)
    }
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    if !isGone { waitpid(process, &status, 0) }
    return stop ?? ending(status)
  }

  /// Returns what a status of `waitpid` means.
  private func ending(_ status: Int32) -> ProcessCopy.Ending {
    switch status & 0x7f {
    case 0: .exited(status: status >> 8 & 0xff)
    case SIGXCPU, SIGKILL: .timeLimit
    case let signal: .trapped(signal: String(cString: strsignal(signal)))
    }
  }

  private func limitReached(_ deadline: ContinuousClock.Instant) -> ProcessCopy.Ending? {
    if Worker.shared.isInterrupted { return .interrupted }
    if ContinuousClock.now > deadline { return .timeLimit }
    return isFull ? .outputLimit : nil
  }

  private var isFull: Bool {
    streams[0].bytes.count > limits.printedBytes || streams[1].bytes.count > limits.writtenBytes
  }

  /// Reads what is there, after waiting for it at most the given number of milliseconds.
  private mutating func readMore(waiting milliseconds: Int32) {
    var waiting = streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
    while poll(&waiting, nfds_t(waiting.count), milliseconds) > 0, !isFull {
      for index in waiting.indices where waiting[index].revents != 0 {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(streams[index].descriptor, &chunk, chunk.count)
        if count <= 0 { (streams[index].isOpen, waiting[index].fd) = (false, -1) }
        streams[index].bytes += chunk.prefix(max(count, 0))
      }
      if milliseconds > 0 { return }
    }
  }
}
