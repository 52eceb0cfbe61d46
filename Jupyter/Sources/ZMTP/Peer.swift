import NIOCore

/// One connection: greets, shakes hands, and then turns bytes into messages.
final class Peer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Phase { case greeting, handshake, traffic }

  private let socket: Socket
  private var phase = Phase.greeting
  private var received = ByteBuffer()
  private var parts: [[UInt8]] = []
  private var identity: [UInt8] = []

  init(socket: Socket) { self.socket = socket }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(Self.greeting), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    socket.disconnected(identity, context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received.writeImmutableBuffer(unwrapInboundIn(data))
    do {
      while try step(context) {}
      received.discardReadBytes()
    } catch {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Takes one thing from what has been received; false if it is not all there.
  private func step(_ context: ChannelHandlerContext) throws -> Bool {
    guard phase != .greeting else { return try readGreeting(context) }
    guard let frame = try Frame.read(from: &received) else { return false }
    if frame.isCommand {
      try handle(Command(frame.body), context)
    } else if phase == .traffic {
      parts.append(Array(frame.body.readableBytesView))
      if !frame.hasMore {
        socket.received(parts, from: identity)
        parts = []
      }
    } else {
      throw ZMTPError.malformed("a message before READY")
    }
    return true
  }

  private func handle(_ command: Command, _ context: ChannelHandlerContext) throws {
    switch command {
    case .ready(_, let wanted) where phase == .handshake:
      phase = .traffic
      identity = socket.connected(context.channel, identity: wanted)
    case .subscribe(let topic) where phase == .traffic: socket.subscribed(identity, to: topic)
    case .cancel(let topic) where phase == .traffic: socket.cancelled(identity, topic)
    case .ping(let question): send(.pong(context: question), context)
    case .pong: break
    default: throw ZMTPError.malformed("\(command) at the wrong time")
    }
  }

  private func send(_ command: Command, _ context: ChannelHandlerContext) {
    var buffer = ByteBuffer()
    command.frame.write(to: &buffer)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  // MARK: - Greeting

  /// The signature, version 3.1, the mechanism "NULL", and zeros up to 64 bytes.
  private static let greeting: ByteBuffer = {
    var bytes: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1] + Array("NULL".utf8)
    bytes += [UInt8](repeating: 0, count: 64 - bytes.count)
    return ByteBuffer(bytes: bytes)
  }()

  private func readGreeting(_ context: ChannelHandlerContext) throws -> Bool {
    guard let bytes = received.readBytes(length: 64) else { return false }
    guard bytes[0] == 0xFF, bytes[9] & 1 == 1 else { throw ZMTPError.malformed("another signature") }
    guard bytes[10] >= 3 else { throw ZMTPError.malformed("version \(bytes[10])") }
    guard bytes[12..<32].elementsEqual("NULL".utf8 + [UInt8](repeating: 0, count: 16)) else {
      throw ZMTPError.malformed("another security mechanism than NULL")
    }
    phase = .handshake
    send(.ready(socketType: socket.kind.rawValue, identity: []), context)
    return true
  }
}
