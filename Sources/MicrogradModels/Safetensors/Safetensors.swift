internal import MicrogradJSON
import MicrogradRequirement

/// Arrays of numbers with names, and texts that describe them: the content of a safetensors file.
///
///     let file = Safetensors(tensors: [.init(name: "bias", shape: [2], numbers: [0.5, -1])])
///     try Safetensors(file.bytes()) == file
///
/// Numbers are written as 64-bit ones (F64). Files of 32-bit and 16-bit ones (F32, F16 and BF16) are read too. Numbers may
/// be infinite or not a number.
///
/// Source: [safetensors](https://github.com/huggingface/safetensors), the format of Hugging Face.
public struct Safetensors: Sendable, Equatable {
  /// An array of numbers of any rank, with a name.
  public struct Tensor: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The size of each axis; none for a single number.
    public let shape: [Int]
    /// The numbers, those of the last axis next to each other.
    public let numbers: [Double]

    /// Creates a tensor.
    ///
    /// - Precondition: There are as many numbers as the shape says; the name is not `__metadata__`, which the format keeps
    ///   for itself.
    public init(name: String, shape: [Int], numbers: [Double]) {
      require(
        shape.allSatisfy { $0 >= 0 } && Self.count(shape) == numbers.count,
        "a tensor of the shape \(shape) cannot hold \(counted(numbers.count, "number"))")
      require(name != Safetensors.metadataName, "a tensor cannot have the name \(name)")
      self.name = name
      self.shape = shape
      self.numbers = numbers
    }

    /// Returns the count of numbers in a shape; nil if an `Int` cannot hold it.
    static func count(_ shape: [Int]) -> Int? {
      shape.reduce(1) { count, size in
        guard let count, case let (product, false) = count.multipliedReportingOverflow(by: size) else { return nil }
        return product
      }
    }
  }

  /// The tensors. In a file, and when read from one, they are in the order of their numbers.
  public let tensors: [Tensor]
  /// The texts that describe them, by name.
  public let metadata: [String: String]

  /// Creates the content of a file.
  ///
  /// - Precondition: The names of the tensors differ.
  public init(tensors: [Tensor], metadata: [String: String] = [:]) {
    require(Set(tensors.map { $0.name }).count == tensors.count, "two tensors have the same name")
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The member of the header that is no tensor.
  static let metadataName = "__metadata__"
  /// The largest header that the format allows, in bytes.
  static let headerLimit = 100_000_000
}

// MARK: - Writing

extension Safetensors {
  /// Returns the content of a file: the tensors in the order of their names, the numbers at multiples of 8 bytes.
  ///
  /// - Complexity: O(n log n) for n tensors, and O(m) for m numbers.
  public func bytes() -> [UInt8] {
    let ordered = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let header = paddedHeader(of: ordered)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + 8 * tensors.reduce(0) { $0 + $1.numbers.count })
    bytes.append(littleEndian: UInt64(header.count))
    bytes += header
    for tensor in ordered {
      for number in tensor.numbers { bytes.append(littleEndian: number.bitPattern) }
    }
    return bytes
  }

  /// Returns the header, filled up with spaces.
  private func paddedHeader(of tensors: [Tensor]) -> [UInt8] {
    var members: [(String, JSON)] = [], end = 0
    if !metadata.isEmpty { members.append((Self.metadataName, .sorted(metadata.mapValues { .text($0) }))) }
    for tensor in tensors {
      let begin = end
      end += 8 * tensor.numbers.count
      members.append(
        (
          tensor.name,
          .object([
            ("dtype", .text(ElementType.double.rawValue)), ("shape", .integers(tensor.shape)),
            ("data_offsets", .integers([begin, end])),
          ])
        ))
    }
    let header = Array(JSON.object(members).description.utf8)
    return header + [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: UInt64) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
