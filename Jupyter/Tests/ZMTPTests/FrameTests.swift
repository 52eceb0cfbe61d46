import Testing

@testable import ZMTP

@Suite struct FrameTests {
  @Test(arguments: [0, 1, 255, 256, 70_000], [false, true])
  func framesComeBack(count: Int, hasMore: Bool) throws {
    let frame = Frame(body: [UInt8](repeating: 7, count: count), hasMore: hasMore)
    var buffer = frame.bytes[...]
    #expect(buffer.count == count + (count > 255 ? 9 : 2))
    #expect(try Frame.read(from: &buffer) == frame)
    #expect(buffer.isEmpty)
  }

  @Test func partsOfAFrameAreLeftAlone() throws {
    let whole = Frame(body: [UInt8](repeating: 7, count: 300)).bytes
    for count in whole.indices {
      var part = whole[..<count]
      #expect(try Frame.read(from: &part) == nil, "\(count) bytes")
      #expect(part.count == count)
    }
  }

  @Test(arguments: [[0x08, 0x00], [0xFF, 0x00], [0x02, 0xFF, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]])
  func malformedFramesAreRefused(bytes: [UInt8]) {
    var buffer = bytes[...]
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
    #expect(throws: ZMTPError.self) { try Command(body.dropLast()) }
  }
}
