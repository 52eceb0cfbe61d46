/// A message in the binary encoding of Protocol Buffers, whose fields are numbered by `Field`.
///
/// Only what the formats of this module need: there are no fixed-size, signed zigzag or group fields. The encoding is
/// described at https://protobuf.dev/programming-guides/encoding/.
struct ProtobufMessage<Field: RawRepresentable<Int>> {
  private(set) var bytes: [UInt8] = []

  init() {}

  /// How the bytes after a field's number are to be read.
  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  private mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(key field: Field, _ type: WireType) {
    append(varint: UInt64(field.rawValue) << 3 | type.rawValue)
  }

  private mutating func append<Integer: FixedWidthInteger>(littleEndian number: Integer) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

// MARK: - Fields

extension ProtobufMessage {
  /// Appends an integer, a Boolean or a case of an enumeration.
  mutating func append(_ field: Field, _ number: Int) {
    append(key: field, .varint)
    append(varint: UInt64(bitPattern: Int64(number)))
  }

  /// Appends a field of type `double`.
  mutating func append(_ field: Field, _ number: Double) {
    append(key: field, .fixed64)
    append(littleEndian: number.bitPattern)
  }

  /// Appends a field of type `float`.
  mutating func append(_ field: Field, _ number: Float) {
    append(key: field, .fixed32)
    append(littleEndian: number.bitPattern)
  }

  /// Appends a text.
  mutating func append(_ field: Field, _ text: String) {
    append(field, count: text.utf8.count) { $0.bytes.append(contentsOf: text.utf8) }
  }

  /// Appends an element for each of the texts.
  mutating func append(_ field: Field, _ texts: [String]) {
    for text in texts { append(field, text) }
  }

  /// Appends bytes, such as those of a message.
  mutating func append(_ field: Field, _ content: [UInt8]) {
    append(field, count: content.count) { $0.bytes.append(contentsOf: content) }
  }

  /// Appends a message.
  mutating func append<Other>(_ field: Field, _ message: ProtobufMessage<Other>) {
    append(field, message.bytes)
  }

  /// Appends integers in packed form.
  mutating func append(_ field: Field, packed numbers: [Int]) {
    var packed = ProtobufMessage()
    for number in numbers { packed.append(varint: UInt64(bitPattern: Int64(number))) }
    append(field, packed)
  }

  /// Appends numbers of type `double` in packed form.
  mutating func append(_ field: Field, packed numbers: [Double]) {
    append(field, count: 8 * numbers.count) { message in
      for number in numbers { message.append(littleEndian: number.bitPattern) }
    }
  }

  /// Appends numbers of type `float` in packed form.
  mutating func append(_ field: Field, packed numbers: [Float]) {
    append(field, count: 4 * numbers.count) { message in
      for number in numbers { message.append(littleEndian: number.bitPattern) }
    }
  }

  private mutating func append(_ field: Field, count: Int, _ content: (inout Self) -> Void) {
    append(key: field, .lengthDelimited)
    append(varint: UInt64(count))
    bytes.reserveCapacity(bytes.count + count)
    content(&self)
  }
}
