import NIOCore
import NIOPosix
import Synchronization

/// A ZeroMQ socket that waits for connections from this machine.
public final class Socket: Sendable {
  /// The kinds of sockets that a kernel has.
  public enum Kind: String, Sendable {
    /// Knows its peers, and sends each message to one of them.
    case router = "ROUTER"
    /// Sends messages to all peers that want them, and hears from them what they want.
    case publisher = "XPUB"
    /// Answers questions.
    case reply = "REP"
  }

  /// Where a socket waits.
  public enum Address: Sendable {
    /// A port of an interface.
    case tcp(host: String, port: Int)
    /// A socket in the file system.
    case unix(path: String)
  }

  /// Something that happened.
  public enum Event: Sendable {
    /// A message came in.
    case message([[UInt8]], peer: [UInt8])
    /// A peer wants messages that begin with a topic.
    case subscription(topic: [UInt8], peer: [UInt8])
  }

  private struct State {
    var channels: [[UInt8]: any Channel] = [:]
    var topics: [[UInt8]: Set<[UInt8]>] = [:]
    var peers = 0
  }

  /// The kind.
  public let kind: Kind
  /// What happens, in its order.
  public let events: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let state = Mutex(State())

  /// Opens a socket.
  ///
  /// - Throws: ``ZMTPError/notLoopback(_:)`` for an address that other machines can reach; what the system says
  ///   if the address cannot be had.
  public init(_ kind: Kind, at address: Address) async throws {
    self.kind = kind
    (events, continuation) = AsyncStream.makeStream()
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Peer(socket: self))
        }
      }
    switch address {
    case .tcp(let host, let port):
      _ = try await bootstrap.bind(to: Self.loopback(host, port)).get()
    case .unix(let path):
      _ = try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    }
  }

  /// Names are not looked up: they could be those of other addresses.
  private static func loopback(_ host: String, _ port: Int) throws -> SocketAddress {
    let number = host == "localhost" ? "127.0.0.1" : host
    guard number == "::1" || number.hasPrefix("127."),
      let address = try? SocketAddress(ipAddress: number, port: port)
    else { throw ZMTPError.notLoopback(host) }
    return address
  }

  /// Sends a message to one peer; nothing happens if it is gone.
  public func send(_ parts: [[UInt8]], to peer: [UInt8]) {
    state.withLock { $0.channels[peer] }?.send(parts)
  }

  /// Sends a message to all peers that have subscribed to what it begins with.
  public func publish(_ parts: [[UInt8]]) {
    let channels = state.withLock { state in
      state.channels.filter { peer, _ in
        state.topics[peer, default: []].contains { parts[0].starts(with: $0) }
      }
    }
    for channel in channels.values { channel.send(parts) }
  }

  // MARK: - What the connections report

  /// Returns the identity that the peer is known by: the one it wants, if that is free.
  func connected(_ channel: any Channel, identity wanted: [UInt8]) -> [UInt8] {
    state.withLock { state in
      state.peers += 1
      // Identities that begin with a zero are never those of a peer's own choice.
      let number = withUnsafeBytes(of: UInt32(state.peers).bigEndian) { [0] + $0 }
      let identity = wanted.isEmpty || state.channels[wanted] != nil ? number : wanted
      state.channels[identity] = channel
      return identity
    }
  }

  func disconnected(_ peer: [UInt8], _ channel: any Channel) {
    state.withLock { state in
      guard state.channels[peer] === channel else { return }
      state.channels[peer] = nil
      state.topics[peer] = nil
    }
  }

  func received(_ parts: [[UInt8]], from peer: [UInt8]) {
    switch kind {
    case .publisher:
      // Before ZMTP 3.1, a subscription was a message: 1 or 0, and the topic.
      guard let first = parts.first, let flag = first.first else { return }
      if flag == 1 { subscribed(peer, to: Array(first.dropFirst())) }
      if flag == 0 { cancelled(peer, Array(first.dropFirst())) }
    case .router, .reply:
      continuation.yield(.message(parts, peer: peer))
    }
  }

  func subscribed(_ peer: [UInt8], to topic: [UInt8]) {
    state.withLock { _ = $0.topics[peer, default: []].insert(topic) }
    continuation.yield(.subscription(topic: topic, peer: peer))
  }

  func cancelled(_ peer: [UInt8], _ topic: [UInt8]) {
    state.withLock { _ = $0.topics[peer]?.remove(topic) }
  }
}

extension Channel {
  /// Sends the parts as frames. Can be called from any thread; the order is kept.
  fileprivate func send(_ parts: [[UInt8]]) {
    var buffer = allocator.buffer(capacity: parts.reduce(0) { $0 + $1.count + 9 })
    for (index, part) in parts.enumerated() {
      Frame(body: ByteBuffer(bytes: part), hasMore: index < parts.count - 1).write(to: &buffer)
    }
    writeAndFlush(buffer, promise: nil)
  }
}
