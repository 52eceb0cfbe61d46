/// One connection: greets, shakes hands, and then turns bytes into messages.
struct Peer {
  private enum Phase { case greeting, handshake, traffic }

  private let connection: Connection
  private let socket: Socket
  private var phase = Phase.greeting
  private var received: ArraySlice<UInt8> = []
  private var parts: [[UInt8]] = []
  private var identity: [UInt8] = []

  init(_ connection: Connection, socket: Socket) { (self.connection, self.socket) = (connection, socket) }

  /// Talks until the connection ends. It ends too if the other side does not keep to the protocol.
  mutating func run() async {
    connection.send(Self.greeting)
    do {
      for await bytes in connection.bytes {
        received += bytes
        while try step() {}
      }
    } catch {}
    socket.disconnected(identity, connection)
    connection.close()
  }

  /// Handles one unit of the received bytes. Returns false if it is incomplete.
  private mutating func step() throws -> Bool {
    guard phase != .greeting else { return try readGreeting() }
    guard let frame = try Frame.read(from: &received) else { return false }
    if frame.isCommand {
      try handle(Command(frame.body))
    } else if phase == .traffic {
      parts.append(frame.body)
      if !frame.hasMore {
        socket.received(parts, from: identity)
        parts = []
      }
    } else {
      throw ZMTPError.malformed("a message before READY")
    }
    return true
  }

  private mutating func handle(_ command: Command) throws {
    switch command {
    case .ready(_, let wanted) where phase == .handshake:
      phase = .traffic
      identity = socket.connected(connection, identity: wanted)
    case .subscribe(let topic) where phase == .traffic: socket.subscribed(identity, to: topic)
    case .cancel(let topic) where phase == .traffic: socket.cancelled(identity, topic)
    case .ping(let question): connection.send(Command.pong(context: question).frame.bytes)
    case .pong: break
    default: throw ZMTPError.malformed("\(command) at the wrong time")
    }
  }

  // MARK: - Greeting

  /// The signature, version 3.1, the mechanism "NULL", and zeros up to 64 bytes.
  private static let greeting: [UInt8] = {
    let bytes: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1] + Array("NULL".utf8)
    return bytes + [UInt8](repeating: 0, count: 64 - bytes.count)
  }()

  private mutating func readGreeting() throws -> Bool {
    guard let bytes = received.readBytes(64) else { return false }
    guard bytes[0] == 0xFF, bytes[9] & 1 == 1 else { throw ZMTPError.malformed("another signature") }
    guard bytes[10] >= 3 else { throw ZMTPError.malformed("version \(bytes[10])") }
    guard bytes[12..<32].elementsEqual("NULL".utf8 + [UInt8](repeating: 0, count: 16)) else {
      throw ZMTPError.malformed("another security mechanism than NULL")
    }
    phase = .handshake
    connection.send(Command.ready(socketType: socket.kind.rawValue, identity: []).frame.bytes)
    return true
  }
}
