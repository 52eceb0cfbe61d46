import Foundation

extension TaskFiles {
  /// Adds the files of a folder. Links are not followed, and only regular files are read.
  mutating func addFolder(_ root: String, until deadline: ContinuousClock.Instant) throws(SubmissionError) {
    var folders = [""], count = 0
    while let folder = folders.popLast() {
      for name in try Self.entries(of: folder.isEmpty ? root : "\(root)/\(folder)") {
        count += 1
        if count > ReadingLimits.entries { throw .tooLarge }
        if ContinuousClock.now > deadline { throw .tooSlow }
        let member = folder.isEmpty ? name : "\(folder)/\(name)"
        switch FileKind(at: "\(root)/\(member)") {
        case .folder where !name.hasPrefix("."): folders.append(member)
        case .file: if let path = path(of: member) { try add(Self.content("\(root)/\(member)"), at: path) }
        case .link, .other: if let path = path(of: member) { try add(.none(.notAFile), at: path) }
        case .folder, nil: break
        }
      }
    }
  }

  /// Returns the names in a folder, sorted.
  static func entries(of folder: String) throws(SubmissionError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable
    }
  }

  private static func content(_ path: String) -> Content {
    do {
      let file = try OpenFile(path)
      return file.size > ReadingLimits.memberBytes
        ? .none(.tooLarge) : Content(try file.bytes(at: 0, count: file.size))
    } catch {
      return .none(error == .notAFile ? .notAFile : .damaged)
    }
  }
}
