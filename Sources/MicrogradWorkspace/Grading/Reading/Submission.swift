import Foundation
import Micrograd
import MicrogradLab

/// A student's submission: the texts of the tasks' files. Nothing else of it is used, and nothing of it is written to the
/// disk.
struct Submission: Sendable {
  /// The name of the file or folder, without what only says its kind.
  let name: String
  /// The texts by the names of their files, or why there are none.
  let sources: Result<[String: String], SubmissionError>
  /// The parts that were ignored, and why.
  let remarks: [Localized]

  /// Reads what lies at a path: a folder, a Git repository at a tag, or an archive.
  init(at path: String, named name: String, exercises: [Exercise] = Exercise.all, tag: String) {
    self.name = name
    var files = TaskFiles(named: exercises.map(\.file))
    do {
      try files.add(path, tag: tag, until: .now + .seconds(ReadingLimits.seconds))
      let (sources, remarks) = try files.submission()
      (self.sources, self.remarks) = (.success(sources), remarks)
    } catch {
      (sources, remarks) = (.failure(error), files.strayRemarks)
    }
  }
}

extension TaskFiles {
  fileprivate mutating func add(
    _ path: String, tag: String, until deadline: ContinuousClock.Instant
  ) throws(SubmissionError) {
    switch FileKind(at: path) {
    case .folder:
      let inner = try Self.innermost(path)
      if FileKind(at: inner) == .file {
        try addArchive(inner, until: deadline)
      } else if let repository = try GitRepository(at: inner) {
        try repository.add(to: &self, at: tag, until: deadline)
      } else {
        try addFolder(inner, until: deadline)
      }
    case .file: try addArchive(path, until: deadline)
    case .link: throw .link
    case .other: throw .notAFile
    case nil: throw .unreadable
    }
  }

  /// Follows folders that hold one folder and nothing else, as archives unpacked and downloads of a learning platform
  /// do: up to an archive, a repository, or a folder with more in it.
  private static func innermost(_ path: String) throws(SubmissionError) -> String {
    var path = path
    for _ in 0..<ReadingLimits.depth {
      if try GitRepository(at: path) != nil { break }
      let names = try entries(of: path).filter { !$0.hasPrefix(".") && $0 != "__MACOSX" }
      guard let only = names.first, names.count == 1 else { break }
      let next = "\(path)/\(only)"
      switch FileKind(at: next) {
      case .folder: path = next
      case .file where (try? Archive(OpenFile(next))) != nil: return next
      default: return path
      }
    }
    return path
  }

  private mutating func addArchive(_ path: String, until deadline: ContinuousClock.Instant) throws(SubmissionError) {
    let file = try OpenFile(path)
    guard let kind = try Archive(file) else { throw .unknownKind }
    switch kind {
    case .zip: try addZip(file, until: deadline)
    case .tar: try addTar(ByteStream(file.descriptor, limit: ReadingLimits.totalBytes, deadline: deadline))
    case .packedTar(let tool):
      let input = file.descriptor
      try tool.run(
        input: input, limit: ReadingLimits.totalBytes, until: deadline
      ) { stream throws(SubmissionError) in try addTar(stream) }
    }
  }
}

/// The kinds of archives, which are told by their first bytes, whatever the file is called.
private enum Archive {
  case zip
  case tar
  /// A tar archive that the tool unpacks.
  case packedTar(SystemTool)

  init?(_ file: borrowing OpenFile) throws(SubmissionError) {
    let start = try file.bytes(at: 0, count: 512)
    if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]) {
      self = .zip
    } else if start.starts(with: [0x1F, 0x8B]) {
      self = .packedTar(SystemTool(name: "gzip", arguments: ["-dc"]))
    } else if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
      self = .packedTar(SystemTool(name: "xz", arguments: ["-dc", "--memlimit-decompress=256MiB"]))
    } else if start.starts(with: [0x42, 0x5A, 0x68]) {
      self = .packedTar(SystemTool(name: "bzip2", arguments: ["-dc"]))
    } else if TarHeader.isHeader(start) {
      self = .tar
    } else {
      return nil
    }
  }
}
