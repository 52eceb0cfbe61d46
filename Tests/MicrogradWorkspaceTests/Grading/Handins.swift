import Foundation
import Testing

@testable import MicrogradWorkspace

/// A folder with submissions that a test makes, and removes afterwards.
final class Handins {
  let folder: String

  init() throws {
    folder =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: "handins-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Writes files below the folder.
  func write(_ files: [String: String], to name: String = ".") throws {
    for (file, text) in files {
      let url = URL(filePath: "\(folder)/\(name)/\(file)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: false, encoding: .utf8)
    }
  }

  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(filePath: path(name))) }

  /// Runs a script of the shell in the folder, and returns what it prints.
  @discardableResult func run(_ script: String) throws -> String {
    let process = Process(), output = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script): \(text)")
    return text
  }

  func submission(_ name: String, tag: String = "tp6") -> Submission {
    Submission(at: path(name), named: name, tag: tag)
  }

  /// Whether a program is installed.
  static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  /// Makes a repository of what is in a folder, with the tag `tp6`.
  func makeRepository(_ name: String, tag: String? = "tp6") throws {
    let git = "git -C '\(name)' -c user.name=A -c user.email=a@example.org"
    try run(
      "git init -q '\(name)' && \(git) add -A && \(git) commit -qm work" + (tag.map { " && \(git) tag \($0)" } ?? ""))
  }
}

/// A member of an archive that a test makes byte by byte, with names that no tool would write.
struct Member {
  let name: String
  let text: String
  var isLink = false

  init(_ name: String, _ text: String, isLink: Bool = false) {
    (self.name, self.text, self.isLink) = (name, text, isLink)
  }

  /// Returns a tar archive. The text of a link is its target.
  static func tar(_ members: [Member]) -> [UInt8] {
    var bytes: [UInt8] = []
    for member in members {
      let content = member.isLink ? [] : Array(member.text.utf8)
      var block = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at offset: Int) {
        block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
      }
      func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(member.name, at: 0)
      put("0000644\0", at: 100)
      put(octal(content.count, 11), at: 124)
      put(member.isLink ? "2" : "0", at: 156)
      if member.isLink { put(member.text, at: 157) }
      put("ustar\u{0}00", at: 257)
      put("        ", at: 148)
      put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
      bytes += block + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }
    return bytes + [UInt8](repeating: 0, count: 1024)
  }

  /// Returns a zip archive that is not compressed.
  static func zip(_ members: [Member], flags: Int = 0, declaredSize: Int? = nil) -> [UInt8] {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
    var archive: [UInt8] = [], table: [UInt8] = []
    for member in members {
      let name = Array(member.name.utf8), content = Array(member.text.utf8), size = declaredSize ?? content.count
      let start = archive.count
      let common =
        bytes(20, 2) + bytes(flags, 2) + bytes(0, 2) + bytes(0, 8) + bytes(content.count, 4) + bytes(size, 4)
        + bytes(name.count, 2) + bytes(0, 2)
      archive += bytes(0x0403_4B50, 4) + common + name + content
      let mode = member.isLink ? 0o120777 : 0o100644
      table +=
        bytes(0x0201_4B50, 4) + bytes(0x031E, 2) + common + bytes(0, 6) + bytes(mode << 16, 4) + bytes(start, 4)
        + name
    }
    return archive + table + bytes(0x0605_4B50, 4) + bytes(0, 4) + bytes(members.count, 2) + bytes(members.count, 2)
      + bytes(table.count, 4) + bytes(archive.count, 4) + bytes(0, 2)
  }
}
