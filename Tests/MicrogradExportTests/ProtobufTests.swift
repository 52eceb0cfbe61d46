import Testing

@testable import MicrogradExport

@Suite struct ProtobufTests {
  enum Field: Int { case first = 1, second = 2, third = 3, fourth = 4, sixth = 6, large = 303 }

  /// The examples of https://protobuf.dev/programming-guides/encoding/, and the ends of the ranges.
  @Test func bytesAreThoseOfTheSpecification() {
    func expect(
      _ bytes: [UInt8], _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
      _ content: (inout ProtobufMessage<Field>) -> Void
    ) {
      var message = ProtobufMessage<Field>()
      content(&message)
      #expect(message.bytes == bytes, "\(what): got \(message.bytes)", sourceLocation: sourceLocation)
    }
    expect([0x08, 0x96, 0x01], "the integer 150") { $0.append(.first, 150) }
    expect([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67], "a text") { $0.append(.second, "testing") }
    expect([0x1A, 0x03, 0x08, 0x96, 0x01], "a message in a message") {
      var inner = ProtobufMessage<Field>()
      inner.append(.first, 150)
      $0.append(.third, inner)
    }
    expect([0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05], "packed integers") {
      $0.append(.sixth, packed: [3, 270, 86942])
    }
    expect([0x08] + Array(repeating: 0xFE, count: 1) + Array(repeating: 0xFF, count: 8) + [0x01], "the integer -2") {
      $0.append(.first, -2)
    }
    expect([0xFA, 0x12, 0x00], "a large number of a field, and an empty text") { $0.append(.large, "") }
    expect([0x0D, 0, 0, 0xC0, 0x3F], "a Float") { $0.append(.first, Float(1.5)) }
    expect([0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F], "a Double") { $0.append(.first, 1.5) }
    expect([0x0A, 8, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0x80], "packed Floats") {
      $0.append(.first, packed: [Float(1.5), -0.0])
    }
    expect([0x0A, 8, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F], "packed Doubles") { $0.append(.first, packed: [1.5]) }
  }

  @Test func namesAreUnique() {
    var names = UniqueNames()
    let got = ["a", "a_2", "a", "a", "b"].map { names.take($0) }
    #expect(got == ["a", "a_2", "a_3", "a_4", "b"])
  }
}
