import Foundation
import MicrogradData
import MicrogradModels
import MicrogradTestSupport
import Testing

@Suite struct SafetensorsTests {
  @Test func filesAreWrittenThroughLinks() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "safetensors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = Safetensors(tensors: [.init(name: "a", shape: [1], numbers: [2.5])])
    let target = folder.appending(path: "target"), link = folder.appending(path: "link")
    try Data().write(to: target)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    try file.write(to: link.path)
    #expect(try [UInt8](Data(contentsOf: target)) == file.bytes())
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == target.path)
    #expect(throws: FileError.self) { try file.write(to: folder.path) }
  }

  /// The bytes of the package safetensors 0.8.0 for the same arrays, from `safetensors.numpy.save`.
  @Test func bytesAreThoseOfTheOfficialPackage() throws {
    let file = Safetensors(
      tensors: [
        .init(name: "weight", shape: [1, 3], numbers: [0.5, -1, 2]), .init(name: "bias", shape: [1], numbers: [0.1]),
        .init(name: "scalar", shape: [], numbers: [-0.0]), .init(name: "none", shape: [0, 3], numbers: []),
      ], metadata: ["format": "x y"])
    let header =
      #"{"__metadata__":{"format":"x y"},"bias":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"#
      + #""none":{"dtype":"F64","shape":[0,3],"data_offsets":[8,8]},"#
      + #""scalar":{"dtype":"F64","shape":[],"data_offsets":[8,16]},"#
      + #""weight":{"dtype":"F64","shape":[1,3],"data_offsets":[16,40]}}     "#
    let numbers: [UInt8] = [
      0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F,
      0, 0, 0, 0, 0, 0, 0xF0, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0x40,
    ]
    let expected = [0x10, 1, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + numbers
    #expect(file.bytes() == expected)
    let read = try Safetensors(expected)
    #expect(read.tensors.map(\.name) == ["bias", "none", "scalar", "weight"])
    #expect(read.metadata == file.metadata)
    #expect(read.bytes() == expected)
    #expect(Safetensors(tensors: []).bytes() == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try Safetensors(Array(Safetensors(tensors: []).bytes())) == Safetensors(tensors: []))
  }

  /// The bytes of the package for arrays of 32 and 16 bits, and the numbers that it reads from them.
  @Test func readsNumbersOfFewerBits() throws {
    let header =
      #"{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[3],"data_offsets":[8,20]},"#
      + #""h":{"dtype":"F16","shape":[8],"data_offsets":[20,36]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[36,40]}}"#
    let numbers: [UInt8] = [
      0x9C, 0x75, 0x00, 0x88, 0x3C, 0xE4, 0x37, 0x7E, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0xFF, 0xFF, 0x7F, 0x7F,
      0x00, 0x3C, 0x66, 0x2E, 0x00, 0x80, 0x01, 0x00, 0x00, 0x7C, 0x01, 0x7E, 0xFF, 0x7B, 0xFF, 0x03,
      0x80, 0xBF, 0x80, 0x7F,
    ]
    let file = try Safetensors(bytes(header, numbers))
    let found = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.numbers) })
    #expect(found["d"] == [1e300])
    #expect(found["a"] == [1.5, -2, Double(Float.greatestFiniteMagnitude)])
    #expect(found["b"] == [-1, .infinity])
    let halves: [Double] = [1, 0.0999755859375, -0.0, 0x1p-24, .infinity, .nan, 65504, 1023 * 0x1p-24]
    #expect(found["h"]?.map(\.description) == halves.map(\.description))
  }

  @Test func readsWhatIsWritten() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for round in 0..<200 {
      let file = Safetensors.random(using: &generator), read = try Safetensors(file.bytes())
      let expected = file.tensors.sorted { $0.name < $1.name }, got = read.tensors.sorted { $0.name < $1.name }
      #expect(got.map(\.name) == expected.map(\.name), "seed \(seed), round \(round)")
      #expect(got.map(\.shape) == expected.map(\.shape), "seed \(seed), round \(round)")
      #expect(
        got.map { $0.numbers.map(\.bitPattern) } == expected.map { $0.numbers.map(\.bitPattern) },
        "seed \(seed), round \(round)")
      #expect(read.metadata == file.metadata, "seed \(seed), round \(round)")
    }
  }

  @Test func readsSpaceAroundTheHeaderAndTensorsInAnyOrder() throws {
    let header =
      #"{ "b" : {"data_offsets":[8,16], "shape":[1], "dtype":"F64"}, "a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#
    let file = try Safetensors(bytes(header + " \n\t ", [UInt8](repeating: 0, count: 16)))
    #expect(file.tensors.map(\.name) == ["a", "b"])
  }
}

// MARK: - Hostile files

