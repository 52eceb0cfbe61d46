/// Bytes as text for an HTML page or a JSON string, without letters that either would have to escape. Two letters of 91 hold
/// 13 bits: a quarter more than the bytes, where base64 takes a third. The page reads it back by unpack.js.
package enum PackedText {
  /// The printable letters of ASCII but `"`, `&`, `<` and `\`.
  private static let letters = (UInt8(ascii: " ")...UInt8(ascii: "~")).filter { !Array("\"&<\\".utf8).contains($0) }

  /// Returns the text.
  ///
  /// - Complexity: O(n).
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = [], bits = 0, count = 0
    func write() {
      let pair = bits & 0x1FFF
      text.append(letters[pair % letters.count])
      text.append(letters[pair / letters.count])
    }
    for byte in bytes {
      bits |= Int(byte) << count
      count += 8
      if count >= 13 {
        write()
        bits >>= 13
        count -= 13
      }
    }
    if count > 0 { write() }
    return String(decoding: text, as: UTF8.self)
  }
}
