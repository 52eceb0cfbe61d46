public import Micrograd
public import Notebook

// A model is shown one level deep: a network as its layers, a layer as its neurons, a neuron as its parameters.

extension MLP: Displayable {
  /// A table of the layers, and the text that micrograd prints.
  public var representations: Representations {
    let rows = layers.enumerated().map { index, layer in
      ["\(index + 1)", "\(layer.neurons.count)", layer.activations, "\(layer.parameters.count)"]
    }
    return [
      .html: HTMLTable(
        caption: "MLP: \(counted(parameters))",
        headings: [
          words(en: "layer", fr: "couche"), words(en: "neurons", fr: "neurones"), "activation",
          words(en: "parameters", fr: "paramètres"),
        ], rows: rows
      ).markup,
      .plainText: description,
    ]
  }
}

extension Layer: Displayable {
  /// A table of the neurons, and the text that micrograd prints.
  public var representations: Representations {
    let rows = neurons.enumerated().map { index, neuron in
      ["\(index + 1)", neuron.activation.name, neuron.weights.map { "\($0.data)" }.joined(separator: ", ")]
        + ["\(neuron.bias.data)"]
    }
    return [
      .html: HTMLTable(
        caption: "Layer: \(counted(parameters))",
        headings: [
          words(en: "neuron", fr: "neurone"), "activation", words(en: "weights", fr: "poids"),
          words(en: "bias", fr: "biais"),
        ], rows: rows
      ).markup,
      .plainText: description,
    ]
  }

  /// The names of the neurons' activations, each once.
  fileprivate var activations: String {
    var names: [String] = []
    for neuron in neurons where !names.contains(neuron.activation.name) { names.append(neuron.activation.name) }
    return names.joined(separator: ", ")
  }
}

extension Neuron: Displayable {
  /// A table of the parameters with their gradients, and the text that micrograd prints.
  public var representations: Representations {
    let names = weights.indices.map { "w\($0 + 1)" } + ["b"]
    let rows = zip(names, parameters).map { name, parameter in
      [parameter.label ?? name, "\(parameter.data)", "\(parameter.grad)"]
    }
    return [
      .html: HTMLTable(
        caption: description, headings: [words(en: "parameter", fr: "paramètre"), "data", "grad"], rows: rows
      ).markup,
      .plainText: description,
    ]
  }
}

private func counted(_ parameters: [Value]) -> String {
  Localized.counted(parameters.count, en: "parameter", fr: "paramètre")(in: language)
}
