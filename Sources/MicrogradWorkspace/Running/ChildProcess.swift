import Foundation
import MicrogradPlatform

/// A program that runs in a process group of its own, with a limit of time and of output.
struct ChildProcess {
  /// The ways in which the process can end.
  enum Ending: Equatable {
    case exited(status: Int32)
    case signalled(Int32)
    case timeLimit
    case outputLimit
  }

  /// The output of the process on both streams, and its ending.
  struct Result {
    let output: String
    let ending: Ending
  }

  let executable: String
  let arguments: [String]
  var environment: [String: String]?
  var folder: URL?
  var seconds = 600
  var outputLimit = 64 << 20

  /// Runs the program. Once it has ended, or reached a limit, its whole group is killed.
  ///
  /// - Throws: An error if it cannot be started.
  func run() throws -> Result {
    let process = Process(), pipe = Pipe()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    try? pipe.fileHandleForWriting.close()
    let (bytes, reason) = read(pipe.fileHandleForReading.fileDescriptor, of: process)
    // Foundation gives each process a group of its own, with the process's number.
    kill(-process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let output = String(decoding: bytes, as: UTF8.self)
    if let reason { return Result(output: output, ending: reason) }
    let status = process.terminationStatus
    return Result(
      output: output, ending: process.terminationReason == .exit ? .exited(status: status) : .signalled(status))
  }

  /// Reads until the process has ended, or its output is complete, or a limit is reached.
  private func read(_ file: Int32, of process: Process) -> (bytes: [UInt8], reason: Ending?) {
    var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 1 << 16)
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      var waiting = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 50) > 0 {
        let count = chunk.withUnsafeMutableBytes { Foundation.read(file, $0.baseAddress, $0.count) }
        if count <= 0 { break }
        bytes += chunk[..<count]
        if bytes.count > outputLimit { return (Array(bytes.prefix(outputLimit)), .outputLimit) }
      } else if !process.isRunning {
        // What it has started may hold the pipe open.
        break
      }
      if ContinuousClock.now > deadline { return (bytes, .timeLimit) }
    }
    while process.isRunning {
      if ContinuousClock.now > deadline { return (bytes, .timeLimit) }
      usleep(2000)
    }
    return (bytes, nil)
  }
}
