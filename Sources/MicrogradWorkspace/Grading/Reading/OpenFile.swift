import MicrogradPlatform

/// A regular file that is open for reading. It was no link when it was opened, and no device or pipe, which could block.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let size: Int

  /// Opens the file, or throws ``SubmissionError/notAFile`` if the path is something else.
  init(_ path: String) throws(SubmissionError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw errno == ELOOP || errno == ENXIO ? .notAFile : .unreadable }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    (self.descriptor, size) = (descriptor, Int(status.st_size))
  }

  deinit { close(descriptor) }

  /// Reads `count` bytes from a place, or fewer at the end of the file.
  func bytes(at offset: Int, count: Int) throws(SubmissionError) -> [UInt8] {
    guard offset >= 0, offset <= size else { throw .unreadable }
    let count = min(count, size - offset)
    var bytes: [UInt8] = []
    while bytes.count < count {
      let missing = count - bytes.count
      let part = [UInt8](unsafeUninitializedCapacity: missing) { buffer, initialized in
        initialized = max(pread(descriptor, buffer.baseAddress, missing, off_t(offset + bytes.count)), 0)
      }
      if part.isEmpty { throw .unreadable }
      bytes += part
    }
    return bytes
  }
}

/// The kind of file at a path. Links are not followed.
enum FileKind {
  case file, folder, link, other

  /// Looks, or returns nil if nothing is there.
  init?(at path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }
}
