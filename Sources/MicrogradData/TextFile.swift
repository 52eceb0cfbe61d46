#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Why a file could not be read or written.
public enum FileError: Error, Sendable, Equatable {
  /// The file could not be read.
  case unreadable(path: String, reason: String)
  /// The file could not be written.
  case unwritable(path: String, reason: String)
  /// The file could be read, and what it says is wrong.
  case malformed(path: String, CSVError)
}

extension FileError: CustomStringConvertible {
  /// The path, and what is wrong with it.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .malformed(let path, let error): "\(path), \(error)"
    }
  }
}

/// Files of text in UTF-8.
package enum TextFile {
  package static func read(_ path: String) throws(FileError) -> String {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .unreadable(path: path, reason: reason(error))
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not text in UTF-8; save it as UTF-8")
    }
    return text
  }

  /// Writes a file whole or not at all: whoever reads it sees the old content or the new one. Links are followed.
  /// Only a device or a pipe, such as `/dev/stdout`, is written to directly.
  package static func write(_ text: String, to path: String) throws(FileError) {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    do {
      try Data(text.utf8).write(to: url, options: isReplaceable(url) ? .atomic : [])
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  /// Makes a folder, and those that it lies in, unless it is there.
  package static func makeFolder(_ path: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(at: URL(filePath: path), withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }
}

/// Whether another file may take the place of what is at `url`: of a regular file or of nothing, but not of a
/// device or a pipe, which would be lost.
private func isReplaceable(_ url: URL) -> Bool {
  let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
  let type = attributes?[.type] as? FileAttributeType
  return type == nil || type == .typeRegular
}

/// What the operating system says, such as "No such file or directory".
///
/// FoundationEssentials has no `localizedDescription` and no name for the key.
private func reason(_ error: any Error) -> String {
  if let error = error as? CocoaError, let cause = error.userInfo["NSUnderlyingError"] as? POSIXError {
    return String(cString: strerror(cause.code.rawValue))
  }
  return "\(error)"
}
