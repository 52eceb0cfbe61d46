import Micrograd

/// The sample of tasks 1 to 5.
let sample = [0.888, 0.777], target = 1.0

// MARK: - Reference

func makePerceptron(seed: Int) -> MLP { MLP(2, [1], seed: seed) }

// MARK: - Report

/// The perceptron of tasks 1 to 5: a linear neuron with two inputs.
func makePerceptron() -> MLP {
  let model = makePerceptron(seed: 42)
  model.labelParameters()
  return model
}

extension LabTask {
  static let perceptron = LabTask(1, en: "A perceptron", fr: "Un perceptron") { chapter in
    let model = makePerceptron()
    chapter.say(
      en: "The smallest network has one linear neuron: it multiplies each input by a weight, and adds a bias.",
      fr:
        "Le plus petit réseau a un seul neurone linéaire : il multiplie chaque entrée par un poids, et ajoute un biais."
    )
    chapter.show("model", fr: "modèle", model)
    chapter.show("parameters", fr: "paramètres", model.parameters.count)
    for parameter in model.parameters { chapter.show(parameter.label ?? "", parameter.data) }
    chapter.show("gradients", model.parameters.map(\.grad))
    chapter.say(
      en: """
        There are two inputs and three parameters: two weights, which are drawn from -1 to 1, and the bias, which \
        starts at 0. All gradients are 0, since nothing has been propagated yet. A single neuron with the same weights \
        and the same bias gives the same output:
        """,
      fr: """
        Il y a deux entrées et trois paramètres : deux poids, tirés entre -1 et 1, et le biais, qui part de 0. Tous les \
        gradients sont nuls, car rien n'a encore été propagé. Un neurone seul, avec les mêmes poids et le même biais, \
        donne la même sortie :
        """)
    let neuron = Neuron(
      weights: Array(model.parameters[0..<2]), bias: model.parameters[2], activation: .linear)
    chapter.show("model(\(sample))", model(sample)[0].data)
    chapter.show("neuron(\(sample))", neuron(sample.map { Value($0) }).data)
  }
}
