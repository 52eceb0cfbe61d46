import MicrogradPlatform
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
    let isStandardInput = path == TextFile.standardStream
    do {
      let file = isStandardInput ? STDIN_FILENO : open(try FileSystem.location(path).path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw SystemError.latest }
      defer { if !isStandardInput { close(file) } }
      guard let limit else { return try contents(of: file, limit: .max) }
      if !isStandardInput, try isDevice(file) { throw Refusal("it is a device, not a file") }
      let bytes = try contents(of: file, limit: limit)
      if bytes.count > limit { throw Refusal("it has more than \(counted(limit, "byte"))") }
      return bytes
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
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

  /// A file that could be read, but should not be.
  private struct Refusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  private static func isDevice(_ file: Int32) throws(SystemError) -> Bool {
    var status = stat()
    if fstat(file, &status) != 0 { throw .latest }
    return [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
  }

  /// Reads up to the end, or until there are more bytes than the limit.
  private static func contents(of file: Int32, limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw .latest
      }
    }
    return bytes
  }
}

/// The system's function, under a name that no method hides.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, bytes, count)
}
