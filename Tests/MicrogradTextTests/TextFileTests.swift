import Foundation
import MicrogradModels
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import MicrogradText
import Testing

@Suite struct TextFileTests {
  private func sample(layers: Int = 1) throws -> TextModel {
    var random = PythonRandom(seed: 3)
    return try TextModel(
      of: ["zoé \"", "\u{1F600}\t"], width: 4, heads: 2, layers: layers, context: 3, using: &random)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// The format stays: files that are written today can be read in years.
  @Test func bytesAreTheFormat() throws {
    let model = try sample(), file = try Safetensors(model.safetensors())
    let names = [
      "layer0.attn_wk", "layer0.attn_wo", "layer0.attn_wq", "layer0.attn_wv", "layer0.mlp_fc1", "layer0.mlp_fc2",
      "lm_head", "wpe", "wte",
    ]
    #expect(file.tensors.map(\.name).sorted() == names)
    let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) })
    #expect(shapes["wte"] == [8, 4] && shapes["wpe"] == [3, 4] && shapes["lm_head"] == [8, 4], "\(shapes)")
    #expect(shapes["layer0.mlp_fc1"] == [16, 4] && shapes["layer0.mlp_fc2"] == [4, 16], "\(shapes)")
    #expect(
      file.metadata["micrograd"]
        == #"{"version":1,"kind":"text","characters":"\u0009 \"ozé😀","width":4,"heads":2,"layers":1,"context":3}"#,
      "\(file.metadata)")
    let keys = try #require(file.tensors.first { $0.name == "layer0.attn_wk" })
    #expect(keys.numbers == model.network.blocks[0].attention.keys.parameters.map(\.data))
  }

  @Test func readsWhatIsWritten() throws {
    for layers in 1...3 {
      let model = try sample(layers: layers)
      model.network.parameters[0].data = 0.1 + 0.2
      try withFolder { folder in
        try model.write(to: "\(folder)/model.safetensors")
        let read = try TextModel(contentsOf: "\(folder)/model.safetensors")
        #expect(read.vocabulary == model.vocabulary && read.network.configuration == model.network.configuration)
        #expect(read.network.parameters.map(\.data) == model.network.parameters.map(\.data), "\(layers) layers")
      }
    }
  }

  /// A model that could not be read again is not written, and a file that is there stays.
  @Test func refusesToWriteWhatIsNotFinite() throws {
    let model = try sample()
    model.network.parameters[5].data = .nan
    try withFolder { folder in
      let path = "\(folder)/model.safetensors"
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: (any Error).self) { try model.write(to: path) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
  }

  @Test func wrongFilesAreErrorsThatSayWhatIsWrong() throws {
    let good = try sample().safetensors()
    func message(_ description: String, _ change: (inout [Safetensors.Tensor]) -> Void = { _ in }) throws -> String {
      let file = try Safetensors(good)
      var tensors = file.tensors
      change(&tensors)
      let bytes = Safetensors(tensors: tensors, metadata: ["micrograd": description]).bytes()
      let error = #expect(throws: ModelFileError.self, "\(description)") { try TextModel(safetensors: bytes) }
      return error.map { "\($0)" } ?? ""
    }
    func expect(_ got: String, _ expected: String) { #expect(got.contains(expected), "\(got)") }
    let right = try #require(Safetensors(good).metadata["micrograd"])
    expect(try message(right.replacing("\"width\":4", with: "\"width\":6")), "has the shape [8, 4]; expected [8, 6]")
    expect(try message(right.replacing("\"heads\":2", with: "\"heads\":3")), "cannot be divided among 3 heads")
    expect(try message(right.replacing("\"heads\":2", with: "\"heads\":0")), "heads is 0")
    expect(try message(right.replacing("\"layers\":1", with: "\"layers\":2")), "layer1.attn_wq is missing")
    expect(try message(right.replacing("\"layers\":1", with: "\"layers\":1e9")), "layers")
    expect(
      try message(right.replacing("\"layers\":1", with: "\"layers\":1000000000000")),
      "more than ten million parameters")
    expect(
      try message(right.replacing("\"context\":3", with: "\"context\":9223372036854775807")),
      "more than ten million parameters")
    expect(try message(right.replacing("ozé", with: "ozo")), "characters: expected different characters")
    expect(try message(right.replacing("\"context\":3,", with: "").replacing(",\"context\":3", with: "")), "context")
    expect(try message(right.replacing("\"text\"", with: "\"poem\"")), "\"poem\"")
    expect(try message(right.replacing("\"kind\":\"text\",", with: "")), "micrograd predict")
    expect(try message(right) { $0.removeFirst() }, "is missing")
    expect(
      try message(right) { tensors in
        let first = tensors[0], numbers = [.infinity] + first.numbers.dropFirst()
        tensors[0] = Safetensors.Tensor(name: first.name, shape: first.shape, numbers: numbers)
      }, "has a number that is not finite")
  }

  @Test func damagedFilesAreErrors() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed), refused = 0
    let good = try sample().safetensors()
    for round in 0..<2000 {
      var bytes = good
      for _ in 0...Int.random(in: 0..<3, using: &generator) { bytes.mutate(using: &generator) }
      do {
        let model = try TextModel(safetensors: bytes)
        #expect(model.network.parameters.allSatisfy { $0.data.isFinite }, "seed \(seed), round \(round)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500, "seed \(seed): only \(refused) of 2000 were refused")
  }
}
