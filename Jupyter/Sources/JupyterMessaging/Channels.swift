public import JSONValue
import ZMTP

/// The five sockets of a kernel.
public final class Channels: Sendable {
  /// A request, and the channel on which it was received.
  public struct Request: Sendable {
    /// The message.
    public let message: Message
    /// The time at which it was received.
    public let arrival: ContinuousClock.Instant
  }

  /// Requests that are answered one after the other.
  public let shell: AsyncStream<Request>
  /// Requests that must not wait for the ones on the shell channel.
  public let control: AsyncStream<Request>
  /// Answers of the user.
  public let input: AsyncStream<Request>

  private let sockets: (shell: Socket, control: Socket, input: Socket, publisher: Socket, heartbeat: Socket)
  private let signer: Signer
  private let session: String

  /// Opens the sockets of a connection file.
  ///
  /// - Parameter session: The kernel's identifier in its messages.
  public init(_ file: ConnectionFile, session: String) throws {
    signer = Signer(key: file.key)
    self.session = session
    sockets = (
      shell: try Socket(.router, at: file.address(file.shellPort)),
      control: try Socket(.router, at: file.address(file.controlPort)),
      input: try Socket(.router, at: file.address(file.stdinPort)),
      publisher: try Socket(.publisher, at: file.address(file.iopubPort)),
      heartbeat: try Socket(.reply, at: file.address(file.heartbeatPort))
    )
    shell = Self.requests(of: sockets.shell, signer)
    control = Self.requests(of: sockets.control, signer)
    input = Self.requests(of: sockets.input, signer)
    Task { [self] in await beat() }
    Task { [self] in await welcome() }
  }

  /// Messages that are not signed, or signed with another key, are dropped.
  private static func requests(of socket: Socket, _ signer: Signer) -> AsyncStream<Request> {
    let (stream, continuation) = AsyncStream.makeStream(of: Request.self)
    Task {
      for await case .message(let parts, let peer) in socket.events {
        guard let message = Message(parts: [peer] + parts, signer: signer) else { continue }
        continuation.yield(Request(message: message, arrival: .now))
      }
    }
    return stream
  }

  /// Answers the heartbeat: it sends back each message.
  private func beat() async {
    for await case .message(let parts, let peer) in sockets.heartbeat.events {
      sockets.heartbeat.send(parts, to: peer)
    }
  }

  /// Tells each subscriber that it is subscribed.
  private func welcome() async {
    for await case .subscription(let topic, let peer) in sockets.publisher.events {
      var message = Message(
        "iopub_welcome", ["subscription": .string(String(decoding: topic, as: UTF8.self))], to: nil, session: session)
      message.identities = [topic]
      sockets.publisher.send(message.parts(signer: signer), to: peer)
    }
  }

  // MARK: - Sending

  /// Answers a request from the shell channel.
  public func reply(_ type: String, _ content: JSON, to request: Message) {
    send(type, content, to: request, by: sockets.shell)
  }

  /// Answers a request from the control channel.
  public func replyOnControl(_ type: String, _ content: JSON, to request: Message) {
    send(type, content, to: request, by: sockets.control)
  }

  /// Asks the user who sent a request for input.
  public func ask(_ type: String, _ content: JSON, for request: Message) {
    send(type, content, to: request, by: sockets.input)
  }

  private func send(_ type: String, _ content: JSON, to request: Message, by socket: Socket) {
    guard let peer = request.identities.first else { return }
    let message = Message(type, content, to: request, session: session)
    socket.send(Array(message.parts(signer: signer).dropFirst()), to: peer)
  }

  /// Publishes a message to all subscribers.
  public func publish(_ type: String, _ content: JSON, for request: Message?, metadata: JSON = [:]) {
    var message = Message(type, content, to: request, session: session, metadata: metadata)
    message.identities = [Array("kernel.\(session).\(type)".utf8)]
    sockets.publisher.publish(message.parts(signer: signer))
  }
}
