import Foundation

/// A lock that other processes see, on a file or folder that exists. It ends with the process, however that ends.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes a lock. Returns `nil` if another process has it, or if the file does not exist.
  init?(_ url: URL) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
