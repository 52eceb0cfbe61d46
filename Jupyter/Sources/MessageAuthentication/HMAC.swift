/// A code that only someone who has the key can compute: HMAC with SHA-256.
///
/// Source: [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104).
public struct HMAC: Sendable {
  private var inner = SHA256()
  private var outer = SHA256()

  /// Begins a code.
  public init(key: [UInt8]) {
    var key = key
    if key.count > SHA256.blockSize {
      var hash = SHA256()
      hash.update(key)
      key = hash.finalize()
    }
    key += [UInt8](repeating: 0, count: SHA256.blockSize - key.count)
    inner.update(key.map { $0 ^ 0x36 })
    outer.update(key.map { $0 ^ 0x5c })
  }

  /// Adds bytes to the message.
  public mutating func update(_ bytes: [UInt8]) { inner.update(bytes) }

  /// Returns the code, 32 bytes, of all that has been added.
  public consuming func finalize() -> [UInt8] {
    outer.update(inner.finalize())
    return outer.finalize()
  }
}
