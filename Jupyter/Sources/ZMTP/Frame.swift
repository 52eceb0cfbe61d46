/// The unit of the wire: a part of a message, or a command between the two ends.
///
/// Source: [ZMTP 3.1](https://rfc.zeromq.org/spec/37/), "Framing".
struct Frame: Equatable {
  var body: [UInt8]
  var isCommand = false
  /// Whether more parts of the message follow.
  var hasMore = false

  private static let more: UInt8 = 1, long: UInt8 = 2, command: UInt8 = 4

  /// Removes the first frame from a buffer. Returns `nil` if it is incomplete.
  static func read(from buffer: inout ArraySlice<UInt8>) throws -> Frame? {
    var rest = buffer
    guard let flags = rest.readInteger(as: UInt8.self) else { return nil }
    guard flags & ~(more | long | command) == 0 else { throw ZMTPError.malformed("a frame with flags \(flags)") }
    let length: UInt64? =
      flags & long == 0 ? rest.readInteger(as: UInt8.self).map(UInt64.init) : rest.readInteger(as: UInt64.self)
    guard let length else { return nil }
    guard length <= Frame.limit else { throw ZMTPError.malformed("a frame of \(length) bytes") }
    guard let body = rest.readBytes(Int(length)) else { return nil }
    buffer = rest
    return Frame(body: body, isCommand: flags & command != 0, hasMore: flags & more != 0)
  }

  /// The bytes of the frame.
  var bytes: [UInt8] {
    let isLong = body.count > 255
    var bytes = [(hasMore ? Self.more : 0) | (isLong ? Self.long : 0) | (isCommand ? Self.command : 0)]
    if isLong { bytes.write(UInt64(body.count)) } else { bytes.write(UInt8(body.count)) }
    return bytes + body
  }

  /// The largest body that is accepted, in bytes. Messages of front ends are smaller.
  static let limit: UInt64 = 1 << 30
}

/// An error of the protocol or of an address.
public enum ZMTPError: Error, CustomStringConvertible {
  /// Bytes that are not ZMTP 3.
  case malformed(String)
  /// A socket on an address that other machines can reach.
  case notLoopback(String)
  /// An address that the system refuses.
  case unavailable(String, reason: String)

  /// The error, and its reason.
  public var description: String {
    switch self {
    case .malformed(let what): "not ZMTP 3: \(what)"
    case .notLoopback(let address): "\(address) can be reached from other machines; this kernel only uses 127.0.0.1"
    case .unavailable(let address, let reason): "\(address) cannot be used: \(reason)"
    }
  }
}
