import Foundation
import MicrogradPlatform

/// A Git repository of which nothing but the objects is used.
///
/// Git would follow the configuration of a repository that it works in, and that can name programs to run. So it works
/// in an empty repository of ours, to which the foreign one only lends its folder of objects: the foreign configuration,
/// hooks and attributes are never read. The tag is looked up here.
struct GitRepository {
  /// The folder with the objects.
  private let folder: String

  /// Creates the repository of a working folder, or a bare one, or returns nil if the folder is none.
  init?(at path: String) throws(SubmissionError) {
    switch FileKind(at: "\(path)/.git") {
    case .folder: folder = "\(path)/.git"
    case .file, .link: throw .borrowingRepository
    case .other, nil:
      guard FileKind(at: "\(path)/HEAD") == .file, FileKind(at: "\(path)/objects") == .folder,
        FileKind(at: "\(path)/refs") == .folder
      else { return nil }
      folder = path
    }
  }

  /// Adds the files at a tag.
  func add(to files: inout TaskFiles, at tag: String, until deadline: ContinuousClock.Instant) throws(SubmissionError)
  {
    try checkObjects()
    let hash = try hash(of: tag), own = try OwnRepository(hashLength: hash.count)
    let environment = environment(home: own.path)
    func git(_ arguments: String..., limit: Int) throws(SubmissionError) -> [UInt8] {
      let tool = SystemTool(
        name: "git", arguments: ["--git-dir=\(own.path)"] + arguments, environment: environment)
      return try tool.output(limit: limit, until: deadline)
    }
    func content(_ hash: String) throws(SubmissionError) -> TaskFiles.Content {
      do {
        let size = Int(String(decoding: try git("cat-file", "-s", hash, limit: 64).dropLast(), as: UTF8.self))
        guard let size, size <= ReadingLimits.memberBytes else { return .none(.tooLarge) }
        return TaskFiles.Content(try git("cat-file", "blob", hash, limit: ReadingLimits.memberBytes))
      } catch {
        if error == .unreadable { return .none(.damaged) }
        throw error
      }
    }
    let list = try git("ls-tree", "-r", "-z", "--full-tree", "\(hash)^{tree}", limit: 64 << 20)
    for entry in list.split(separator: 0) {
      // "100644 blob 5f2c…<tab>Sources/Lab/Task01.swift"
      let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      guard parts.count == 2, let path = files.path(of: String(decoding: parts[1], as: UTF8.self)) else { continue }
      let words = parts[0].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3, words[0].hasPrefix("100") else {
        try files.add(.none(.notAFile), at: path)
        continue
      }
      try files.add(try content(words[2]), at: path)
    }
  }

  /// Throws if objects lie elsewhere, so that nobody hands in what another folder holds.
  private func checkObjects() throws(SubmissionError) {
    let objects = "\(folder)/objects"
    guard FileKind(at: objects) == .folder, FileKind(at: "\(objects)/info/alternates") == nil,
      FileKind(at: "\(folder)/commondir") == nil
    else { throw .borrowingRepository }
    for name in try TaskFiles.entries(of: objects) {
      guard FileKind(at: "\(objects)/\(name)") == .folder else { throw .borrowingRepository }
      for inner in try TaskFiles.entries(of: "\(objects)/\(name)") {
        guard [.file, .folder].contains(FileKind(at: "\(objects)/\(name)/\(inner)")) else {
          throw .borrowingRepository
        }
      }
    }
  }

  /// Finds the object that a tag names.
  private func hash(of tag: String) throws(SubmissionError) -> String {
    let name = "refs/tags/\(tag)"
    if let loose = try text("\(folder)/\(name)"), let hash = Self.hash(loose) { return hash }
    for line in try text("\(folder)/packed-refs")?.split(separator: "\n") ?? [] where line.hasSuffix(" \(name)") {
      if let hash = Self.hash(line.dropLast(name.count)) { return hash }
    }
    throw .noTag(tag)
  }

  private static func hash(_ text: some StringProtocol) -> String? {
    let hash = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return [40, 64].contains(hash.count) && hash.allSatisfy { $0.isASCII && $0.isHexDigit } ? hash : nil
  }

  private func text(_ path: String) throws(SubmissionError) -> String? {
    guard FileKind(at: path) == .file else { return nil }
    let file = try OpenFile(path)
    return String(decoding: try file.bytes(at: 0, count: min(file.size, 8 << 20)), as: UTF8.self)
  }

  private func environment(home: String) -> [String: String] {
    [
      "GIT_OBJECT_DIRECTORY": "\(folder)/objects", "HOME": home, "XDG_CONFIG_HOME": home, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ATTR_NOSYSTEM": "1", "GIT_NO_REPLACE_OBJECTS": "1",
      // Objects that are missing are not fetched, by no protocol.
      "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
    ]
  }
}

/// An empty repository in a folder that is removed afterwards.
private struct OwnRepository: ~Copyable {
  let path: String

  init(hashLength: Int) throws(SubmissionError) {
    path = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())").path
    let format = "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = "
    do {
      try FileManager.default.createDirectory(atPath: "\(path)/refs", withIntermediateDirectories: true)
      try "ref: refs/heads/main\n".write(toFile: "\(path)/HEAD", atomically: false, encoding: .utf8)
      try (format + (hashLength == 64 ? "sha256\n" : "sha1\n"))
        .write(toFile: "\(path)/config", atomically: false, encoding: .utf8)
    } catch {
      throw .unreadable
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
