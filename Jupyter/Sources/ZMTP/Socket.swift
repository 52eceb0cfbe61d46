import Synchronization

/// A ZeroMQ socket that waits for connections from this machine.
public final class Socket: Sendable {
  /// The kind of a socket.
  public enum Kind: String, Sendable {
    /// A socket that sends each message to one of its peers.
    case router = "ROUTER"
    /// A socket that sends messages to all peers that have subscribed to them.
    case publisher = "XPUB"
    /// A socket that answers requests.
    case reply = "REP"
  }

  /// The address of a socket.
  public enum Address: Sendable {
    /// A port of an interface.
    case tcp(host: String, port: Int)
    /// A socket in the file system.
    case unix(path: String)
  }

  /// An event of a socket.
  public enum Event: Sendable {
    /// A message was received.
    case message([[UInt8]], peer: [UInt8])
    /// A peer has subscribed to messages that begin with a topic.
    case subscription(topic: [UInt8], peer: [UInt8])
  }

  private struct State {
    var connections: [[UInt8]: Connection] = [:]
    var topics: [[UInt8]: Set<[UInt8]>] = [:]
    var peers = 0
  }

  /// The kind.
  public let kind: Kind
  /// The events, in order.
  public let events: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let state = Mutex(State())

  /// Opens a socket.
  ///
  /// - Throws: ``ZMTPError/notLoopback(_:)`` for an address that other machines can reach;
  ///   ``ZMTPError/unavailable(_:reason:)`` if the system does not give it.
  public init(_ kind: Kind, at address: Address) throws {
    self.kind = kind
    (events, continuation) = AsyncStream.makeStream()
    try Listener(at: address).run { [self] connection in
      Task {
        var peer = Peer(connection, socket: self)
        await peer.run()
      }
    }
  }

  /// Sends a message to one peer. Nothing happens if it has disconnected.
  public func send(_ parts: [[UInt8]], to peer: [UInt8]) {
    state.withLock { $0.connections[peer] }?.send(parts)
  }

  /// Sends a message to all peers that have subscribed to its beginning.
  public func publish(_ parts: [[UInt8]]) {
    let connections = state.withLock { state in
      state.connections.filter { peer, _ in
        state.topics[peer, default: []].contains { parts[0].starts(with: $0) }
      }
    }
    for connection in connections.values { connection.send(parts) }
  }

  // MARK: - What the connections report

  /// Returns the identity of a peer: the one that it asks for, if that is free.
  func connected(_ connection: Connection, identity wanted: [UInt8]) -> [UInt8] {
    state.withLock { state in
      state.peers += 1
      // Identities that begin with a zero are never those of a peer's own choice.
      let number = withUnsafeBytes(of: UInt32(state.peers).bigEndian) { [0] + $0 }
      let identity = wanted.isEmpty || state.connections[wanted] != nil ? number : wanted
      state.connections[identity] = connection
      return identity
    }
  }

  func disconnected(_ peer: [UInt8], _ connection: Connection) {
    state.withLock { state in
      guard state.connections[peer] === connection else { return }
      state.connections[peer] = nil
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

extension Connection {
  /// Sends the parts as frames.
  fileprivate func send(_ parts: [[UInt8]]) {
    send(parts.indices.flatMap { Frame(body: parts[$0], hasMore: $0 < parts.count - 1).bytes })
  }
}
