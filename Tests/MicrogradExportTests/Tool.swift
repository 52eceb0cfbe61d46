import Foundation
import Testing

/// A compiler or an interpreter of another language, if there is one on the search path.
struct Tool {
  let path: String

  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let path = folders.map({ "\($0)/\(name)" }).first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    self.path = path
  }

  static func reason(_ name: String) -> Comment { "there is no \(name) on the search path" }

  /// Runs the tool in a folder, and returns what it prints.
  ///
  /// - Throws: If it fails, with what it says.
  @discardableResult func run(_ arguments: [String], in folder: URL) throws -> String {
    let process = Process(), output = folder.appending(path: "output-\(UUID())")
    try Data().write(to: output)
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOf: output, encoding: .utf8)
    try #require(process.terminationStatus == 0, "\(path) \(arguments): \(text.suffix(4000))")
    return text
  }
}

extension Tool {
  /// A program that has been built.
  init(at url: URL) { path = url.path }
}

/// Calls a function with a folder that is removed afterwards.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-export-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

extension URL {
  /// Writes a file of this folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: appending(path: name))
  }
}
