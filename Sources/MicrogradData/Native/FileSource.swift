import MicrogradPlatform
import MicrogradRequirement

/// The bytes of a file or a pipe.
final class FileSource {
  private let descriptor: Int32
  private let isStandardInput: Bool
  private(set) var failure: SystemError?

  init(_ path: String) throws(FileError) {
    isStandardInput = path == TextFile.standardStream
    descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .unreadable(path: path, reason: "\(SystemError.latest)") }
  }

  /// Whether the bytes come from a device that was named by its path. There may be no end of them.
  var isDevice: Bool {
    var status = stat()
    return !isStandardInput && fstat(descriptor, &status) == 0
      && [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
  }

  /// The count of its bytes; nil if it is no file but a device or a pipe.
  var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Goes to a byte of a file, the next to be read.
  func seek(to offset: Int) {
    if lseek(descriptor, off_t(offset), SEEK_SET) < 0 { failure = .latest }
  }

  deinit { if !isStandardInput { close(descriptor) } }

  /// Returns the next bytes: as many as asked for, unless the file ends before, or cannot be read.
  func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      while filled < count {
        let part = systemRead(descriptor, bytes.baseAddress! + filled, count - filled)
        if part > 0 {
          filled += part
        } else if part == 0 {
          return
        } else if errno != EINTR {
          failure = .latest
          return
        }
      }
    }
  }
}

/// The system's function, under a name that no method hides.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, bytes, count)
}
