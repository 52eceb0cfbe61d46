import MicrogradRequirement

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files of bytes. The path `-` is standard input or output.
package enum BinaryFile {
  /// Reads a file, which may be a pipe, up to its end.
  ///
  /// - Parameter limit: The largest count of bytes to accept; nil for any. With a limit, a device, which may never end, is
  ///   refused as well.
  package static func read(_ path: String, limit: Int? = nil) throws(FileError) -> [UInt8] {
    let file = try FileSource(path), chunkSize = 1 << 16
    if limit != nil, file.isDevice { throw .unreadable(path: path, reason: "it is a device, not a file") }
    var bytes: [UInt8] = [], isAtEnd = false
    while !isAtEnd {
      let chunk = file.read(chunkSize)
      bytes += chunk
      isAtEnd = chunk.count < chunkSize
      if let limit, bytes.count > limit {
        throw .unreadable(path: path, reason: "it has more than \(counted(limit, "byte"))")
      }
    }
    if let failure = file.failure { throw .unreadable(path: path, reason: "\(failure)") }
    return bytes
  }

  /// Writes a file whole or not at all: readers see either the old content or the new one. Links are followed.
  /// Only a device or a pipe, such as `/dev/stdout`, is written to directly.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    do {
      if path == TextFile.standardStream { return try StandardStream.output.write(bytes) }
      let url = try FileSystem.location(path).resolvingSymlinksInPath()
      try Data(bytes).write(to: url, options: FileSystem.isReplaceable(url) ? .atomic : [])
    } catch {
      throw .unwritable(path: path, reason: FileSystem.reason(error))
    }
  }
}
