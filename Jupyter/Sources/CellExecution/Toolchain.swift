public import Foundation

/// The Swift toolchain that compiles the cells.
public struct Toolchain: Sendable {
  /// The folder of `swiftc` and the other programs.
  public let programs: URL
  /// The version, such as `6.3.1`.
  public let version: String
  /// The compiler's own files, such as the standard library.
  let resources: URL
  /// The processor's name in the names of folders.
  let architecture: String
  /// The system's headers and libraries, on Apple's systems.
  let sdk: String?

  /// The error if there is no toolchain.
  public struct Missing: Error, CustomStringConvertible {
    /// The missing program, and what to do.
    public let description: String
  }

  private struct TargetInfo: Decodable {
    struct Target: Decodable { let triple: String }
    struct Paths: Decodable { let runtimeResourcePath: String }
    let compilerVersion: String
    let target: Target
    let paths: Paths
  }

  /// Finds a toolchain: in the folder given, or on the `PATH`.
  ///
  /// - Throws: ``Missing``.
  public init(programs folder: String?) async throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = (folder.map { [$0] } ?? []) + path.split(separator: ":").map(String.init)
    guard let found = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/swiftc") }) else {
      throw Missing(
        description: """
          There is no Swift toolchain\(folder.map { " in \($0), nor" } ?? "") on the PATH (\(path)). Install one from \
          https://www.swift.org/install, and the kernel once more.
          """)
    }
    let compiler = URL(filePath: found + "/swiftc").resolvingSymlinksInPath()
    programs = URL(filePath: found).resolvingSymlinksInPath()
    let result = try await Command(
      compiler.deletingLastPathComponent().appending(path: "swiftc"), ["-print-target-info"]
    )
    .run()
    guard let info = try? JSONDecoder().decode(TargetInfo.self, from: Data(result.output.utf8)) else {
      throw Missing(description: "\(found)/swiftc does not work: \(result.output)")
    }
    version = info.compilerVersion.split(separator: " ").first { $0.first?.isNumber == true }.map(String.init) ?? ""
    resources = URL(filePath: info.paths.runtimeResourcePath)
    architecture = String(info.target.triple.prefix { $0 != "-" })
    #if os(macOS)
      let path = try await Command(URL(filePath: "/usr/bin/xcrun"), ["--show-sdk-path"]).run()
      sdk = path.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #else
      sdk = nil
    #endif
  }

  /// Returns the path of one of its programs.
  public func program(_ name: String) -> URL { programs.appending(path: name) }
}
