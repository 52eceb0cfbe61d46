import MicrogradData
import MicrogradModels
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

/// The structure of the files; `Tests/ExportChecks/run` compares what their parts compute.
@Suite struct CoreMLTests {
  @Test func columnsKeepTheirNames() {
    let file = Model(CheckedModel.named[1].model.coreML())
    #expect(file.kind == .pipelineClassifier)
    #expect(
      file.inputs == [
        "label: number", "probabilities: text", "Concat: number", "prediction: number", "layers.0.weight: text",
        "inputs: text",
      ])
    #expect(file.outputs == ["label_2: text", "label_2Probability: dictionary"])
    #expect(file.predicted == "label_2" && file.probabilities == "label_2Probability")
  }

  @Test func numbersAreDoubles() {
    let file = Model(CheckedModel.named[2].model.coreML())
    #expect(file.kind == .pipelineRegressor)
    #expect(file.outputs == ["label_2: number"])
    #expect(file.predicted == "label_2" && file.probabilities.isEmpty)
  }

  @Test func columnsWithoutANameGetOne() {
    let number = Pipeline.Feature(name: "", encoding: .standardized(mean: 0, deviation: 1))
    let target = Pipeline.Target(name: "", encoding: .standardized(mean: 0, deviation: 1))
    let layer = TabularModel.Layer(weights: [[1]], biases: [0], activation: .linear)
    let model = TabularModel(pipeline: Pipeline(features: [number], target: target), layers: [layer])
    let file = Model(model.coreML())
    #expect(file.inputs == ["column: number"] && file.outputs == ["target: number"])
  }

  /// Each part reads what is known by then, under the same type, and computes something new.
  @Test func pipelinesAreComplete() {
    let seed = newSeed()
    for checked in CheckedModel.all(seed: seed) {
      let file = Model(checked.model.coreML()), what = "\(checked.name), seed \(seed)"
      var known = Set(file.inputs)
      #expect(known.count == file.inputs.count, "\(what): \(file.inputs)")
      for part in file.parts {
        let problems = part.problems
        #expect(problems.isEmpty, "\(what): \(problems)")
        #expect(known.isSuperset(of: part.inputs), "\(what): \(part.inputs) of \(known)")
        #expect(known.isDisjoint(with: part.outputs), "\(what): \(part.outputs)")
        known.formUnion(part.outputs)
      }
      #expect(known.isSuperset(of: file.outputs), "\(what): \(file.outputs) of \(known)")
    }
  }

  /// The weights are the model's, in single precision.
  @Test func weightsAreKept() throws {
    let seed = newSeed()
    for checked in CheckedModel.all(seed: seed) {
      let products = try #require(Model(checked.model.coreML()).network).layers(.innerProduct)
      for (layer, product) in zip(checked.model.layers, products) {
        let weights = product.message(CoreML.InnerProduct.weights).packedFloats(CoreML.Weights.numbers)
        #expect(weights == layer.weights.flatMap { $0.map { Float($0) } }, "\(checked.name), seed \(seed)")
      }
    }
  }
}

/// A model of a file, read.
private struct Model {
  private let message: ProtobufReader
  private var description: ProtobufReader { message.message(CoreML.Model.description) }

  init(_ bytes: [UInt8]) { self.init(ProtobufReader(bytes)) }
  private init(_ message: ProtobufReader) { self.message = message }

  var kind: CoreML.Model? { message.fields.last.flatMap { CoreML.Model(rawValue: $0.number) } }
  /// "name: type"
  var inputs: [String] { description.messages(CoreML.Description.input).map(Self.description) }
  var outputs: [String] { description.messages(CoreML.Description.output).map(Self.description) }
  var predicted: String { description.text(CoreML.Description.predictedFeatureName) }
  var probabilities: String { description.text(CoreML.Description.predictedProbabilitiesName) }

  /// The models of a pipeline.
  var parts: [Model] {
    kind.map { message.message($0).message(CoreML.PipelineModel.pipeline) }?.messages(CoreML.Pipeline.model).map {
      Model($0)
    } ?? []
  }

  /// The layers of the network of a pipeline.
  var network: Network? {
    parts.compactMap { part in
      switch part.kind {
      case .network: Network(message: part.message.message(CoreML.Model.network))
      case .networkClassifier: Network(message: part.message.message(CoreML.Model.networkClassifier))
      default: nil
      }
    }.first
  }

  /// The mistakes in a part of a pipeline.
  var problems: [String] {
    let version = message.integer(CoreML.Model.specificationVersion)
    let problems = version == 4 ? [] : ["version \(version)"]
    switch kind {
    case .network:
      let network = Network(message: message.message(CoreML.Model.network))
      return problems + network.problems(known: inputs, needed: outputs.map(Self.name))
    case .networkClassifier:
      let network = Network(message: message.message(CoreML.Model.networkClassifier))
      return problems + network.problems(known: inputs, needed: [network.probabilities])
    case .oneHotEncoder, .vectorizer, .imputer, .scaler, .linearRegressor: return problems
    default: return problems + ["a part of kind \(String(describing: kind))"]
    }
  }

  fileprivate static func name(_ description: String) -> String {
    String(description[..<description.lastIndex(of: ":")!])
  }

  private static func description(_ feature: ProtobufReader) -> String {
    let type = feature.message(CoreML.Feature.type)
    let kind = type.fields.first.flatMap { CoreML.FeatureType(rawValue: $0.number) }
    let array = type.message(CoreML.FeatureType.array).bytes(CoreML.Array.shape).map { "\($0)" }.joined()
    return "\(feature.text(CoreML.Feature.name)): \(kind.map { "\($0)" } ?? "no type")\(array)"
  }
}

private struct Network {
  let message: ProtobufReader

  var probabilities: String { message.text(CoreML.Network.probabilitiesName) }

  /// The parameters of the layers of a kind.
  func layers(_ kind: CoreML.Layer) -> [ProtobufReader] {
    message.messages(CoreML.Network.layer).flatMap { $0.messages(kind) }
  }

  /// The mistakes in the layers' names.
  func problems(known features: [String], needed: [String]) -> [String] {
    var known = Set(features.map(Model.name)), problems: [String] = []
    for layer in message.messages(CoreML.Network.layer) {
      for input in layer.texts(CoreML.Layer.input) where !known.contains(input) {
        problems.append("\(input) is read before it is computed")
      }
      for output in layer.texts(CoreML.Layer.output) where !known.insert(output).inserted {
        problems.append("\(output) is computed twice")
      }
    }
    return problems + needed.filter { !known.contains($0) }.map { "\($0) is not computed" }
  }
}
