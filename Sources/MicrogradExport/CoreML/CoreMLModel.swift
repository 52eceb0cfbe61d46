/// A model, which may be a part of a pipeline.
struct CoreMLModel {
  /// Version 4: iOS 13, macOS 10.15 and later. It is the first with arrays of any rank, exact GELU and choices.
  private static let specificationVersion = 4

  let inputs: [CoreMLFeature]
  let outputs: [CoreMLFeature]
  /// A sentence that Xcode shows.
  var note = ""
  /// The kind of model, and its parameters.
  let kind: CoreML.Model
  let parameters: [UInt8]

  init<Parameters>(
    _ kind: CoreML.Model, _ parameters: ProtobufMessage<Parameters>, from inputs: [CoreMLFeature],
    to outputs: [CoreMLFeature], note: String = ""
  ) {
    self.kind = kind
    self.parameters = parameters.bytes
    self.inputs = inputs
    self.outputs = outputs
    self.note = note
  }

  var message: ProtobufMessage<CoreML.Model> {
    var model = ProtobufMessage<CoreML.Model>()
    model.append(.specificationVersion, Self.specificationVersion)
    model.append(.description, description)
    model.append(kind, parameters)
    return model
  }

  /// The first output of a classifier or a regressor is what it predicts, the second the probabilities.
  private var description: ProtobufMessage<CoreML.Description> {
    var description = ProtobufMessage<CoreML.Description>()
    for input in inputs { description.append(.input, input.message) }
    for output in outputs { description.append(.output, output.message) }
    if predicts {
      description.append(.predictedFeatureName, outputs[0].name)
      if outputs.count > 1 { description.append(.predictedProbabilitiesName, outputs[1].name) }
    }
    if !note.isEmpty {
      var metadata = ProtobufMessage<CoreML.Metadata>()
      metadata.append(.shortDescription, note)
      description.append(.metadata, metadata)
    }
    return description
  }

  private var predicts: Bool {
    switch kind {
    case .pipelineClassifier, .pipelineRegressor, .linearRegressor, .networkClassifier: true
    default: false
    }
  }
}
