import Foundation
import MicrogradData
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradModels

/// Every test has a folder of its own, which goes with it.
final class ModelFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  // MARK: Writing and reading

  /// The format stays: files that are written today can be read in years.
  @Test func bytesAreTheFormat() throws {
    let file = try Safetensors(sample.safetensors())
    #expect(file.tensors.map(\.name) == ["layers.0.bias", "layers.0.weight", "layers.1.bias", "layers.1.weight"])
    #expect(file.tensors.map(\.shape) == [[2], [2, 3], [1], [1, 2]])
    #expect(file.tensors.map(\.numbers) == [[0.5, -0.5], [1, 2, 3, 4, 5, 6], [0.25], [-1, 1]])
    #expect(
      file.metadata == [
        "format": "micrograd",
        "micrograd":
          #"{"version":1,"features":[{"name":"age","encoding":"standardized","mean":29.7,"deviation":14.5},"#
          + #"{"name":"sex","encoding":"oneHot","categories":["female","male"]}],"#
          + #""target":{"name":"survived","encoding":"classes","classes":["no","yes"]},"#
          + #""layers":[{"activation":"leakyReLU","constant":0.01},{"activation":"linear"}]}"#,
      ])
  }

  @Test func readsWhatIsWritten() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for round in 0..<100 {
      let model = TabularModel.random(using: &generator)
      try model.write(to: path("model.safetensors"))
      let read = try TabularModel(contentsOf: path("model.safetensors"))
      // The bytes have all of a model, and all numbers exactly.
      #expect(read.safetensors() == model.safetensors(), "seed \(seed), round \(round)")
      #expect(read.pipeline == model.pipeline, "seed \(seed), round \(round)")
      #expect(read.layers.map(\.weights) == model.layers.map(\.weights), "seed \(seed), round \(round)")
      #expect(read.layers.map(\.biases) == model.layers.map(\.biases), "seed \(seed), round \(round)")
      #expect(
        read.layers.map(\.activation.definition) == model.layers.map(\.activation.definition),
        "seed \(seed), round \(round)")
    }
    #expect(try names() == ["model.safetensors"])
  }

  @Test func allActivationsAreRead() throws {
    for activation in Activation.identifiers.map({ Activation(identifier: $0)! }) + [
      .leakyReLU(slope: -0.3), .elu(scale: 1.0 / 3),
    ] {
      let layer = TabularModel.Layer(weights: [[1, 2, 3]], biases: [4], activation: activation)
      let read = try TabularModel(safetensors: TabularModel(pipeline: sample.pipeline, layers: [layer]).safetensors())
      #expect(read.layers[0].activation.definition == activation.definition, "\(activation.name)")
    }
  }

  @Test func figuresOfTheTrainingAreRead() throws {
    var model = sample,
      record = TrainingRecord(
        rowCount: 80, validationCount: 20, epochCount: 50, bestEpoch: 41, lossName: "crossEntropy", loss: 1.0 / 3,
        validationLoss: 0.4, classCounts: [50, 30], seed: .max, seconds: 1.5)
    record.fileName = "été.csv"
    record.testCount = 25
    record.scores = [.init("accuracy", 0.9, baseline: 0.6), .init("ROC AUC", 0.95)]
    model.record = record
    #expect(try TabularModel(safetensors: model.safetensors()).record == record)
    record.validationLoss = nil
    record.fileName = nil
    model.record = record
    #expect(try TabularModel(safetensors: model.safetensors()).record == record)
  }

  /// A later version may describe more, and the figures are not needed for predictions.
  @Test func figuresThatAreNotKnownAreLeftOut() throws {
    for member in [#""later":{}"#, #""training":{"rows":"many"}"#, #""training":null"#] {
      let text = sample.description.replacing(#""layers""#, with: #"\#(member),"layers""#)
      let read = try TabularModel(safetensors: sample.with(description: text))
      #expect(read.safetensors() == sample.safetensors(), "\(member)")
    }
  }

  // MARK: Files

  @Test func pathsThatCannotBeRead() throws {
    let missing = path("missing.safetensors")
    #expect(try message(path: missing) == "\(missing): cannot be read: No such file or directory")
    #expect(try message(path: folder.path) == "\(folder.path): cannot be read: Is a directory")
    #expect(try message(path: "/dev/zero") == "/dev/zero: cannot be read: it is a device, not a file")
    try Data().write(to: URL(filePath: path("empty")))
    #expect(
      try message(path: path("empty"))
        == "\(path("empty")): a safetensors file begins with eight bytes, and this one has 0 bytes; it is another file, or cut off"
    )
  }

  @Test func filesBeyondTheLimitAreNotRead() throws {
    let file = path("bytes")
    try Data([1, 2, 3]).write(to: URL(filePath: file))
    #expect(try BinaryFile.read(file, limit: 3) == [1, 2, 3])
    #expect(throws: FileError.unreadable(path: file, reason: "it has more than 2 bytes")) {
      try BinaryFile.read(file, limit: 2)
    }
  }

  @Test func pathsThatCannotBeWritten() throws {
    let nowhere = path("missing/model.safetensors")
    #expect(throws: FileError.unwritable(path: nowhere, reason: "No such file or directory")) {
      try sample.write(to: nowhere)
    }
    try FileManager.default.createDirectory(atPath: path("inner"), withIntermediateDirectories: false)
    #expect(throws: FileError.unwritable(path: path("inner"), reason: "Is a directory")) {
      try sample.write(to: path("inner"))
    }
    #expect(try names() == ["inner"])
    if FileManager.default.fileExists(atPath: "/dev/full") {
      #expect(throws: FileError.unwritable(path: "/dev/full", reason: "No space left on device")) {
        try sample.write(to: "/dev/full")
      }
    }
  }

  /// A model that could not be read again does not replace one that can.
  @Test func modelsThatDivergedAreNotWritten() throws {
    try sample.write(to: path("model"))
    let layer = TabularModel.Layer(weights: [[1, .nan, 3]], biases: [4], activation: .linear)
    let error = try #require(throws: FileError.self) {
      try TabularModel(pipeline: sample.pipeline, layers: [layer]).write(to: path("model"))
    }
    #expect(
      error.description
        == "\(path("model")) cannot be written: layers.0.weight has a number that is not finite; "
        + "train the model again, with a smaller learning rate")
    #expect(try TabularModel(contentsOf: path("model")).safetensors() == sample.safetensors())
    #expect(try names() == ["model"])
  }

  private func message(path: String) throws -> String {
    try #require(throws: ModelFileError.self) { try TabularModel(contentsOf: path) }.description
  }
}
