import MicrogradData
import MicrogradModels

/// A pipeline of models while it is written: each reads what those before it have computed, by name.
struct CoreMLPipeline {
  private let model: TabularModel
  private var names = UniqueNames()
  private var models: [CoreMLModel] = []
  private let columns: [CoreMLFeature]
  private let target: String

  init(_ model: TabularModel) {
    self.model = model
    var names = UniqueNames()
    columns = model.pipeline.features.map { feature in
      let name = names.take(feature.name.isEmpty ? "column" : feature.name)
      return switch feature.encoding {
      case .standardized: CoreMLFeature(name: name, type: .number, note: "A number; NaN if it is missing.")
      case .oneHot: CoreMLFeature(name: name, type: .text, note: "A category; empty if it is missing.")
      }
    }
    target = names.take(model.pipeline.target.name.isEmpty ? "target" : model.pipeline.target.name)
    self.names = names
  }

  /// Returns the file.
  mutating func file() -> CoreMLModel {
    let inputs = addScaling(of: addVectorizer(of: addEncoders()))
    let outputs = addPrediction(from: inputs)
    var pipeline = ProtobufMessage<CoreML.Pipeline>()
    for model in models { pipeline.append(.model, model.message) }
    var content = ProtobufMessage<CoreML.PipelineModel>()
    content.append(.pipeline, pipeline)
    let kind: CoreML.Model = if case .number = model.output { .pipelineRegressor } else { .pipelineClassifier }
    return CoreMLModel(
      kind, content, from: columns, to: outputs, note: "Predicts \(target). Made by swift-micrograd.")
  }

  private mutating func array(_ name: String, _ count: Int) -> CoreMLFeature {
    CoreMLFeature(name: names.take(name), type: .array(count))
  }
}

// MARK: - Preprocessing

extension CoreMLPipeline {
  /// Adds an encoder for each column of categories. Returns the columns, encoded.
  private mutating func addEncoders() -> [CoreMLFeature] {
    zip(model.pipeline.features, columns).map { feature, column in
      guard case .oneHot(let categories) = feature.encoding else { return column }
      var texts = ProtobufMessage<CoreML.Vector>()
      texts.append(.element, categories)
      var encoder = ProtobufMessage<CoreML.OneHotEncoder>()
      encoder.append(.categories, texts)
      encoder.append(.handleUnknown, CoreML.HandleUnknown.ignore.rawValue)
      let encoded = array("\(column.name)_encoded", categories.count)
      models.append(CoreMLModel(.oneHotEncoder, encoder, from: [column], to: [encoded]))
      return encoded
    }
  }

  /// Adds what puts all columns into one array. Returns the array.
  private mutating func addVectorizer(of columns: [CoreMLFeature]) -> CoreMLFeature {
    var vectorizer = ProtobufMessage<CoreML.Vectorizer>()
    for (feature, column) in zip(model.pipeline.features, columns) {
      var input = ProtobufMessage<CoreML.VectorizerInput>()
      input.append(.name, column.name)
      input.append(.count, feature.width)
      vectorizer.append(.input, input)
    }
    let all = array("columns", model.pipeline.inputCount)
    models.append(CoreMLModel(.vectorizer, vectorizer, from: columns, to: [all]))
    return all
  }

  /// Adds what fills in missing numbers and scales, in Double. Encoded categories stay as they are. Returns the
  /// scaled array.
  private mutating func addScaling(of all: CoreMLFeature) -> CoreMLFeature {
    let rules = model.pipeline.features.flatMap { feature -> [(mean: Double, deviation: Double)] in
      switch feature.encoding {
      case .standardized(let mean, let deviation): [(mean, deviation)]
      case .oneHot(let categories): Array(repeating: (0, 1), count: categories.count)
      }
    }
    var means = ProtobufMessage<CoreML.Vector>()
    means.append(.element, packed: rules.map { $0.mean })
    var imputer = ProtobufMessage<CoreML.Imputer>()
    imputer.append(.numbers, means)
    imputer.append(.replacedNumber, Double.nan)
    let filled = array("filled", rules.count)
    models.append(CoreMLModel(.imputer, imputer, from: [all], to: [filled]))

    var scaler = ProtobufMessage<CoreML.Scaler>()
    scaler.append(.shift, packed: rules.map { -$0.mean })
    scaler.append(.scale, packed: rules.map { 1 / $0.deviation })
    let scaled = array("inputs", rules.count)
    models.append(CoreMLModel(.scaler, scaler, from: [filled], to: [scaled]))
    return scaled
  }
}

// MARK: - Prediction

extension CoreMLPipeline {
  /// Adds the network, and what makes predictions of its outputs. Returns the predictions.
  private mutating func addPrediction(from inputs: CoreMLFeature) -> [CoreMLFeature] {
    var network = CoreMLNetwork(names: names)
    var outputs = inputs.name
    for layer in model.layers { outputs = network.add(layer, input: outputs) }
    switch model.output {
    case .logistic(let classes):
      return addClassifier(classes, network.addLogistic(of: outputs), &network, inputs)
    case .softmax(let classes):
      return addClassifier(classes, network.addSoftmax(of: outputs), &network, inputs)
    case .number(let mean, let deviation):
      return addRegressor(mean, deviation, outputs, network, inputs)
    }
  }

  private mutating func addClassifier(
    _ classes: [String], _ probabilities: String, _ network: inout CoreMLNetwork, _ inputs: CoreMLFeature
  ) -> [CoreMLFeature] {
    network.setClasses(classes, probabilities: probabilities)
    let predictions = [
      CoreMLFeature(name: target, type: .text, note: "The most probable class."),
      CoreMLFeature(
        name: names.take("\(target)Probability"), type: .dictionary, note: "The probabilities of the classes."),
    ]
    models.append(CoreMLModel(.networkClassifier, network.message, from: [inputs], to: predictions))
    return predictions
  }

  /// The unit of the target is given back in Double, by a linear model of the network's only output.
  private mutating func addRegressor(
    _ mean: Double, _ deviation: Double, _ output: String, _ network: CoreMLNetwork, _ inputs: CoreMLFeature
  ) -> [CoreMLFeature] {
    let standardized = CoreMLFeature(name: output, type: .array(1))
    models.append(CoreMLModel(.network, network.message, from: [inputs], to: [standardized]))

    var weights = ProtobufMessage<CoreML.Vector>()
    weights.append(.element, packed: [deviation])
    var regressor = ProtobufMessage<CoreML.LinearRegressor>()
    regressor.append(.weights, weights)
    regressor.append(.offset, packed: [mean])
    let prediction = CoreMLFeature(name: target, type: .number, note: "The prediction.")
    models.append(CoreMLModel(.linearRegressor, regressor, from: [standardized], to: [prediction]))
    return [prediction]
  }
}
