import Foundation
import Testing

/// The map of the rooms in CONTRIBUTING, the folders, the package and the imports agree.
@Suite struct RoomsTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The modules of the table, from the lowest to the highest.
  private static func modules() throws -> [String] {
    try text("CONTRIBUTING.md").matches(of: #/(?m)^\| `(C?Micrograd\w*)` \|/#).map { String($0.1) }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func files(_ folder: String, ending extensions: Set<String>) -> [URL] {
    let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { extensions.contains($0.pathExtension) }
  }

  @Test func everyFolderIsOnTheMap() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    // The files of the tasks are embedded by a target without a folder of its own.
    let modules = try Self.modules().filter { $0 != "MicrogradLabSource" }
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(modules))
    #expect(modules.count == Set(modules).count, "a module is listed twice")
  }

  @Test func noModuleImportsUpwards() throws {
    let modules = try Self.modules()
    var imports = 0
    for (level, module) in modules.enumerated() {
      let below = Set(modules[..<level])
      for file in Self.files("Sources/\(module)", ending: ["swift"]) {
        let source = try String(contentsOf: file, encoding: .utf8)
        for match in source.matches(
          of: #/(?m)^\s*(?:@\w+ )?(?:public |package |internal )?import (?:struct |func |enum )?(C?Micrograd\w*)/#)
        {
          imports += 1
          #expect(below.contains(String(match.1)), "\(module) imports \(match.1), in \(file.lastPathComponent)")
        }
      }
    }
    #expect(imports > 100, "\(imports) imports found")
  }

  /// What SwiftPM would let a module import although the package does not say so.
  @Test func everyImportIsDeclared() throws {
    let package = try Self.text("Package.swift")
    for module in try Self.modules() where module != "MicrogradLabSource" {
      let declaration = try #require(package.range(of: "name: \"\(module)\","), "\(module) in Package.swift")
      let end = package[declaration.upperBound...].range(of: "arget(")?.lowerBound ?? package.endIndex
      let declared = package[declaration.upperBound..<end]
      for file in Self.files("Sources/\(module)", ending: ["swift"]) {
        let source = try String(contentsOf: file, encoding: .utf8)
        for match in source.matches(of: #/(?m)^\s*(?:@\w+ )?(?:public |package |internal )?import (C?Micrograd\w*)/#)
        {
          #expect(
            declared.contains("\"\(match.1)\""), "\(module) imports \(match.1), which Package.swift does not say")
        }
      }
    }
  }

  /// The core is promised to be read in one sitting.
  @Test func theCoreIsShort() throws {
    let files = Self.files("Sources/MicrogradEngine/Core", ending: ["swift"])
    let lines = try files.flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\n") }
      .filter { !$0.allSatisfy(\.isWhitespace) && !$0.drop(while: \.isWhitespace).hasPrefix("//") }
    #expect(files.count >= 8 && lines.count <= 700, "\(lines.count) lines of code in \(files.count) files")
  }
}
