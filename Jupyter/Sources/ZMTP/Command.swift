/// A command between the two ends of a connection, about the connection.
enum Command: Equatable {
  /// The first command in each direction: the kind of socket, and the identity that it asks for.
  case ready(socketType: String, identity: [UInt8])
  /// A subscription to messages that begin with these bytes.
  case subscribe([UInt8])
  /// The end of a subscription.
  case cancel([UInt8])
  /// A request for a sign of life, with the bytes to send back.
  case ping(context: [UInt8])
  /// The answer.
  case pong(context: [UInt8])
  /// Any other command.
  case other(String)

  init(_ body: [UInt8]) throws {
    var body = body[...]
    guard let count = body.readInteger(as: UInt8.self), let name = body.readString(Int(count)) else {
      throw ZMTPError.malformed("a command without a name")
    }
    switch name {
    case "READY":
      let properties = try Self.properties(&body)
      self = .ready(
        socketType: String(decoding: properties["socket-type"] ?? [], as: UTF8.self),
        identity: properties["identity"] ?? [])
    case "SUBSCRIBE": self = .subscribe(Array(body))
    case "CANCEL": self = .cancel(Array(body))
    case "PING":
      body = body.dropFirst(2)  // how long it will wait
      self = .ping(context: Array(body))
    case "PONG": self = .pong(context: Array(body))
    default: self = .other(name)
    }
  }

  private static func properties(_ body: inout ArraySlice<UInt8>) throws -> [String: [UInt8]] {
    var properties: [String: [UInt8]] = [:]
    while !body.isEmpty {
      guard let count = body.readInteger(as: UInt8.self), let name = body.readString(Int(count)),
        let length = body.readInteger(as: UInt32.self), let value = body.readBytes(Int(length))
      else { throw ZMTPError.malformed("a property that is not all there") }
      properties[name.lowercased()] = value
    }
    return properties
  }

  var frame: Frame {
    var body: [UInt8] = []
    switch self {
    case .ready(let socketType, let identity):
      body.writeName("READY")
      for (name, value) in [("Socket-Type", Array(socketType.utf8)), ("Identity", identity)] {
        body.writeName(name)
        body.write(UInt32(value.count))
        body += value
      }
    case .subscribe(let topic): body.write("SUBSCRIBE", topic)
    case .cancel(let topic): body.write("CANCEL", topic)
    case .ping(let context): body.write("PING", [0, 0] + context)
    case .pong(let context): body.write("PONG", context)
    case .other(let name): body.writeName(name)
    }
    return Frame(body: body, isCommand: true)
  }
}

extension [UInt8] {
  fileprivate mutating func writeName(_ name: String) {
    write(UInt8(name.utf8.count))
    append(contentsOf: name.utf8)
  }

  fileprivate mutating func write(_ name: String, _ bytes: [UInt8]) {
    writeName(name)
    append(contentsOf: bytes)
  }
}
