/// Numbers on the wire have their most significant byte first.
extension ArraySlice<UInt8> {
  /// Removes a number from the front. Returns `nil` if it is incomplete.
  mutating func readInteger<Number: FixedWidthInteger & UnsignedInteger>(as type: Number.Type) -> Number? {
    readBytes(Number.bitWidth / 8)?.reduce(0) { $0 << 8 | Number($1) }
  }

  /// Removes bytes from the front. Returns `nil` if there are fewer.
  mutating func readBytes(_ count: Int) -> [UInt8]? {
    guard self.count >= count else { return nil }
    defer { removeFirst(count) }
    return Array(prefix(count))
  }

  /// Removes text from the front. Returns `nil` if there is less.
  mutating func readString(_ count: Int) -> String? { readBytes(count).map { String(decoding: $0, as: UTF8.self) } }
}

extension [UInt8] {
  /// Appends a number.
  mutating func write(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
