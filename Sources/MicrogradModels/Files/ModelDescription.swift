import MicrogradData
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
