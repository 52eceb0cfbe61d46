import MicrogradData
import MicrogradTestSupport
import Testing

@testable import MicrogradModels

/// Files in the safetensors format that are no models.
@Suite struct WrongModelTests {
  /// A part of the sample's description, what stands there instead, and the message.
  @Test(arguments: [
    (
      #"{"version":1,"#, "",
      "the description of the model is no JSON: line 1, column 11: expected the end of the document, found “:”"
    ),
    (#""version":1,"#, "", "the description of the model has no “version” here"),
    (#""version":1"#, #""version":"1""#, "version: expected a whole number"),
    (#""version":1"#, #""version":1.5"#, "version: expected a whole number"),
    (#""version":1"#, #""version":0"#, "version: there is no version 0; the first one is 1"),
    (
      #""version":1"#, #""version":2"#,
      "it has version 2 of the format, and this library reads up to 1; use a later version of the library"
    ),
    (#""features""#, #""columns""#, "the description of the model has no “features” here"),
    (#"{"name":"age","#, "{", "features[0]: the description of the model has no “name” here"),
    (#""name":"age""#, #""name":["age"]"#, "features[0].name: expected a string"),
    (#""name":"age""#, #""name":"sex""#, #"features[1].name: there are two columns "sex""#),
    (#""name":"age""#, #""name":"survived""#, #"features[0].name: there are two columns "survived""#),
    (
      #""encoding":"standardized""#, #""encoding":"scaled""#,
      #"features[0].encoding: "scaled" is no encoding of a feature; expected standardized or oneHot"#
    ),
    (
      #""encoding":"oneHot""#, #""encoding":"classes""#,
      #"features[1].encoding: "classes" is no encoding of a feature; expected standardized or oneHot"#
    ),
    (#""mean":29.7,"#, "", "features[0]: the description of the model has no “mean” here"),
    (#""mean":29.7"#, #""mean":"nan""#, "features[0].mean: expected a number"),
    (
      #""mean":29.7"#, #""mean":1e400"#,
      "the description of the model is no JSON: line 1, column 73: the number is too large; the largest is 1.79e308"
    ),
    (#""deviation":14.5"#, #""deviation":0"#, "features[0].deviation: a deviation is greater than 0"),
    (#""deviation":14.5"#, #""deviation":-0.0"#, "features[0].deviation: a deviation is greater than 0"),
    (#""deviation":14.5"#, #""deviation":-1"#, "features[0].deviation: a deviation is greater than 0"),
    (#""deviation":14.5"#, #""deviation":1e-999"#, "features[0].deviation: a deviation is greater than 0"),
    (#""deviation":14.5"#, #""deviation":"inf""#, "features[0].deviation: expected a number"),
    (#"["female","male"]"#, "{}", "features[1].categories: expected an array"),
    (#"["female","male"]"#, "[]", "features[1].categories: expected at least 1 element, found 0"),
    (#"["female","male"]"#, #"["female",1]"#, "features[1].categories[1]: expected a string"),
    (#"["female","male"]"#, #"["male","male"]"#, #"features[1].categories[1]: "male" is there twice"#),
    (
      #""encoding":"classes""#, #""encoding":"oneHot""#,
      #"target.encoding: "oneHot" is no encoding of a target; expected standardized or classes"#
    ),
    (#"["no","yes"]"#, "[]", "target.classes: expected at least 2 elements, found 0"),
    (#"["no","yes"]"#, #"["no"]"#, "target.classes: expected at least 2 elements, found 1"),
    (#"["no","yes"]"#, #"["no","no"]"#, #"target.classes[1]: "no" is there twice"#),
    (#"["no","yes"]"#, #"["no","yes","?"]"#, "layers.1.bias has the shape [1]; expected [3]"),
    (#"["female","male"]"#, #"["x","female","male"]"#, "layers.0.weight has the shape [2, 3]; expected [2, 4]"),
    (#"["female","male"]"#, #"["female"]"#, "layers.0.weight has the shape [2, 3]; expected [2, 2]"),
    (#",{"activation":"linear"}"#, "", "layers.0.bias has the shape [2]; expected [1]"),
    (
      #"{"activation":"linear"}"#, #"{"activation":"relu"},{"activation":"linear"}"#,
      "the tensor layers.2.bias is missing"
    ),
    (#"{"activation":"linear"}"#, "5", "layers[1]: the description of the model has no “activation” here"),
    (
      #""activation":"linear""#, #""activation":"swish""#,
      "layers[1].activation: there is no activation \"swish\"; known are linear, relu, tanh, sigmoid, gelu, silu, "
        + "softplus, softsign, logSigmoid, leakyReLU, elu"
    ),
    (#""constant":0.01"#, #""constant":null"#, "layers[0].constant: expected a number"),
    (#""constant":0.01"#, #""constant":"inf""#, "layers[0].constant: expected a number"),
  ]) func refusesWrongDescriptions(part: String, other: String, message: String) throws {
    #expect(sample.description.contains(part))
    let description = sample.description.replacing(part, with: other, maxReplacements: 1)
    let error = try #require(throws: ModelFileError.self) {
      try TabularModel(safetensors: sample.with(description: description))
    }
    #expect(error.description == message, "for \(description)")
  }

  @Test func refusesDescriptionsThatAreNoObjects() throws {
    for description in ["[]", "1", "null"] {
      let error = try #require(throws: ModelFileError.self) {
        try TabularModel(safetensors: sample.with(description: description))
      }
      #expect(
        error.reason
          == .malformedDescription(place: "", problem: "the description of the model has no “version” here"))
    }
    let layers = sample.description.replacing(#/"layers":.*\]/#, with: #""layers":[]"#)
    let error = try #require(throws: ModelFileError.self) {
      try TabularModel(safetensors: sample.with(description: layers))
    }
    #expect(error.description == "layers: expected at least 1 element, found 0")
  }

  @Test func refusesFilesOfOtherSoftware() throws {
    let file = Safetensors(tensors: try Safetensors(sample.safetensors()).tensors, metadata: ["format": "pt"])
    #expect(throws: ModelFileError(.noDescription)) { try TabularModel(safetensors: file.bytes()) }
    #expect(throws: ModelFileError(.malformedFile(.tooShort(byteCount: 0)))) { try TabularModel(safetensors: []) }
  }

  /// Changed tensors of the sample, and the mistake.
  @Test(
    arguments: [
      ("layers.0.weight", nil, .missingTensor("layers.0.weight")),
      ("layers.1.bias", nil, .missingTensor("layers.1.bias")),
      ("layers.2.weight", [1, 1], .unexpectedTensor("layers.2.weight")), ("x", [], .unexpectedTensor("x")),
      ("layers.0.weight", [3, 2], .wrongShape(tensor: "layers.0.weight", found: [3, 2], expected: "[2, 3]")),
      ("layers.0.weight", [6], .wrongShape(tensor: "layers.0.weight", found: [6], expected: "[2, 3]")),
      ("layers.0.weight", [2, 3, 1], .wrongShape(tensor: "layers.0.weight", found: [2, 3, 1], expected: "[2, 3]")),
      ("layers.0.bias", [3], .wrongShape(tensor: "layers.0.weight", found: [2, 3], expected: "[3, 3]")),
      (
        "layers.0.bias", [0],
        .wrongShape(tensor: "layers.0.bias", found: [0], expected: "one axis, with at least one number")
      ),
      (
        "layers.0.bias", [2, 1],
        .wrongShape(tensor: "layers.0.bias", found: [2, 1], expected: "one axis, with at least one number")
      ),
      ("layers.1.bias", [], .wrongShape(tensor: "layers.1.bias", found: [], expected: "[1]")),
      // No bytes, and more rows than memory could hold.
      (
        "layers.0.weight", [1 << 40, 0],
        .wrongShape(tensor: "layers.0.weight", found: [1 << 40, 0], expected: "[2, 3]")
      ),
      (
        "layers.0.bias", [1 << 40, 0],
        .wrongShape(tensor: "layers.0.bias", found: [1 << 40, 0], expected: "one axis, with at least one number")
      ),
    ] as [(String, [Int]?, ModelFileError.Reason)])
  func refusesWrongTensors(name: String, shape: [Int]?, reason: ModelFileError.Reason) throws {
    let file = try Safetensors(sample.safetensors())
    var tensors = file.tensors.filter { $0.name != name }
    if let shape {
      tensors.append(.init(name: name, shape: shape, numbers: Array(repeating: 0, count: shape.reduce(1, *))))
    }
    let bytes = Safetensors(tensors: tensors, metadata: file.metadata).bytes()
    #expect(throws: ModelFileError(reason), "\(name)") { try TabularModel(safetensors: bytes) }
  }

  @Test func refusesNumbersThatAreNotFinite() throws {
    for (number, name) in [
      (Double.nan, "layers.0.bias"), (.infinity, "layers.1.weight"), (-.infinity, "layers.1.bias"),
    ] {
      let file = try Safetensors(sample.safetensors())
      let tensors = file.tensors.map {
        $0.name == name ? .init(name: name, shape: $0.shape, numbers: [number] + $0.numbers.dropFirst()) : $0
      }
      let bytes = Safetensors(tensors: tensors, metadata: file.metadata).bytes()
      #expect(throws: ModelFileError(.notFinite(tensor: name))) { try TabularModel(safetensors: bytes) }
    }
  }

  /// A model file with some bytes changed, in the file or in the description alone, is read, or refused with an error;
  /// what was read is written and read again.
  @Test func readsOrRefusesWhatHasChanged() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed), readCount = 0
    for round in 0..<5000 {
      let model = TabularModel.random(using: &generator)
      let bytes = round % 2 == 0 ? model.mutated(using: &generator) : model.mutatedInDescription(using: &generator)
      guard let read = try? TabularModel(safetensors: bytes) else { continue }
      readCount += 1
      let again = try TabularModel(safetensors: read.safetensors())
      #expect(again.safetensors() == read.safetensors(), "seed \(seed), round \(round)")
    }
    #expect((1..<5000).contains(readCount), "seed \(seed): all were read, or none")
  }
}

extension TabularModel {
  fileprivate func mutated(using generator: inout SplitMix) -> [UInt8] {
    var bytes = safetensors()
    for _ in 0..<Int.random(in: 1...3, using: &generator) { bytes.mutate(using: &generator) }
    return bytes
  }

  fileprivate func mutatedInDescription(using generator: inout SplitMix) -> [UInt8] {
    var text = Array(description.utf8)
    text.mutate(using: &generator)
    return with(description: String(decoding: text, as: UTF8.self))
  }
}
