/// One end of the connection between the kernel and its worker. Each message is a list of strings.
///
/// On the wire, a message is the number of bytes that follow, then each string after its own number of bytes; numbers
/// have 32 bits, the lowest first.
public struct Connection: Sendable {
  /// The socket.
  public let descriptor: Int32

  /// Creates an end from a connected socket.
  public init(descriptor: Int32) { self.descriptor = descriptor }

  /// Sends a message. Nothing happens if the other end has closed.
  public func send(_ fields: [String]) {
    let body = Self.bytes(fields)
    put(Self.bytes(body.count) + body)
  }

  /// Writes bytes. Nothing happens if the other end has closed.
  package func put(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = write(descriptor, buffer.baseAddress! + sent, buffer.count - sent)
        if count < 0 && errno != EINTR { return }
        sent += max(count, 0)
      }
    }
  }

  /// Waits for the next message. Returns `nil` if the other end has closed.
  public func receive() -> [String]? {
    guard let header = read(count: 4), let body = read(count: Self.number(header[...])) else { return nil }
    return Self.fields(body)
  }

  /// Returns strings as bytes, each after its number of bytes.
  package static func bytes(_ fields: [String]) -> [UInt8] {
    fields.flatMap { bytes($0.utf8.count) + Array($0.utf8) }
  }

  /// Reads strings, one after the other.
  package static func fields(_ bytes: [UInt8]) -> [String] {
    var fields: [String] = [], rest = bytes[...]
    while rest.count >= 4 {
      let count = number(rest.prefix(4))
      fields.append(String(decoding: rest.dropFirst(4).prefix(count), as: UTF8.self))
      rest = rest.dropFirst(4 + count)
    }
    return fields
  }

  private func read(count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count), got = 0
    while got < count {
      let more = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + got, count - got, 0) }
      if more == 0 || (more < 0 && errno != EINTR) { return nil }
      got += max(more, 0)
    }
    return bytes
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
