import MicrogradPlatform
import MicrogradRequirement

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that could not be read or written, and the reason.
public enum FileError: Error, Sendable, Equatable {
  /// The file could not be read.
  case unreadable(path: String, reason: String)
  /// The file could not be written.
  case unwritable(path: String, reason: String)
  /// The file could be read, but its text has a mistake.
  case malformed(path: String, CSVError)
}

extension FileError {
  /// The reason without the path.
  package var reason: String {
    switch self {
    case .unreadable(_, let reason), .unwritable(_, let reason): reason
    case .malformed(_, let error): "\(error)"
    }
  }
}

extension FileError: CustomStringConvertible {
  /// The path, and the reason.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(TextFile.inputName(path)) cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(TextFile.outputName(path)) cannot be written: \(reason)"
    case .malformed(let path, let error): "\(TextFile.inputName(path)), \(error)"
    }
  }
}

/// Files of text in UTF-8.
package enum TextFile {
  /// The path that stands for standard input or output, as on command lines. A file of that name is `./-`.
  package static let standardStream = "-"

  /// Returns the name of a file to read, for messages.
  package static func inputName(_ path: String) -> String { name(path, stream: "standard input") }
  /// Returns the name of a file to write, for messages.
  package static func outputName(_ path: String) -> String { name(path, stream: "standard output") }

  private static func name(_ path: String, stream: String) -> String {
    path == standardStream ? stream : path.isEmpty ? "“”" : path
  }

  /// Reads a file, which may be a pipe, up to its end.
  package static func read(_ path: String) throws(FileError) -> String {
    let bytes = try BinaryFile.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not text in UTF-8; save it as UTF-8")
    }
    return text
  }

  /// Writes a file whole or not at all, as ``BinaryFile/write(_:to:)`` does.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try BinaryFile.write(Array(text.utf8), to: path)
  }

  /// Throws the error that ``write(_:to:)`` would throw, as far as it can be known before, so that a long computation
  /// need not run in vain.
  package static func checkWritable(_ path: String) throws(FileError) {
    if path == standardStream { return }
    do {
      let url = try FileSystem.location(path).resolvingSymlinksInPath(), folder = url.deletingLastPathComponent()
      if FileSystem.isFolder(url) { throw SystemError(code: EISDIR) }
      let target = FileSystem.isReplaceable(url) ? folder : url
      if access(target.path, W_OK) != 0 { throw SystemError.latest }
    } catch {
      throw .unwritable(path: path, reason: FileSystem.reason(error))
    }
  }

  /// Returns whether two paths lead to the same file, other than a device or a pipe.
  package static func isSameFile(_ path: String, _ other: String) -> Bool {
    var first = stat(), second = stat()
    guard stat(path, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino && first.st_mode & S_IFMT == S_IFREG
  }

  /// Returns whether there is something at a path, be it a file or a folder.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a folder, and the folders that it lies in, unless they exist.
  package static func makeFolder(_ path: String) throws(FileError) {
    do {
      let url = try FileSystem.location(path)
      // The system's message, "File exists", would not say that it should be a folder.
      if FileSystem.kind(of: url) != nil, !FileSystem.isFolder(url) { throw SystemError(code: ENOTDIR) }
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: FileSystem.reason(error))
    }
  }
}