extension SafetensorsTests {
  @Test func refusesBytesThatHaveNoHeader() throws {
    for count in 0..<8 { try expectError(.tooShort(byteCount: count), for: [UInt8](repeating: 0, count: count)) }
    try expectError(.malformedHeader("it does not begin with “{”"), for: [UInt8](repeating: 0, count: 8))
    let huge = UInt64.max
    try expectError(.headerTooLong(huge), for: [UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8))
    try expectError(.headerTooLong(100_000_001), for: [0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0] + Array("{}".utf8))
    try expectError(
      .headerCutOff(length: 100_000_000, available: 2), for: [0, 0xE1, 0xF5, 0x05, 0, 0, 0, 0] + Array("{}".utf8))
    try expectError(.headerCutOff(length: 3, available: 2), for: [3, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8))
    let csv = Array("age,sex,survived\n22,male,0\n".utf8)
    try expectError(.headerTooLong(0x2C78_6573_2C65_6761), for: csv)
  }

  /// A header, and its mistake.
  @Test(arguments: [
    ("", "it does not begin with “{”"), ("[]", "it does not begin with “{”"), (" {}", "it does not begin with “{”"),
    ("{", "line 1, column 2: expected the name of a member, in quotes, found the end of the text"),
    ("{}\0", "line 1, column 3: expected the end of the document, found the byte 0x0"),
    (#"{"__metadata__":[]}"#, "__metadata__ is no object"),
    (#"{"__metadata__":null}"#, "__metadata__ is no object"),
    (#"{"__metadata__":{"a":1}}"#, "a member of __metadata__ is no string"),
    (#"{"__metadata__":{"a":"","a":""}}"#, "line 1, column 25: the object has two members of this name"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, "line 1, column 20: the object has two members of this name"),
    (
      #"{"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}"#,
      "line 1, column 55: the object has two members of this name"
    ),
    (
      #"{"a":{"dtype":"F64","shape":[1e999],"data_offsets":[0,0]}}"#,
      "line 1, column 30: the number is too large; the largest is 1.79e308"
    ),
    (
      #"{"a":"# + String(repeating: "[", count: 100_000),
      "line 1, column 69: more than 64 arrays and objects stand in each other"
    ),
  ]) func refusesWrongHeaders(header: String, problem: String) throws {
    try expectError(.malformedHeader(problem), for: bytes(header))
  }

  @Test func refusesHeadersThatAreNoText() throws {
    try expectError(
      .malformedHeader("line 1, column 2: the string is not text in UTF-8"),
      for: [6, 0, 0, 0, 0, 0, 0, 0] + Array("{\"".utf8) + [0xC3, 0x28] + Array("\":".utf8))
  }

  /// The description of a tensor in a header, and the mistake.
  @Test(arguments: [
    (#"5"#, "it has no “dtype”, a string"),
    (#"{"dtype":64,"shape":[1],"data_offsets":[0,8]}"#, "it has no “dtype”, a string"),
    (#"{"dtype":"F64","data_offsets":[0,8]}"#, "it has no “shape”, an array of whole numbers from 0"),
    (#"{"dtype":"F64","shape":1,"data_offsets":[0,8]}"#, "it has no “shape”, an array of whole numbers from 0"),
    (#"{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}"#, "it has no “shape”, an array of whole numbers from 0"),
    (#"{"dtype":"F64","shape":[1.0],"data_offsets":[0,8]}"#, "it has no “shape”, an array of whole numbers from 0"),
    (#"{"dtype":"F64","shape":["1"],"data_offsets":[0,8]}"#, "it has no “shape”, an array of whole numbers from 0"),
    (
      #"{"dtype":"F64","shape":[9223372036854775808],"data_offsets":[0,8]}"#,
      "it has no “shape”, an array of whole numbers from 0"
    ),
    (#"{"dtype":"F64","shape":[9223372036854775807,2],"data_offsets":[0,8]}"#, "its shape is too large"),
    (#"{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}"#, "its shape is too large"),
    (#"{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}"#, "its shape is too large"),
    (#"{"dtype":"F64","shape":[1]}"#, "it has no “data_offsets”, an array of whole numbers from 0"),
    (
      #"{"dtype":"F64","shape":[1],"data_offsets":[-8,0]}"#,
      "it has no “data_offsets”, an array of whole numbers from 0"
    ),
    (
      #"{"dtype":"F64","shape":[1],"data_offsets":[0,8.5]}"#,
      "it has no “data_offsets”, an array of whole numbers from 0"
    ),
    (
      #"{"dtype":"F64","shape":[1],"data_offsets":[0,18446744073709551624]}"#,
      "it has no “data_offsets”, an array of whole numbers from 0"
    ),
    (#"{"dtype":"F64","shape":[1],"data_offsets":[0]}"#, "“data_offsets” are two numbers, the smaller one first"),
    (#"{"dtype":"F64","shape":[1],"data_offsets":[0,8,8]}"#, "“data_offsets” are two numbers, the smaller one first"),
    (#"{"dtype":"F64","shape":[1],"data_offsets":[8,0]}"#, "“data_offsets” are two numbers, the smaller one first"),
  ]) func refusesWrongTensors(tensor: String, problem: String) throws {
    try expectError(
      .malformedTensor(name: "a", problem: problem), for: bytes(#"{"a":\#(tensor)}"#, [UInt8](repeating: 0, count: 8))
    )
  }

  @Test func refusesNumbersOfOtherTypes() throws {
    for type in ["I64", "f64", "F8_E4M3", ""] {
      let header = #"{"a":{"dtype":"\#(type)","shape":[0],"data_offsets":[0,0]}}"#
      try expectError(.unsupportedType(type, tensor: "a"), for: bytes(header))
    }
    let error = SafetensorsError.unsupportedType("I64", tensor: "a")
    #expect(
      error.description
        == #"the tensor "a" has numbers of the type "I64"; convert them to one of F64, F32, F16, BF16"#)
  }

  /// The byte ranges of tensors of 8, 16 and 24 bytes in data of a given number of bytes, and the mistake.
  @Test(
    arguments: [
      ([(0, 8), (16, 24)], 24, .misplaced(tensor: "b", found: 16, expected: 8)),
      ([(8, 16)], 16, .misplaced(tensor: "a", found: 8, expected: 0)),
      ([(0, 16), (8, 24)], 24, .misplaced(tensor: "b", found: 8, expected: 16)),
      ([(0, 8), (0, 8)], 8, .misplaced(tensor: "b", found: 0, expected: 8)),
      ([(0, 16), (8, 8)], 16, .misplaced(tensor: "b", found: 8, expected: 16)),
      ([(0, 8)], 16, .wrongLength(found: 16, expected: 8)), ([(0, 16)], 15, .wrongLength(found: 15, expected: 16)),
      ([], 1, .wrongLength(found: 1, expected: 0)),
      ([(0, Int.max - 7)], 8, .wrongLength(found: 8, expected: Int.max - 7)),
    ] as [([(Int, Int)], Int, SafetensorsError)])
  func refusesGapsAndOverlaps(ranges: [(Int, Int)], length: Int, error: SafetensorsError) throws {
    let members = zip("abc", ranges).map { name, range in
      #""\#(name)":{"dtype":"F64","shape":[\#((range.1 - range.0) / 8)],"data_offsets":[\#(range.0),\#(range.1)]}"#
    }
    let header = "{\(members.joined(separator: ","))}"
    try expectError(error, for: bytes(header, [UInt8](repeating: 0, count: length)))
  }

  @Test func refusesTensorsOfAnotherSize() throws {
    for (type, expected) in [("F64", 32), ("F32", 16), ("F16", 8), ("BF16", 8)] {
      let header = #"{"a":{"dtype":"\#(type)","shape":[2,2],"data_offsets":[0,24]}}"#
      try expectError(
        .wrongSize(tensor: "a", found: 24, expected: expected), for: bytes(header, [UInt8](repeating: 0, count: 24)))
    }
  }

  /// A file with some bytes changed is read, or refused with an error; what was read is written and read again.
  @Test func readsOrRefusesWhatHasChanged() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed), readCount = 0
    for round in 0..<5000 {
      var bytes = Safetensors.random(using: &generator).bytes()
      for _ in 0..<Int.random(in: 1...3, using: &generator) { bytes.mutate(using: &generator) }
      guard let file = try? Safetensors(bytes) else { continue }
      readCount += 1
      #expect(try Safetensors(file.bytes()).bytes() == file.bytes(), "seed \(seed), round \(round)")
    }
    #expect((1..<5000).contains(readCount), "seed \(seed): all were read, or none")
  }
}

// MARK: - Support

/// Returns the bytes of a file from its header and its numbers.
private func bytes(_ header: String, _ numbers: [UInt8] = []) -> [UInt8] {
  let length = UInt64(header.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + numbers
}

private func expectError(
  _ expected: SafetensorsError, for bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let got = try #require(throws: SafetensorsError.self, sourceLocation: sourceLocation) { try Safetensors(bytes) }
  #expect(
    got == expected, "for \(String(decoding: bytes.prefix(500), as: UTF8.self))", sourceLocation: sourceLocation)
}

extension Safetensors {
  fileprivate static func random(using generator: inout SplitMix) -> Safetensors {
    let tensors = (0..<Int.random(in: 0..<4, using: &generator)).map { index in
      let shape = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in Int.random(in: 0..<4, using: &generator) }
      let numbers = (0..<shape.reduce(1, *)).map { _ in Double(bitPattern: generator.next()) }
      return Tensor(
        name: ["é<\(index)", "layers.\(index)", "\(index)\"\n"].randomElement(using: &generator)!, shape: shape,
        numbers: numbers)
    }
    let metadata = ["format": "micrograd", "": "\u{0}\u{1F600}\"", "a": "{\"b\":[1]}"]
    return Safetensors(tensors: tensors, metadata: metadata.filter { _ in Bool.random(using: &generator) })
  }
}
