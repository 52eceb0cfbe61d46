import MessageAuthentication

/// Signs messages, and checks their signatures.
///
/// Source: [Messaging in Jupyter](https://jupyter-client.readthedocs.io/en/stable/messaging.html), "The wire protocol":
/// HMAC with SHA-256 over the four parts of a message.
public struct Signer: Sendable {
  /// The state of the authentication code after the key.
  private let begun: HMAC?

  /// Creates a signer. Without a key, nothing is signed or checked.
  public init(key: String) { begun = key.isEmpty ? nil : HMAC(key: Array(key.utf8)) }

  /// The signature, in hexadecimal digits.
  func signature(of parts: some Sequence<[UInt8]>) -> [UInt8] {
    guard var code = begun else { return [] }
    for part in parts { code.update(part) }
    return code.finalize().flatMap { byte in
      let digits = String(byte, radix: 16)
      return Array((digits.count == 1 ? "0" + digits : digits).utf8)
    }
  }

  /// Returns whether a signature is right. A wrong one takes as long, so that it cannot be guessed bit by bit.
  func isValid(_ signature: [UInt8], of parts: some Sequence<[UInt8]>) -> Bool {
    let expected = self.signature(of: parts)
    return signature.count == expected.count && zip(signature, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
