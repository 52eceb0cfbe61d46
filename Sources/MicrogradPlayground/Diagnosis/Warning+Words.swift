import MicrogradEngine
import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

extension Warning {
  static func broken(_ breakage: Breakage, _ remedy: Remedy) -> Warning {
    var details: [(String, JSON)] = []
    if let sample = breakage.sample { details.append(("sample", .integer(sample))) }
    if let operation = breakage.operation { details.append(("operation", .text(operation.name))) }
    return Warning(
      kind: .nan, layer: breakage.layer, neuron: breakage.neuron, details: details, text: { _ in breakage.text },
      remedy: remedy)
  }

  static func deadReLU(_ layer: Int, _ neuron: Int, _ settings: JSON) -> Warning {
    Warning(
      kind: .deadReLU, layer: layer, neuron: neuron,
      text: { since in
        Localized(
          en: """
            Neuron \(neuron + 1) of layer \(layer + 1) has been dead since step \(since): its ReLU is closed for every sample, so \
            no gradient reaches its weights.
            """,
          fr: """
            Le neurone \(neuron + 1) de la couche \(layer + 1) est mort depuis le pas \(since) : sa ReLU est fermée pour \
            tous les échantillons, et aucun gradient n'atteint ses poids.
            """)
      },
      remedy: Remedy(
        text: Localized(
          en: "Let a little gradient through: leaky ReLU in this layer.",
          fr: "Laissez passer un peu de gradient : ReLU à fuite dans cette couche."),
        settings: settings))
  }

  static func saturated(_ layer: Int, count: Int, of all: Int, _ operation: Operation, _ remedy: Remedy) -> Warning {
    Warning(
      kind: .saturated, layer: layer, details: [("operation", .text(operation.name)), ("count", .integer(count))],
      text: { since in
        Localized(
          en: """
            Layer \(layer + 1) has been saturated since step \(since): in \(count) of \(all) neurons, \(operation.name) is flat for \
            almost every sample, and its local derivative lets less than a hundredth of the gradient through.
            """,
          fr: """
            La couche \(layer + 1) est saturée depuis le pas \(since) : dans \(count) neurones sur \(all), \(operation.name) \
            est plate pour presque tous les échantillons, et sa dérivée locale laisse passer moins d'un centième du gradient.
            """)
      }, remedy: remedy)
  }

  static func symmetric(_ layer: Int) -> Warning {
    Warning(
      kind: .symmetric, layer: layer,
      text: { _ in
        Localized(
          en: """
            All neurons of layer \(layer + 1) have the same weights. They receive the same gradients, and so remain one \
            neuron, whatever is trained.
            """,
          fr: """
            Tous les neurones de la couche \(layer + 1) ont les mêmes poids. Ils reçoivent les mêmes gradients, et restent \
            donc un seul neurone, quoi que l'on entraîne.
            """)
      },
      remedy: Remedy(
        text: Localized(en: "Draw the weights at random (Xavier).", fr: "Tirez les poids au hasard (Xavier)."),
        settings: .object([
          ("network", .object([("initialization", .text(InitializationChoice.drawn(.xavier).identifier))]))
        ])))
  }

  static func exploding(_ layer: Int, _ neuron: Int, _ number: Double, _ remedy: Remedy) -> Warning {
    Warning(
      kind: .exploding, layer: layer, neuron: neuron,
      text: { since in
        Localized(
          en: """
            The parameters have exploded since step \(since): one of neuron \(neuron + 1) in layer \(layer + 1) is \
            \(number.short()). Each step overshoots, and makes the next gradient larger.
            """,
          fr: """
            Les paramètres explosent depuis le pas \(since) : l'un de ceux du neurone \(neuron + 1) de la couche \
            \(layer + 1) vaut \(number.short()). Chaque pas va trop loin, et agrandit le gradient suivant.
            """)
      }, remedy: remedy)
  }

  static func diverging(from start: Double, to loss: Double, _ remedy: Remedy) -> Warning {
    Warning(
      kind: .diverging,
      text: { since in
        Localized(
          en: """
            The loss has been more than twice that of the start since step \(since): \(loss.short()) instead of \
            \(start.short()). The steps overshoot.
            """,
          fr: """
            La perte dépasse le double de celle du départ depuis le pas \(since) : \(loss.short()) au lieu de \
            \(start.short()). Les pas vont trop loin.
            """)
      }, remedy: remedy)
  }
}

extension Breakage {
  fileprivate var text: Localized {
    let english = place(
      sample: { "for sample \($0)" }, neuron: { "in neuron \($0) of layer \($1)" },
      loss: sample == nil ? "in the loss of the whole batch" : "in the loss")
    let french = place(
      sample: { "pour l'échantillon \($0)" }, neuron: { "dans le neurone \($0) de la couche \($1)" },
      loss: sample == nil ? "dans la perte du lot entier" : "dans la perte")
    let name: Localized? = operation.map { operation in
      switch operation {
      case .add: Localized(en: "a sum", fr: "une somme")
      case .dot: Localized(en: "the weighted sum", fr: "la somme pondérée")
      default: Localized(en: operation.name, fr: operation.name)
      }
    }
    guard let name else {
      return Localized(
        en: "Since step \(step), the loss or a gradient is no finite number.",
        fr: "Depuis le pas \(step), la perte ou un gradient n'est plus un nombre fini.")
    }
    return isGradient
      ? Localized(
        en:
          "Since step \(step), gradients are not finite: \(name(in: .english)) handed on the first one, \(english).",
        fr:
          "Depuis le pas \(step), des gradients ne sont plus finis : \(name(in: .french)) a transmis le premier, \(french)."
      )
      : Localized(
        en: "Since step \(step), numbers are not finite: \(name(in: .english)) gave the first one, \(english).",
        fr:
          "Depuis le pas \(step), des nombres ne sont plus finis : \(name(in: .french)) a donné le premier, \(french)."
      )
  }

  private func place(sample word: (Int) -> String, neuron words: (Int, Int) -> String, loss: String) -> String {
    let place = if let layer, let neuron { words(neuron + 1, layer + 1) } else { loss }
    return sample.map { place + " " + word($0 + 1) } ?? place
  }
}
