import Foundation
import MicrogradPlatform

/// The programs of the Swift toolchain on the search path.
enum Toolchain {
  /// Returns the path of a program.
  static func program(_ name: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
      return "\(folder)/\(name)"
    }
    throw WorkspaceError(
      "There is no \(name) on the search path (\(path)). Install a Swift toolchain from https://www.swift.org/install."
    )
  }

  /// The folder with the libraries of the runtime, which programs need to run.
  static let runtime: String? = {
    struct Information: Decodable {
      struct Paths: Decodable { let runtimeResourcePath: String }
      let paths: Paths
    }
    guard let compiler = try? program("swiftc"),
      let result = try? ChildProcess(executable: compiler, arguments: ["-print-target-info"], seconds: 60).run(),
      let information = try? JSONDecoder().decode(Information.self, from: Data(result.output.utf8))
    else { return nil }
    return information.paths.runtimeResourcePath
  }()
}
