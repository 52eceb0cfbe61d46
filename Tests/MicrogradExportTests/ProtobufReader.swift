/// A message in the binary encoding of Protocol Buffers, as fields in their order.
///
/// It traps on anything that is not a message, which fails the test.
struct ProtobufReader {
  enum Value {
    case integer(Int)
    /// The bits of a number of 4 or 8 bytes.
    case bits(UInt64)
    case bytes([UInt8])
  }

  let fields: [(number: Int, value: Value)]

  init(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...], fields: [(Int, Value)] = []
    while !rest.isEmpty {
      let key = Self.varint(&rest), number = key >> 3
      switch key & 7 {
      case 0: fields.append((number, .integer(Self.varint(&rest))))
      case 1: fields.append((number, .bits(Self.littleEndian(&rest, 8))))
      case 2: fields.append((number, .bytes(Self.bytes(&rest, Self.varint(&rest)))))
      case 5: fields.append((number, .bits(Self.littleEndian(&rest, 4))))
      default: fatalError("wire type \(key & 7) of field \(number)")
      }
    }
    self.fields = fields
  }

  private static func bytes(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> [UInt8] {
    precondition(0...rest.count ~= count, "\(count) bytes of \(rest.count)")
    defer { rest.removeFirst(count) }
    return Array(rest.prefix(count))
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> Int {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      let byte = rest.removeFirst()
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: number) }
    }
    fatalError("an integer of more than ten bytes")
  }

  private static func littleEndian(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> UInt64 {
    bytes(&rest, count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

// MARK: - Fields by number

extension ProtobufReader {
  private func values<Field: RawRepresentable<Int>>(_ field: Field) -> [Value] {
    fields.filter { $0.number == field.rawValue }.map(\.value)
  }

  func bytes(_ field: some RawRepresentable<Int>) -> [[UInt8]] {
    values(field).compactMap { if case .bytes(let bytes) = $0 { bytes } else { nil } }
  }
  func messages(_ field: some RawRepresentable<Int>) -> [ProtobufReader] { bytes(field).map { ProtobufReader($0) } }
  func texts(_ field: some RawRepresentable<Int>) -> [String] {
    bytes(field).map { String(decoding: $0, as: UTF8.self) }
  }
  func integers(_ field: some RawRepresentable<Int>) -> [Int] {
    values(field).compactMap { if case .integer(let number) = $0 { number } else { nil } }
  }

  /// The only message of a field; an empty one if there is none.
  func message(_ field: some RawRepresentable<Int>) -> ProtobufReader { messages(field).first ?? ProtobufReader([]) }
  func text(_ field: some RawRepresentable<Int>) -> String { texts(field).first ?? "" }
  func integer(_ field: some RawRepresentable<Int>) -> Int { integers(field).first ?? 0 }

  func packedDoubles(_ field: some RawRepresentable<Int>) -> [Double] {
    packed(field, width: 8).map { Double(bitPattern: $0) }
  }
  func packedFloats(_ field: some RawRepresentable<Int>) -> [Float] {
    packed(field, width: 4).map { Float(bitPattern: UInt32($0)) }
  }
  private func packed(_ field: some RawRepresentable<Int>, width: Int) -> [UInt64] {
    let bytes = bytes(field).joined()
    return Array(bytes).chunked(width).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
  }
}

extension [UInt8] {
  fileprivate func chunked(_ width: Int) -> [ArraySlice<UInt8>] {
    precondition(count % width == 0, "\(count) bytes are no numbers of \(width) bytes")
    return stride(from: 0, to: count, by: width).map { self[$0..<$0 + width] }
  }
}
