/// The formats of numbers in safetensors files that are read, under their names there.
enum ElementType: String, CaseIterable {
  case double = "F64"
  case float = "F32"
  /// 1 bit for the sign, 5 for the exponent and 10 for the fraction (IEEE 754).
  case half = "F16"
  /// The upper half of a `Float`.
  case brainFloat = "BF16"

  /// The count of bytes of a number.
  var size: Int {
    switch self {
    case .double: 8
    case .float: 4
    case .half, .brainFloat: 2
    }
  }

  /// Returns the numbers in little-endian bytes, whose count is a multiple of ``size``.
  func numbers(in bytes: ArraySlice<UInt8>) -> [Double] {
    bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: size).map { number(in: bytes, at: $0) }
    }
  }

  private func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
    switch self {
    case .double:
      Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    case .float:
      Double(Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))))
    case .half: Self.half(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    case .brainFloat:
      Double(
        Float(
          bitPattern: UInt32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))) << 16
        ))
    }
  }

  /// Returns the number of 16 bits. Not every platform has `Float16`.
  private static func half(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 0x1F), fraction = Double(bits & 0x3FF) / 1024
    let magnitude =
      switch exponent {
      case 0: fraction * 0x1p-14
      case 31: fraction == 0 ? Double.infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
      }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }
}
