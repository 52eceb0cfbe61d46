import MicrogradEngine
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks
import MicrogradRandom

/// The hidden layers, and the way in which a network starts. Behind them is a linear layer of outputs.
struct NetworkSettings: Sendable {
  /// A hidden layer.
  struct Layer: Sendable {
    var neurons: Int
    var activation: ActivationChoice
  }

  var layers: [Layer]
  var initialization: InitializationChoice
  var seed: Int

  init(_ json: JSON?) throws(PlaygroundError) {
    let reader = try SettingsReader(json, at: "network", names: ["layers", "initialization", "seed"])
    layers = try Self.layers(reader["layers"])
    initialization = try reader.choice("initialization", .drawn(.unit))
    seed = try reader.whole(.networkSeed)
  }

  private static func layers(_ json: JSON?) throws(PlaygroundError) -> [Layer] {
    guard let json else { return [Layer(neurons: Int(NumberSetting.neurons.standard), activation: .standard)] }
    let most = Int(NumberSetting.layers.range.upperBound)
    guard let elements = json.array, elements.count <= most else {
      throw PlaygroundError(
        en: "“network.layers” must be a list of at most \(most) layers, such as [{\"neurons\": 4}].",
        fr: "« network.layers » : une liste d'au plus \(most) couches est attendue, par exemple [{\"neurons\": 4}].")
    }
    var layers: [Layer] = []
    for (index, element) in elements.enumerated() {
      let reader = try SettingsReader(element, at: "network.layers[\(index)]", names: ["neurons", "activation"])
      layers.append(
        Layer(
          neurons: try reader.whole(.neurons), activation: try reader.choice("activation", ActivationChoice.standard))
      )
    }
    return layers
  }

  var json: JSON {
    .object([
      (
        "layers",
        .array(
          layers.map {
            .object([("neurons", .integer($0.neurons)), ("activation", .text($0.activation.identifier))])
          })
      ), ("initialization", .text(initialization.identifier)), ("seed", .integer(seed)),
    ])
  }

  /// Makes the network, with two inputs, that it starts as.
  func model(outputs: Int) -> MLP {
    let sizes = layers.map { $0.neurons } + [outputs]
    let activations = layers.map { $0.activation.activation } + [.linear]
    switch initialization {
    case .drawn(let initialization):
      var random = PythonRandom(seed: seed)
      return MLP(2, sizes, activations: activations, initialization: initialization, using: &random)
    case .equal:
      let widths = [2] + sizes
      return MLP(
        sizes.indices.map { index in
          MicrogradNetworks.Layer(
            (0..<sizes[index]).map { _ in
              Neuron(
                weights: (0..<widths[index]).map { _ in Value(InitializationChoice.equalWeight) }, bias: 0,
                activation: activations[index])
            })
        })
    }
  }
}

/// The function of a hidden layer's neurons: the library's activations that have a name.
struct ActivationChoice: PlaygroundChoice {
  static let standard = ActivationChoice(activation: .tanh)

  let activation: Activation

  var identifier: String { activation.identifier ?? activation.name }

  static var all: [Self] {
    Activation.identifiers.compactMap { name in Activation(identifier: name).map { Self(activation: $0) } }
  }

  var words: Localized {
    activation.definition == .identity
      ? Localized(en: "linear", fr: "linéaire") : Localized(en: activation.name, fr: activation.name)
  }
}

/// The weights that a network starts with.
enum InitializationChoice: PlaygroundChoice {
  /// Drawn from a range.
  case drawn(WeightInitialization)
  /// All the same, to show why they are drawn.
  case equal

  /// The number of all weights that are equal.
  static var equalWeight: Double { 0.5 }

  var identifier: String {
    switch self {
    case .drawn(let initialization): initialization.rawValue
    case .equal: "equal"
    }
  }

  static var all: [Self] { WeightInitialization.allCases.map { .drawn($0) } + [.equal] }

  var words: Localized {
    switch self {
    case .drawn(.unit): Localized(en: "from -1 to 1", fr: "de -1 à 1")
    case .drawn(.xavier): Localized(en: "Xavier (Glorot)", fr: "Xavier (Glorot)")
    case .drawn(.he): Localized(en: "He", fr: "He")
    case .equal: Localized(en: "all equal", fr: "tous égaux")
    }
  }
}
