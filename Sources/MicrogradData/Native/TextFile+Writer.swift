import MicrogradPlatform
import MicrogradRequirement

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension TextFile {
  /// Writes a text part by part, and yet whole or not at all: the file gets its name when all parts are written. Only
  /// standard output, a device or a pipe gets each part at once.
  package final class Writer {
    private let path: String
    /// The name until the file is finished, and the final one; nil if parts are written directly.
    private let names: (temporary: String, final: String)?
    private let descriptor: Int32

    /// Opens a file for writing. The path `-` is standard output.
    package init(_ path: String) throws(FileError) {
      self.path = path
      try checkWritable(path)
      names = try Self.names(path)
      descriptor =
        path == standardStream ? STDOUT_FILENO : open(names?.temporary ?? path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
      if descriptor < 0 { throw .unwritable(path: path, reason: "\(SystemError.latest)") }
    }

    /// A file that was not finished is removed.
    deinit {
      if descriptor >= 0, descriptor != STDOUT_FILENO { close(descriptor) }
      if let names { unlink(names.temporary) }
    }

    /// Writes a part.
    package func write(_ text: String) throws(FileError) {
      do {
        if path == standardStream { return try StandardStream.output.write(text) }
      } catch {
        throw .unwritable(path: path, reason: "\(error)")
      }
      var text = text
      let failure = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
      if let failure { throw .unwritable(path: path, reason: "\(failure)") }
    }

    /// Gives the file its name.
    package func finish() throws(FileError) {
      guard let names else { return }
      if fsync(descriptor) != 0 || rename(names.temporary, names.final) != 0 {
        throw .unwritable(path: path, reason: "\(SystemError.latest)")
      }
    }

    private static func names(_ path: String) throws(FileError) -> (temporary: String, final: String)? {
      if path == standardStream { return nil }
      do {
        let url = try FileSystem.location(path).resolvingSymlinksInPath()
        return FileSystem.isReplaceable(url) ? ("\(url.path).\(getpid()).part", url.path) : nil
      } catch {
        throw .unwritable(path: path, reason: FileSystem.reason(error))
      }
    }
  }
}
