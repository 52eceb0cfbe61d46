import Micrograd

/// The 2-2-1 network of tasks 8 and 9 and the 2-16-1 network of task 10.
///
/// Their weights are drawn one after the other, after 54 other draws: the published table was made by a program that had
/// already drawn a 2-16-1 and a 2-2-1 network.
func makeNetworks() -> (two: MLP, sixteen: MLP) {
  var random = PythonRandom(seed: 42)
  for _ in 0..<54 { _ = random.uniform(-1, 1) }
  let two = MLP(2, [2, 1], using: &random)
  return (two, MLP(2, [16, 1], using: &random))
}

extension LabTask {
  static let hiddenLayer = LabTask(8, en: "A hidden layer", fr: "Une couche cachée") { chapter in
    let model = makeNetworks().two
    model.labelParameters()
    chapter.say(
      en: """
        With two hidden ReLU neurons between the inputs and the output, the decision boundary of a network can bend. The \
        weights are those of task 9, which explains why 54 draws precede them.
        """,
      fr: """
        Avec deux neurones ReLU cachés entre les entrées et la sortie, la frontière de décision d'un réseau peut se \
        courber. Les poids sont ceux de la tâche 9, qui explique pourquoi 54 tirages les précèdent.
        """)
    chapter.show("model", fr: "modèle", model)
    chapter.show("parameters", fr: "paramètres", model.parameters.count)

    let data = chapter.data
    for count in data.count > 2 ? [1, 2, data.count] : [1, 2] {
      model.zeroGrad()
      let some = Dataset(inputs: Array(data.inputs[..<count]), labels: Array(data.labels[..<count]))
      let error = modelLoss(model, some).error.labelled(chapter.words(en: "error", fr: "erreur"))
      error.backward()
      let samples = Localized.counted(count, en: "sample", fr: "échantillon")
      let en = samples(in: .english), fr = samples(in: .french)
      chapter.show("nodes, \(en)", fr: "nœuds, \(fr)", error.graph().nodes.count)
      chapter.show("w1.1.1.grad, \(en)", fr: "w1.1.1.grad, \(fr)", model.parameters[0].grad)
      chapter.draw(
        error.figure(
          title: chapter.words(
            en: "Gradient graph of a 2-2-1 network, \(en)", fr: "Graphe du gradient d'un réseau 2-2-1, \(fr)"),
          language: chapter.language),
        as: "task-08-graph-\(count)",
        en: "The mean error over \(en).", fr: "L'erreur moyenne sur \(fr).")
    }
    chapter.say(
      en: """
        With several samples, each has its own copy of all operations, and the copies share the weights. So a weight is \
        used once for each sample, and its gradient is a sum over the samples.
        """,
      fr: """
        Avec plusieurs échantillons, chacun a sa propre copie de toutes les opérations, et les copies partagent les \
        poids. Un poids sert donc une fois par échantillon, et son gradient est une somme sur les échantillons.
        """)
  }
}
