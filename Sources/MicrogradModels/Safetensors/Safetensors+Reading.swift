internal import MicrogradJSON

extension Safetensors {
  /// Reads the content of a file.
  ///
  /// - Throws: ``SafetensorsError`` for whatever the format does not allow: a header that is longer than the file or not
  ///   the JSON that the format asks for, names that come twice, tensors whose bytes overlap, leave gaps or are not as many
  ///   as the shape says. Tensors of other numbers than F64, F32, F16 and BF16 are refused, too.
  /// - Complexity: O(n) in time and memory, and O(m log m) for m tensors.
  public init(_ bytes: [UInt8]) throws(SafetensorsError) {
    let dataStart = try Self.dataStart(of: bytes)
    let header = try Self.header(of: bytes[8..<dataStart])
    var metadata: [String: String] = [:], places: [TensorPlace] = []
    for (name, value) in header {
      if name == Self.metadataName {
        metadata = try Self.metadata(value)
      } else {
        places.append(try TensorPlace(name: name, value))
      }
    }
    places.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    let data = bytes[dataStart...]
    try Self.check(places, fill: data.count)
    self.init(tensors: places.map { $0.tensor(of: data) }, metadata: metadata)
  }

  /// Returns where the header ends.
  private static func dataStart(of bytes: [UInt8]) throws(SafetensorsError) -> Int {
    if bytes.count < 8 { throw .tooShort(byteCount: bytes.count) }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if length > headerLimit { throw .headerTooLong(length) }
    if length > bytes.count - 8 { throw .headerCutOff(length: Int(length), available: bytes.count - 8) }
    return 8 + Int(length)
  }

  private static func header(of bytes: ArraySlice<UInt8>) throws(SafetensorsError) -> [(String, JSON)] {
    if bytes.first != UInt8(ascii: "{") { throw .malformedHeader("it does not begin with “{”") }
    do {
      return try JSON(parsing: Array(bytes)).object ?? []
    } catch {
      throw .malformedHeader("\(error)")
    }
  }

  private static func metadata(_ value: JSON) throws(SafetensorsError) -> [String: String] {
    var metadata: [String: String] = [:]
    guard let members = value.object else { throw .malformedHeader("\(metadataName) is no object") }
    for (name, value) in members {
      guard let text = value.text else { throw .malformedHeader("a member of \(metadataName) is no string") }
      metadata[name] = text
    }
    return metadata
  }

  /// Checks that the tensors, which are in the order of their bytes, fill the data without gaps.
  private static func check(_ places: [TensorPlace], fill length: Int) throws(SafetensorsError) {
    var end = 0
    for place in places {
      if place.begin != end { throw .misplaced(tensor: place.name, found: place.begin, expected: end) }
      end = place.end
    }
    if end != length { throw .wrongLength(found: length, expected: end) }
  }
}

/// A tensor as the header describes it.
private struct TensorPlace {
  let name: String
  let shape: [Int]
  let type: ElementType
  /// The first of its bytes, and the one after the last, counted from the end of the header.
  let begin, end: Int

  init(name: String, _ value: JSON) throws(SafetensorsError) {
    guard let typeName = value["dtype"]?.text else {
      throw .malformedTensor(name: name, problem: "it has no “dtype”, a string")
    }
    guard let type = ElementType(rawValue: typeName) else { throw .unsupportedType(typeName, tensor: name) }
    self.name = name
    self.type = type
    shape = try Self.counts(value["shape"], name: "shape", of: name)
    let offsets = try Self.counts(value["data_offsets"], name: "data_offsets", of: name)
    if offsets.count != 2 || offsets[0] > offsets[1] {
      throw .malformedTensor(name: name, problem: "“data_offsets” are two numbers, the smaller one first")
    }
    (begin, end) = (offsets[0], offsets[1])
    try checkSize()
  }

  /// Returns numbers of the header that count something.
  private static func counts(_ value: JSON?, name: String, of tensor: String) throws(SafetensorsError) -> [Int] {
    let counts = value?.array?.map { $0.integer ?? -1 }
    guard let counts, counts.allSatisfy({ $0 >= 0 }) else {
      throw .malformedTensor(name: tensor, problem: "it has no “\(name)”, an array of whole numbers from 0")
    }
    return counts
  }

  private func checkSize() throws(SafetensorsError) {
    guard let count = Safetensors.Tensor.count(shape),
      case let (size, false) = count.multipliedReportingOverflow(by: type.size)
    else { throw .malformedTensor(name: name, problem: "its shape is too large") }
    if end - begin != size { throw .wrongSize(tensor: name, found: end - begin, expected: size) }
  }

  func tensor(of data: ArraySlice<UInt8>) -> Safetensors.Tensor {
    let bytes = data[(data.startIndex + begin)..<(data.startIndex + end)]
    return Safetensors.Tensor(name: name, shape: shape, numbers: type.numbers(in: bytes))
  }
}
