import MicrogradData
internal import MicrogradJSON
import MicrogradNetworks

/// Everything about a model but its weights, as model files have it: a JSON document.
struct ModelDescription {
  /// The version of the format that is written, and the latest one that is read.
  static let version = 1

  let pipeline: Pipeline
  /// The activation of each layer.
  let activations: [Activation]
  /// The figures of its training.
  let record: TrainingRecord?

  init(_ model: TabularModel) {
    pipeline = model.pipeline
    activations = model.layers.map(\.activation)
    record = model.record
  }
}

// MARK: - Writing

extension ModelDescription {
  func json() -> JSON {
    var members: [(String, JSON)] = [
      ("version", .integer(Self.version)), ("features", .array(pipeline.features.map(Self.json))),
      ("target", Self.json(pipeline.target)), ("layers", .array(activations.map(Self.json))),
    ]
    if let record { members.append(("training", record.json)) }
    return .object(members)
  }

  private static func json(_ feature: Pipeline.Feature) -> JSON {
    switch feature.encoding {
    case .standardized(let mean, let deviation): standardized(feature.name, mean, deviation)
    case .oneHot(let categories):
      .object([("name", .text(feature.name)), ("encoding", .text("oneHot")), ("categories", .texts(categories))])
    }
  }

  private static func json(_ target: Pipeline.Target) -> JSON {
    switch target.encoding {
    case .standardized(let mean, let deviation): standardized(target.name, mean, deviation)
    case .classes(let classes):
      .object([("name", .text(target.name)), ("encoding", .text("classes")), ("classes", .texts(classes))])
    }
  }

  private static func standardized(_ name: String, _ mean: Double, _ deviation: Double) -> JSON {
    .object([
      ("name", .text(name)), ("encoding", .text("standardized")), ("mean", .number(mean)),
      ("deviation", .number(deviation)),
    ])
  }

  private static func json(_ activation: Activation) -> JSON {
    var members: [(String, JSON)] = [("activation", .text(activation.identifier!))]
    if case .operation(_, let constant?) = activation.definition { members.append(("constant", .number(constant))) }
    return .object(members)
  }
}
