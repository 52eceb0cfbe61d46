import MicrogradData
import MicrogradNetworks

/// Everything about a model but its weights, as model files have it: a JSON document.
struct ModelDescription {
  let pipeline: Pipeline
  /// The activation of each layer.
  let activations: [Activation]
  /// The figures of its training.
  let record: TrainingRecord?

  init(_ model: TabularModel) {
    pipeline = model.pipeline
    activations = model.layers.map { $0.activation }
    record = model.record
  }
}
