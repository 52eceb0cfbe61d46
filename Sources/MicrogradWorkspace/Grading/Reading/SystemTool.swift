import Foundation
import MicrogradPlatform

/// A program of the system that reads submissions, such as `git`. It sees nothing of the user's environment.
struct SystemTool {
  let name: String
  var arguments: [String] = []
  var environment: [String: String] = [:]

  /// Runs the tool and hands on its output as it comes. When the body returns or throws, the tool is killed.
  ///
  /// - Parameter input: The descriptor that the tool reads, or nil for nothing.
  /// - Throws: ``SubmissionError/unreadable`` if the tool failed after the body has read all of its output.
  func run<Result>(
    input: Int32? = nil, limit: Int, until deadline: ContinuousClock.Instant,
    _ body: (ByteStream) throws(SubmissionError) -> Result
  ) throws(SubmissionError) -> Result {
    guard let path = Self.path(of: name) else { throw .toolMissing(name) }
    let process = Process(), output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ["PATH": Self.searchPath, "LC_ALL": "C"].merging(environment) { $1 }
    process.standardInput = input.map { FileHandle(fileDescriptor: $0, closeOnDealloc: false) } ?? .nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw .toolMissing(name) }
    let reading = output.fileHandleForReading
    let stream = ByteStream(reading.fileDescriptor, limit: limit, deadline: deadline)
    defer {
      kill(process.processIdentifier, SIGKILL)
      try? reading.close()
    }
    let result = try body(stream)
    if stream.isAtEnd {
      process.waitUntilExit()
      if process.terminationStatus != 0 { throw .unreadable }
    }
    return result
  }

  /// Runs the tool and returns all that it prints.
  func output(
    input: Int32? = nil, limit: Int, until deadline: ContinuousClock.Instant
  ) throws(SubmissionError) -> [UInt8] {
    try run(input: input, limit: limit, until: deadline) { stream throws(SubmissionError) in try stream.readToEnd() }
  }

  private static let searchPath =
    ProcessInfo.processInfo.environment["PATH"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/bin:/bin"

  private static func path(of name: String) -> String? {
    let folders = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
