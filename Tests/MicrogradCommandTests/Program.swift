import Foundation

/// The built program, run as a user does.
enum Program {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  static var path: String {
    // The tests lie beside the programs that the package builds: on Apple's systems in a bundle, elsewhere as a program.
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return (bundle ?? Bundle.main.bundleURL).appending(path: "micrograd").path
  }

  static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    try run(path, arguments, environment)
  }

  /// Runs a script, in which `micrograd` is the program.
  static func shell(_ script: String, in folder: String = "/", environment: [String: String] = [:]) throws -> Outcome
  {
    let function = "micrograd() { \"$MICROGRAD\" \"$@\"; }; cd '\(folder)' || exit 99\n"
    return try run("/bin/sh", ["-c", function + script], ["MICROGRAD": path].merging(environment) { $1 })
  }

  private static func run(_ program: String, _ arguments: [String], _ environment: [String: String]) throws -> Outcome
  {
    let process = Process(), output = Pipe(), errors = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errorText = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: errorText, as: UTF8.self))
  }

  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
