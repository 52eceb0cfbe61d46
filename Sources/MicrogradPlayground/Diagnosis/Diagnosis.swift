import MicrogradEngine
import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

/// Finds what keeps a network from learning, at one moment.
struct Diagnosis {
  let settings: PlaygroundSettings
  let network: PlainNetwork
  let model: MLP
  /// The results of the layers for the training samples.
  let results: [PlainNetwork.LayerResults]
  let training: Evaluation
  /// The training at the start: its loss, and the largest magnitude of a parameter.
  let start: (loss: Double, size: Double)
  let step: Int

  /// A parameter is huge from this factor of the largest at the start on.
  private static let largestGrowth = 100.0
  /// A loss has diverged from this factor of that at the start on.
  private static let largestLoss = 2.0
  /// Almost no gradient passes where the local derivative is this share of its largest number.
  private static let smallestDerivative = 0.01

  var warnings: [Warning] {
    let warnings = deadReLUs + saturated + symmetric
    return exploding.map { [$0] + warnings } ?? diverging.map { [$0] + warnings } ?? warnings
  }

  // MARK: Layers

  private func activation(_ layer: Int) -> (operation: Operation, constant: Double)? {
    guard case .operation(let operation, let constant)? = model.layers[layer].neurons[0].activation.definition else {
      return nil
    }
    return (operation, constant ?? 0)
  }

  /// The local derivatives of a neuron's activation for all samples, by the table of operations.
  private func derivatives(_ layer: Int, _ neuron: Int, _ operation: Operation, _ constant: Double) -> [Double] {
    let sums = results[layer].sums[neuron], outputs = results[layer].outputs[neuron]
    return sums.indices.map { operation.parts(of: 1, sums[$0], constant, outputs[$0]).toA }
  }

  private var deadReLUs: [Warning] {
    var warnings: [Warning] = []
    for layer in results.indices {
      guard let (operation, constant) = activation(layer), operation == .relu else { continue }
      for neuron in results[layer].outputs.indices
      where derivatives(layer, neuron, operation, constant).allSatisfy({ $0 == 0 }) {
        warnings.append(.deadReLU(layer, neuron, replacing(layer, by: "leakyReLU")))
      }
    }
    return warnings
  }

  private var saturated: [Warning] {
    if training.accuracy > 0.95 { return [] }  // Sure, and right.
    var warnings: [Warning] = []
    for layer in results.indices {
      guard let (operation, constant) = activation(layer), [.tanh, .sigmoid, .softsign].contains(operation) else {
        continue
      }
      let largest = operation.partials(0, constant, operation.value(0, constant))[0] * Self.smallestDerivative
      let count = results[layer].outputs.indices.count { neuron in
        let derivatives = derivatives(layer, neuron, operation, constant)
        return derivatives.count { $0 < largest } * 20 >= derivatives.count * 19
      }
      if count * 2 > results[layer].outputs.count {
        warnings.append(
          .saturated(layer, count: count, of: results[layer].outputs.count, operation, remedyOfSaturation))
      }
    }
    return warnings
  }

  private var symmetric: [Warning] {
    model.layers.indices.dropLast().compactMap { layer in
      let neurons = model.layers[layer].neurons.map { $0.parameters.map { $0.data } }
      let isUsedAlike = model.layers[layer + 1].neurons.allSatisfy { next in
        next.weights.allSatisfy { $0.data == next.weights[0].data }
      }
      guard neurons.count > 1, isUsedAlike, neurons.allSatisfy({ $0 == neurons[0] }) else { return nil }
      return .symmetric(layer)
    }
  }

  // MARK: All of it

  /// The largest magnitude among numbers.
  static func size(_ numbers: [Double]) -> Double { numbers.reduce(0) { max($0, $1.magnitude) } }

  private var exploding: Warning? {
    let sizes = network.parameters.map { $0.magnitude }
    guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }),
      sizes[largest] > Self.largestGrowth * max(start.size, 1)
    else { return nil }
    let (layer, neuron) = place(ofParameter: largest)
    return .exploding(layer, neuron, network.parameters[largest], settings.slower)
  }

  private func place(ofParameter position: Int) -> (layer: Int, neuron: Int) {
    var rest = position
    for (index, layer) in model.layers.enumerated() {
      let size = layer.neurons[0].weights.count + 1
      if rest < size * layer.neurons.count { return (index, rest / size) }
      rest -= size * layer.neurons.count
    }
    return (0, 0)
  }

  private var diverging: Warning? {
    guard step > 0, training.loss > Self.largestLoss * start.loss, training.loss > 0.1 else { return nil }
    return .diverging(from: start.loss, to: training.loss, settings.slower)
  }

  // MARK: Remedies

  /// Another activation for a layer.
  private func replacing(_ layer: Int, by identifier: String) -> JSON {
    var network = settings.network
    if let choice = ActivationChoice(identifier: identifier), network.layers.indices.contains(layer) {
      network.layers[layer].activation = choice
    }
    return .object([("network", .object([("layers", network.json["layers"] ?? .null)]))])
  }

  private var remedyOfSaturation: Warning.Remedy {
    var network = settings.network
    network.initialization = .drawn(.xavier)
    let slower = settings.slower
    return Warning.Remedy(
      text: Localized(
        en: "Start with smaller weights (Xavier), and take smaller steps.",
        fr: "Partez de poids plus petits (Xavier), et faites de plus petits pas."),
      settings: .object([
        ("network", .object([("initialization", .text(network.initialization.identifier))])),
        ("optimizer", slower.settings["optimizer"] ?? .null),
      ]))
  }
}

extension PlaygroundSettings {
  /// A smaller learning rate: a tenth, and no larger than one that most networks learn with.
  var slower: Warning.Remedy {
    let usual = optimizer.rule == .adam ? 0.01 : NumberSetting.learningRate.standard
    let rate = min(optimizer.learningRate / 10, usual)
    return Warning.Remedy(
      text: Localized(
        en: "Lower the learning rate to \(rate.short()).", fr: "Réduisez le pas d'apprentissage à \(rate.short())."),
      settings: .object([("optimizer", .object([("learningRate", .number(rate))]))]))
  }
}
