import NIOCore
import Testing

@testable import ZMTP

@Suite struct FrameTests {
  @Test(arguments: [0, 1, 255, 256, 70_000], [false, true])
  func framesComeBack(count: Int, hasMore: Bool) throws {
    let frame = Frame(body: ByteBuffer(repeating: 7, count: count), hasMore: hasMore)
    var buffer = ByteBuffer()
    frame.write(to: &buffer)
    #expect(buffer.readableBytes == count + (count > 255 ? 9 : 2))
    #expect(try Frame.read(from: &buffer) == frame)
    #expect(buffer.readableBytes == 0)
  }

  @Test func partsOfAFrameAreLeftAlone() throws {
    var whole = ByteBuffer()
    Frame(body: ByteBuffer(repeating: 7, count: 300)).write(to: &whole)
    for count in 0..<whole.readableBytes {
      var part = try #require(whole.getSlice(at: 0, length: count))
      #expect(try Frame.read(from: &part) == nil, "\(count) bytes")
      #expect(part.readableBytes == count)
    }
  }

  @Test(arguments: [[0x08, 0x00], [0xFF, 0x00], [0x02, 0xFF, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]])
  func malformedFramesAreRefused(bytes: [UInt8]) {
    var buffer = ByteBuffer(bytes: bytes)
    #expect(throws: ZMTPError.self) { try Frame.read(from: &buffer) }
  }

  @Test(
    arguments: [
      .ready(socketType: "DEALER", identity: [1, 2]), .subscribe([]), .subscribe([107]), .cancel([107]),
      .ping(context: [9]), .pong(context: []),
    ] as [Command])
  func commandsComeBack(command: Command) throws {
    #expect(try Command(command.frame.body) == command)
  }

  @Test func truncatedPropertiesAreRefused() throws {
    let body = Command.ready(socketType: "DEALER", identity: [1]).frame.body
    let part = try #require(body.getSlice(at: 0, length: body.readableBytes - 1))
    #expect(throws: ZMTPError.self) { try Command(part) }
  }
}

@Suite struct SocketTests {
  @Test(arguments: ["0.0.0.0", "192.168.0.1", "example.org", "127.example.org"])
  func onlyThisMachineIsServed(host: String) async {
    await #expect(throws: ZMTPError.self) { try await Socket(.router, at: .tcp(host: host, port: 0)) }
  }
}
