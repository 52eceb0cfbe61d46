import Foundation
import Testing

/// The map of the rooms in CONTRIBUTING, the folders, the package and the imports agree.
@Suite struct RoomsTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The modules of the table, from the lowest to the highest.
  private static func modules() throws -> [String] {
    let page = try text("CONTRIBUTING.md"), end = try #require(page.range(of: "## How to add"))
    return page[..<end.lowerBound].matches(of: /(?m)^\| `(C?Micrograd\w*)` \|/).map { String($0.1) }
  }

  /// The lines of each Swift file of a folder.
  private static func lines(in folder: String) throws -> [(file: String, lines: [Substring])] {
    let folder = root.appending(path: folder).path
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.map { file in
      (file, try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(separator: "\n"))
    }
  }

  /// The modules of ours that a module imports, without what stands in for a C library in WebAssembly.
  private static func imports(of module: String) throws -> [(file: String, module: String)] {
    try lines(in: "Sources/\(module)").flatMap { file, lines in
      lines.compactMap { line in
        line.firstMatch(of: /^\s{0,4}(?:@\w+ )?(?:\w+ )?import (?:\w+ )?(C?Micrograd(?!Runtime)\w*)/).map {
          (file, String($0.1))
        }
      }
    }
  }

  @Test func everyFolderIsOnTheMap() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    let modules = try Self.modules()
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(modules))
    #expect(modules.count == Set(modules).count, "a module is listed twice")
  }

  @Test func noModuleImportsUpwards() throws {
    let modules = try Self.modules()
    var count = 0
    for (level, module) in modules.enumerated() {
      for (file, imported) in try Self.imports(of: module) {
        count += 1
        #expect(modules[..<level].contains(imported), "\(module)/\(file) imports \(imported)")
      }
    }
    #expect(count > 100, "\(count) imports found")
  }

  /// SwiftPM lets a module import what another one depends on.
  @Test func everyImportIsDeclared() throws {
    let targets = try Self.text("Package.swift").split(separator: /arget\(\s*name: "/)
    for module in try Self.modules() {
      let target = try #require(targets.first { $0.hasPrefix("\(module)\"") }, "\(module) in Package.swift")
      for (file, imported) in try Self.imports(of: module) {
        #expect(target.contains("\"\(imported)\""), "\(module)/\(file) imports \(imported), undeclared")
      }
    }
  }

  /// The core is promised to be read in one sitting.
  @Test func theCoreIsShort() throws {
    let files = try Self.lines(in: "Sources/MicrogradEngine/Core")
    let code = files.flatMap(\.lines).map { $0.drop(while: \.isWhitespace) }.filter {
      !$0.isEmpty && !$0.hasPrefix("//")
    }
    #expect(files.count >= 8 && code.count <= 700, "\(code.count) lines of code in \(files.count) files")
  }
}
