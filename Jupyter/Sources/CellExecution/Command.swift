public import Foundation
import Synchronization

/// A program to run to its end.
public struct Command: Sendable {
  /// The output of a program on both streams, and its exit status.
  public struct Result: Sendable {
    /// The output.
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
  ///
  /// - Parameter terminal: The file to which it prints. By default, its output is collected and returned.
  public func run(printingTo terminal: FileHandle? = nil) async throws -> Result {
    let process = Process(), pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = terminal ?? pipe
    process.standardError = terminal ?? pipe
    let isCancelled = Mutex(false)
    return try await withTaskCancellationHandler {
      let output = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Data, any Error>) in
        DispatchQueue.global().async {
          do {
            try isCancelled.withLock {
              if $0 { throw CancellationError() }
              try process.run()
            }
            let output = terminal == nil ? pipe.fileHandleForReading.readDataToEndOfFile() : Data()
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
