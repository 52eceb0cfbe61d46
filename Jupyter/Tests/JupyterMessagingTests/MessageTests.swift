import JSONValue
import Testing

@testable import JupyterMessaging

@Suite struct MessageTests {
  private let signer = Signer(key: "key")
  private func parts(_ signer: Signer) -> [[UInt8]] {
    var message = Message("execute_request", ["code": "1"], to: nil, session: "s")
    message.identities = [[1, 2]]
    return message.parts(signer: signer)
  }

  /// Source: RFC 4231, test case 2, whose data are here in four parts.
  @Test func signatureOfTheStandard() {
    let data = ["what do ya ", "want ", "for nothing", "?"].map { Array($0.utf8) }
    #expect(
      String(decoding: Signer(key: "Jefe").signature(of: data), as: UTF8.self)
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func messagesComeBack() throws {
    let message = try #require(Message(parts: parts(signer), signer: signer))
    #expect(message.type == "execute_request")
    #expect(message.content == ["code": "1"])
    #expect(message.identities == [[1, 2]])
    #expect(message.header["version"] == "5.4")
  }

  @Test func otherSignaturesAreRefused() {
    #expect(Message(parts: parts(Signer(key: "other")), signer: signer) == nil)
    #expect(Message(parts: parts(Signer(key: "")), signer: signer) == nil)
    for index in 2..<7 {
      var changed = parts(signer)
      changed[index][0] ^= 1
      #expect(Message(parts: changed, signer: signer) == nil, "part \(index)")
    }
  }

  @Test func whatIsNoMessageIsRefused() {
    #expect(Message(parts: [], signer: signer) == nil)
    #expect(Message(parts: Array(parts(signer).dropLast()), signer: signer) == nil)
    let bad = [Array("{".utf8), Array("{}".utf8), Array("{}".utf8), Array("{}".utf8)]
    let delimiter = Array("<IDS|MSG>".utf8)
    #expect(Message(parts: [delimiter, signer.signature(of: bad)] + bad, signer: signer) == nil)
  }

  @Test func answersNameTheirQuestion() throws {
    let question = try #require(Message(parts: parts(signer), signer: signer))
    let answer = Message("execute_reply", [:], to: question, session: "s")
    #expect(answer.parent == question.header)
    #expect(answer.identities == question.identities)
  }
}

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "-3", "2.5", "\"é\\\"\\n\"", "[1,[],{}]", "{\"a\":{\"b\":[null]},\"c\":\"d\"}",
  ])
  func valuesComeBack(text: String) throws {
    let value = try JSON(parsing: text.utf8)
    #expect(try JSON(parsing: value.bytes) == value)
  }
}
