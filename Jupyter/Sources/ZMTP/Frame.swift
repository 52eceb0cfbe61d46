import NIOCore

/// The unit of the wire: a part of a message, or a command between the two ends.
///
/// Source: [ZMTP 3.1](https://rfc.zeromq.org/spec/37/), "Framing".
struct Frame: Equatable {
  var body: ByteBuffer
  var isCommand = false
  /// Whether more parts of the same message follow.
  var hasMore = false

  private static let more: UInt8 = 1, long: UInt8 = 2, command: UInt8 = 4

  /// Takes the first frame from a buffer; `nil` if it is not all there.
  static func read(from buffer: inout ByteBuffer) throws -> Frame? {
    var rest = buffer
    guard let flags = rest.readInteger(as: UInt8.self) else { return nil }
    guard flags & ~(more | long | command) == 0 else { throw ZMTPError.malformed("a frame with flags \(flags)") }
    let length: UInt64? = flags & long == 0 ? rest.readInteger(as: UInt8.self).map(UInt64.init) : rest.readInteger()
    guard let length else { return nil }
    guard length <= Frame.limit else { throw ZMTPError.malformed("a frame of \(length) bytes") }
    guard let body = rest.readSlice(length: Int(length)) else { return nil }
    buffer = rest
    return Frame(body: body, isCommand: flags & command != 0, hasMore: flags & more != 0)
  }

  func write(to buffer: inout ByteBuffer) {
    let isLong = body.readableBytes > 255
    buffer.writeInteger(
      (hasMore ? Self.more : 0) | (isLong ? Self.long : 0) | (isCommand ? Self.command : 0))
    if isLong {
      buffer.writeInteger(UInt64(body.readableBytes))
    } else {
      buffer.writeInteger(UInt8(body.readableBytes))
    }
    buffer.writeImmutableBuffer(body)
  }

  /// No message of a front end is as large as this, in bytes.
  static let limit: UInt64 = 1 << 30
}

/// What a peer did that the protocol does not allow.
public enum ZMTPError: Error, CustomStringConvertible {
  /// Something that is not ZMTP 3.
  case malformed(String)
  /// A socket on an address that other machines can reach.
  case notLoopback(String)

  /// What was wrong.
  public var description: String {
    switch self {
    case .malformed(let what): "not ZMTP 3: \(what)"
    case .notLoopback(let address): "\(address) can be reached from other machines; this kernel only uses 127.0.0.1"
    }
  }
}
