import Foundation
import Testing

@testable import ZMTP

@Suite(.timeLimit(.minutes(1))) struct SocketTests {
  @Test(arguments: ["0.0.0.0", "192.168.0.1", "example.org", "127.example.org"])
  func onlyThisMachineIsServed(host: String) {
    #expect(throws: ZMTPError.self) { try Socket(.router, at: .tcp(host: host, port: 0)) }
  }

  @Test func anAddressThatIsTakenIsRefused() throws {
    let path = Client.newPath()
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    defer { unlink(path) }
    #expect(throws: ZMTPError.self) { try Socket(.router, at: .unix(path: path)) }
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func messagesGoBothWaysInTheirOrder() async throws {
    let path = Client.newPath(), socket = try Socket(.router, at: .unix(path: path))
    defer { unlink(path) }
    var client = try Client(path), events = socket.events.makeAsyncIterator()
    client.greet()
    // One byte, none, and more than any buffer of the system.
    let sizes = [1, 0, 5_000_000]
    for size in sizes { client.send([[7], [UInt8](repeating: 1, count: size)]) }
    for size in sizes {
      guard case .message(let parts, let peer)? = await events.next() else { throw Client.Ended() }
      #expect(parts == [[7], [UInt8](repeating: 1, count: size)], "\(size) bytes")
      socket.send(parts, to: peer)
    }
    #expect(try await client.nextBytes(64).prefix(12) == [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1])
    #expect(try await Command(client.nextFrame().body) == .ready(socketType: "ROUTER", identity: []))
    for size in sizes {
      #expect(try await client.nextFrame() == Frame(body: [7], hasMore: true))
      #expect(try await client.nextFrame() == Frame(body: [UInt8](repeating: 1, count: size)))
    }
  }

  @Test func publishersSendToThoseWhoSubscribed() async throws {
    let path = Client.newPath(), socket = try Socket(.publisher, at: .unix(path: path))
    defer { unlink(path) }
    var client = try Client(path), events = socket.events.makeAsyncIterator()
    client.greet()
    client.send(.subscribe([1]))
    guard case .subscription(topic: [1], _)? = await events.next() else { throw Client.Ended() }
    for topic: UInt8 in [0, 1] { socket.publish([[topic]]) }
    _ = try await client.nextBytes(64)
    _ = try await client.nextFrame()
    #expect(try await client.nextFrame() == Frame(body: [1]))
  }

  @Test func questionsAreAnswered() async throws {
    let path = Client.newPath(), socket = try Socket(.reply, at: .unix(path: path))
    defer { withExtendedLifetime(socket) { _ = unlink(path) } }
    var client = try Client(path)
    client.greet()
    client.send(.ping(context: [5]))
    _ = try await client.nextBytes(64)
    _ = try await client.nextFrame()
    #expect(try await Command(client.nextFrame().body) == .pong(context: [5]))
  }

  /// Another signature, version 2, other mechanisms, a message before READY, a frame with unknown flags.
  @Test(arguments: [
    Client.greeting(changing: 0, to: 0), Client.greeting(changing: 10, to: 2), Client.greeting(changing: 12, to: 7),
    Client.greeting(changing: 16, to: 7),
    Client.greeting + [0, 1, 7],
    Client.greeting + [8, 0],
  ])
  func othersAreLeft(bytes: [UInt8]) async throws {
    let path = Client.newPath(), socket = try Socket(.router, at: .unix(path: path))
    defer { withExtendedLifetime(socket) { _ = unlink(path) } }
    var client = try Client(path)
    client.connection.send(bytes)
    await #expect(throws: Client.Ended.self, "\(bytes)") { while true { _ = try await client.nextBytes(1) } }
  }
}

/// The other end, as far as the tests need it.
private struct Client {
  struct Ended: Error {}

  static let greeting =
    [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1] + Array("NULL".utf8) + [UInt8](repeating: 0, count: 48)

  static func greeting(changing index: Int, to byte: UInt8) -> [UInt8] {
    var bytes = greeting
    bytes[index] = byte
    return bytes
  }

  let connection: Connection
  private var received: ArraySlice<UInt8> = []
  private var bytes: AsyncStream<[UInt8]>.Iterator

  /// A path that is short enough for a socket.
  static func newPath() -> String { "/tmp/zmtp-\(UUID().uuidString.prefix(13))" }

  init(_ path: String) throws {
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let status = withUnsafeBytes(of: &address) {
      connect(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t($0.count))
    }
    guard status == 0 else { throw Ended() }
    connection = Connection(descriptor)
    bytes = connection.bytes.makeAsyncIterator()
  }

  func greet() {
    connection.send(Self.greeting)
    send(.ready(socketType: "DEALER", identity: [9]))
  }

  func send(_ command: Command) { connection.send(command.frame.bytes) }

  func send(_ parts: [[UInt8]]) {
    for (index, part) in parts.enumerated() {
      connection.send(Frame(body: part, hasMore: index < parts.count - 1).bytes)
    }
  }

  mutating func nextBytes(_ count: Int) async throws -> [UInt8] {
    while true {
      if let found = received.readBytes(count) { return found }
      try await receive()
    }
  }

  mutating func nextFrame() async throws -> Frame {
    while true {
      if let found = try Frame.read(from: &received) { return found }
      try await receive()
    }
  }

  private mutating func receive() async throws {
    guard let more = await bytes.next() else { throw Ended() }
    received += more
  }
}
