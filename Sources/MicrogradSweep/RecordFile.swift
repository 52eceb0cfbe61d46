import MicrogradPlatform
import MicrogradRequirement

/// An open file of lines, which no other process writes meanwhile.
final class RecordFile {
  private let path: String
  private let descriptor: Int32

  /// Opens a file with flags of the system's `open`; one to write is locked.
  init(_ path: String, _ flags: Int32) throws(SweepError) {
    self.path = path
    // Without O_NONBLOCK, opening a pipe would wait for somebody at its other end.
    descriptor = open(path, flags | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o666)
    if descriptor < 0 {
      let reason =
        errno == EEXIST
        ? "there is such a file already; continue it, or choose another name" : "\(SystemError.latest)"
      throw SweepError("\(path) cannot be opened: \(reason)")
    }
    try checkKind()
    if flags & O_ACCMODE != O_RDONLY { try lock() }
  }

  deinit { _ = systemClose(descriptor) }

  private func checkKind() throws(SweepError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SweepError("\(path) is not a file that can be a record")
    }
  }

  private func lock() throws(SweepError) {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      throw SweepError(
        errno == EWOULDBLOCK
          ? "\(path) is being written by another process: wait until it has ended, or choose another file"
          : "\(path) cannot be locked: \(SystemError.latest)")
    }
  }

  /// Returns the content.
  func read() throws(SweepError) -> [UInt8] {
    var content: [UInt8] = [], count = 0
    repeat {
      let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(content.count))
        filled = max(0, count)
      }
      if count < 0 { throw SweepError("\(path) cannot be read: \(SystemError.latest)") }
      content += part
    } while count > 0
    return content
  }

  /// Appends a text by one call of the system, and waits until it is on the disk.
  func append(_ text: String) throws(SweepError) {
    var text = text
    var failure = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
    if failure == nil, fsync(descriptor) != 0 { failure = .latest }
    if let failure { throw SweepError("\(path) cannot be written: \(failure)") }
  }

  func truncate(to size: Int) throws(SweepError) {
    if ftruncate(descriptor, off_t(size)) != 0 {
      throw SweepError("\(path) cannot be written: \(SystemError.latest)")
    }
  }
}

/// The system's function, under a name that no method hides.
private func systemClose(_ file: Int32) -> Int32 { close(file) }
