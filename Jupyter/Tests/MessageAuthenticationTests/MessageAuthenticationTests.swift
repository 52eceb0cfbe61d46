import MessageAuthentication
import Testing

private func hash(_ pieces: [UInt8]...) -> [UInt8] {
  var hash = SHA256()
  for piece in pieces { hash.update(piece) }
  return hash.finalize()
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

@Suite struct SHA256Tests {
  /// Source: NIST, [Examples with intermediate values](https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values),
  /// and the SHA test vectors of its validation program.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func vectorsOfNIST(message: String, expected: String) {
    #expect(hexadecimal(hash(Array(message.utf8))) == expected, "\(message.prefix(120))")
  }

  /// Every way to end a block. The expected hash was computed with Python's `hashlib`.
  @Test func allLengthsUpTo200() {
    var all = SHA256()
    for count in 0...200 { all.update(hash((0..<count).map { UInt8($0) })) }
    #expect(hexadecimal(all.finalize()) == "64ef7c229fce2408b5336b6a542fea0e078c3a87d2da85cb3fc52e2008b65021")
  }

  @Test func piecesDoNotMatter() {
    let message = (0..<200).map { UInt8($0) }, expected = hash(message)
    for first in stride(from: 0, through: 200, by: 7) {
      for second in stride(from: first, through: 200, by: 9) {
        let got = hash(Array(message[..<first]), Array(message[first..<second]), Array(message[second...]))
        #expect(got == expected, "cut at \(first) and \(second)")
      }
    }
  }
}

@Suite struct HMACTests {
  /// Source: [RFC 4231](https://www.rfc-editor.org/rfc/rfc4231), all cases but the fifth, which is about shortened codes.
  @Test(arguments: [
    (
      1, [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      2, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      3, [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      4, Array(1...25), [UInt8](repeating: 0xcd, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      6, [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      7, [UInt8](repeating: 0xaa, count: 131),
      Array(
        """
        This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed \
        before being used by the HMAC algorithm.
        """.utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func casesOfTheStandard(number: Int, key: [UInt8], message: [UInt8], expected: String) {
    var code = HMAC(key: key)
    code.update(message)
    #expect(hexadecimal(code.finalize()) == expected, "case \(number)")
  }
}
