import MicrogradPlatform
import MicrogradRequirement

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Questions to the file system, and its reasons.
enum FileSystem {
  /// Returns the URL of a path. An empty one, which Foundation would take for the current folder, throws what the system
  /// says about it.
  static func location(_ path: String) throws(SystemError) -> URL {
    if path.isEmpty { throw SystemError(code: ENOENT) }
    return URL(filePath: path)
  }

  /// Returns whether a new file may replace the one at `url`: it may if that is a regular file or does not exist, but a
  /// device or a pipe would be lost.
  static func isReplaceable(_ url: URL) -> Bool { [nil, .typeRegular].contains(kind(of: url)) }

  static func isFolder(_ url: URL) -> Bool { kind(of: url) == .typeDirectory }

  /// Returns the type of the file at `url`, or nil if there is none.
  static func kind(of url: URL) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    return attributes?[.type] as? FileAttributeType
  }

  /// Returns the reason that the operating system gives, such as "No such file or directory".
  ///
  /// FoundationEssentials has no `localizedDescription` and no name for the key.
  static func reason(_ error: any Error) -> String {
    if let error = error as? CocoaError, let cause = error.userInfo["NSUnderlyingError"] as? POSIXError {
      return "\(SystemError(code: cause.code.rawValue))"
    }
    return "\(error)"
  }
}
