public import Foundation
import Synchronization

/// A program that is run to its end.
public struct Command: Sendable {
  /// What a program printed, on either stream, and how it ended.
  public struct Result: Sendable {
    /// What it printed.
    public let output: String
    /// Its exit status.
    public let status: Int32
  }

  let executable: URL
  let arguments: [String]
  var directory: URL?

  /// Prepares to run a program.
  public init(_ executable: URL, _ arguments: [String], in directory: URL? = nil) {
    self.executable = executable
    self.arguments = arguments
    self.directory = directory
  }

  /// Runs it. If the task is cancelled, it is interrupted.
  public func run() async throws -> Result {
    let process = Process(), pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    let isCancelled = Mutex(false)
    return try await withTaskCancellationHandler {
      let output = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Data, any Error>) in
        DispatchQueue.global().async {
          do {
            try isCancelled.withLock {
              if $0 { throw CancellationError() }
              try process.run()
            }
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
            // Foundation would wait for what the program has started, too.
            try isCancelled.withLock { if $0 { throw CancellationError() } }
            process.waitUntilExit()
            done.resume(returning: output)
          } catch {
            done.resume(throwing: error)
          }
        }
      }
      try Task.checkCancellation()
      return Result(output: String(decoding: output, as: UTF8.self), status: process.terminationStatus)
    } onCancel: {
      isCancelled.withLock {
        $0 = true
        // To which SwiftPM answers by ending what it has started.
        if process.isRunning { process.interrupt() }
      }
    }
  }
}
