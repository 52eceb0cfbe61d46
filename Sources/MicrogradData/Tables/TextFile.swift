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
    let bytes: [UInt8]
    do {
      bytes = try contents(of: path)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not text in UTF-8; save it as UTF-8")
    }
    return text
  }

  /// Writes a file whole or not at all: readers see either the old content or the new one. Links are followed.
  /// Only a device or a pipe, such as `/dev/stdout`, is written to directly.
  package static func write(_ text: String, to path: String) throws(FileError) {
    do {
      if path == standardStream { return try StandardStream.output.write(text) }
      let url = try location(path).resolvingSymlinksInPath()
      try Data(text.utf8).write(to: url, options: isReplaceable(url) ? .atomic : [])
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  /// Throws the error that ``write(_:to:)`` would throw, as far as it can be known before, so that a long computation
  /// need not run in vain.
  package static func checkWritable(_ path: String) throws(FileError) {
    if path == standardStream { return }
    do {
      let url = try location(path).resolvingSymlinksInPath(), folder = url.deletingLastPathComponent()
      if isFolder(url) { throw SystemError(code: EISDIR) }
      let target = isReplaceable(url) ? folder : url
      if access(target.path, W_OK) != 0 { throw SystemError.latest }
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  /// Makes a folder, and the folders that it lies in, unless they exist.
  package static func makeFolder(_ path: String) throws(FileError) {
    do {
      let url = try location(path)
      // The system's message, "File exists", would not say that it should be a folder.
      if kind(of: url) != nil, !isFolder(url) { throw SystemError(code: ENOTDIR) }
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }
}

private func contents(of path: String) throws(SystemError) -> [UInt8] {
  let isStandardInput = path == TextFile.standardStream
  let file = isStandardInput ? STDIN_FILENO : open(try location(path).path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw .latest }
  defer { if !isStandardInput { close(file) } }
  var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    if count == 0 { return bytes }
    if count > 0 {
      bytes += chunk[..<count]
    } else if errno != EINTR {
      throw .latest
    }
  }
}

/// Returns the URL of a path. An empty one, which Foundation would take for the current folder, throws what the system
/// says about it.
private func location(_ path: String) throws(SystemError) -> URL {
  if path.isEmpty { throw SystemError(code: ENOENT) }
  return URL(filePath: path)
}

/// Returns whether a new file may replace the one at `url`: it may if that is a regular file or does not exist, but a
/// device or a pipe would be lost.
private func isReplaceable(_ url: URL) -> Bool { [nil, .typeRegular].contains(kind(of: url)) }

private func isFolder(_ url: URL) -> Bool { kind(of: url) == .typeDirectory }

/// Returns the type of the file at `url`, or nil if there is none.
private func kind(of url: URL) -> FileAttributeType? {
  let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
  return attributes?[.type] as? FileAttributeType
}

/// Returns the reason that the operating system gives, such as "No such file or directory".
///
/// FoundationEssentials has no `localizedDescription` and no name for the key.
private func reason(_ error: any Error) -> String {
  if let error = error as? CocoaError, let cause = error.userInfo["NSUnderlyingError"] as? POSIXError {
    return "\(SystemError(code: cause.code.rawValue))"
  }
  return "\(error)"
}
