import Foundation
import MicrogradPlatform

/// The bytes of a file or a pipe, up to a number of them, and not for ever.
final class ByteStream {
  private let descriptor: Int32
  private let deadline: ContinuousClock.Instant
  private var rest: Int
  /// Whether the end was seen.
  private(set) var isAtEnd = false

  /// Creates a stream that throws when more than `limit` bytes are read, or when the deadline is over.
  init(_ descriptor: Int32, limit: Int, deadline: ContinuousClock.Instant) {
    (self.descriptor, rest, self.deadline) = (descriptor, limit, deadline)
  }

  /// Reads `count` bytes, or fewer at the end.
  func read(_ count: Int) throws(SubmissionError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try readSome(atMost: min(count - bytes.count, 1 << 16))
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }

  /// Reads all bytes.
  func readToEnd() throws(SubmissionError) -> [UInt8] { try read(.max) }

  /// Passes over `count` bytes.
  ///
  /// - Returns: Whether there were so many.
  func skip(_ count: Int) throws(SubmissionError) -> Bool {
    var left = count
    while left > 0 {
      let part = try readSome(atMost: min(left, 1 << 16))
      if part.isEmpty { return false }
      left -= part.count
    }
    return true
  }

  private func readSome(atMost count: Int) throws(SubmissionError) -> [UInt8] {
    while true {
      try waitUntilReadable()
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let result = systemRead(descriptor, buffer.baseAddress, count)
        failure = result < 0 ? errno : 0
        initialized = max(result, 0)
      }
      if failure == EINTR { continue }
      if failure != 0 { throw .unreadable }
      isAtEnd = bytes.isEmpty
      rest -= bytes.count
      if rest < 0 { throw .tooLarge }
      return bytes
    }
  }

  private func waitUntilReadable() throws(SubmissionError) {
    while true {
      let left = (deadline - .now) / .milliseconds(1)
      if left <= 0 { throw .tooSlow }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, Int32(min(left.rounded(.up), 1e9))) > 0 { return }
    }
  }
}

// The system's function, under a name that no method hides.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, bytes, count)
}
