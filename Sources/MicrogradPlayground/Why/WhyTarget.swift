import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

/// The number that a question is about. Layers, neurons, inputs and samples are counted from 0.
struct WhyTarget: Sendable {
  enum Kind: String, CaseIterable, PlaygroundChoice {
    case weight, bias, neuron, sample, loss

    var identifier: String { rawValue }
    static var all: [Self] { allCases }
    var words: Localized {
      switch self {
      case .weight: Localized(en: "weight", fr: "poids")
      case .bias: Localized(en: "bias", fr: "biais")
      case .neuron: Localized(en: "neuron", fr: "neurone")
      case .sample: Localized(en: "sample", fr: "échantillon")
      case .loss: Localized(en: "loss", fr: "perte")
      }
    }
  }

  var kind: Kind
  var layer = 0
  var neuron = 0
  var input = 0
  /// The position of the sample among those of the training.
  var sample: Int

  /// - Throws: `PlaygroundError` for what the network, or the training, does not have.
  init(_ json: JSON?, in session: PlaygroundSession) throws(PlaygroundError) {
    let names = ["kind", "layer", "neuron", "input", "sample"]
    let reader = try SettingsReader(json, at: "target", names: names), layers = session.model.layers
    func index(_ name: String, _ count: Int) throws(PlaygroundError) -> Int {
      try reader.whole(NumberSetting("target." + name, 0, in: 0...max(count - 1, 0)))
    }
    kind = try reader.choice("kind", .loss)
    sample = try index("sample", session.data.training.count)
    switch kind {
    case .loss, .sample: break
    case .weight, .bias, .neuron:
      layer = try index("layer", layers.count)
      neuron = try index("neuron", layers[layer].neurons.count)
      if kind == .weight { input = try index("input", layers[layer].neurons[neuron].weights.count) }
    }
  }
}
