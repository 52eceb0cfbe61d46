public import Foundation

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

  /// Runs it. If the task is cancelled, it is stopped.
  public func run() async throws -> Result {
    let process = Process(), pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    return try await withTaskCancellationHandler {
      let output = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Data, any Error>) in
        DispatchQueue.global().async {
          do {
            try process.run()
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
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
      if process.isRunning { process.terminate() }
    }
  }
}
