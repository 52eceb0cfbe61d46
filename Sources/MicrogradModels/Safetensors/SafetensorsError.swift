import MicrogradRequirement

/// A mistake in the bytes of a safetensors file.
public enum SafetensorsError: Error, Sendable, Equatable {
  /// There are not even the eight bytes that every file begins with.
  case tooShort(byteCount: Int)
  /// The length of the header is greater than the format allows.
  case headerTooLong(UInt64)
  /// The file ends within the header.
  case headerCutOff(length: Int, available: Int)
  /// The header is not what the format asks for.
  case malformedHeader(String)
  /// The header's description of a tensor is not what the format asks for.
  case malformedTensor(name: String, problem: String)
  /// The numbers of a tensor have a format that is not read.
  case unsupportedType(String, tensor: String)
  /// The bytes of a tensor are more or fewer than its shape and the format of its numbers say.
  case wrongSize(tensor: String, found: Int, expected: Int)
  /// The bytes of a tensor do not begin where those before it end, but leave a gap or overlap with them.
  case misplaced(tensor: String, found: Int, expected: Int)
  /// The bytes after the header are more or fewer than those of all tensors.
  case wrongLength(found: Int, expected: Int)
}

extension SafetensorsError: CustomStringConvertible {
  /// The mistake, and what it means for the file.
  public var description: String {
    switch self {
    case .tooShort(let count):
      "a safetensors file begins with eight bytes, and this one has \(counted(count, "byte")); it is another file, or cut off"
    case .headerTooLong(let length):
      "its header would have \(length) bytes, more than a safetensors file may have; it is another file, or damaged"
    case .headerCutOff(let length, let available):
      "its header has \(counted(length, "byte")), of which there are \(available.grouped(by: ",")); it is cut off, or another file"
    case .malformedHeader(let problem): "its header is wrong: \(problem)"
    case .malformedTensor(let name, let problem): "the tensor \(quoted(name)) is described wrongly: \(problem)"
    case .unsupportedType(let type, let name):
      "the tensor \(quoted(name)) has numbers of the type \(quoted(type)); convert them to one of \(Self.types)"
    case .wrongSize(let name, let found, let expected):
      "the tensor \(quoted(name)) has \(counted(found, "byte")), but its shape and type ask for \(expected.grouped(by: ","))"
    case .misplaced(let name, let found, let expected):
      "the tensor \(quoted(name)) begins at byte \(found), but the tensors before it end at byte \(expected)"
    case .wrongLength(let found, let expected):
      "its tensors have \(counted(expected, "byte")), but \(found.grouped(by: ",")) follow the header; "
        + (found < expected ? "it is cut off" : "something else follows them")
    }
  }

  private static var types: String { ElementType.allCases.map { $0.rawValue }.joined(separator: ", ") }
}
