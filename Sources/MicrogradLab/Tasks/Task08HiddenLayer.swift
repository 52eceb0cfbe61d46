import Micrograd

extension LabTask {
  static let hiddenLayer = LabTask(8, en: "A hidden layer", fr: "Une couche cachée") { page in
    let model = makeNetworks().two
    model.labelParameters()
    page.say(
      en: "Two hidden ReLU neurons between the inputs and the output make a network that can bend its decision.",
      fr: "Deux neurones ReLU cachés entre les entrées et la sortie donnent un réseau qui peut courber sa décision.")
    page.show("model", model)
    page.show("parameters", model.parameters.count)

    let data = page.data
    for count in [1, 2, data.count] {
      model.zeroGrad()
      let some = Dataset(inputs: Array(data.inputs[..<count]), labels: Array(data.labels[..<count]))
      let error = modelLoss(model, some).error.labelled("error")
      error.backward()
      page.show("nodes, \(count) sample(s)", error.graph().nodes.count)
      page.show("w1.1.1.grad, \(count) sample(s)", model.parameters[0].grad)
      page.draw(
        error.figure(
          title: page.words(
            en: "Gradient graph of a 2-2-1 network, samples: \(count)",
            fr: "Graphe du gradient d'un réseau 2-2-1, échantillons : \(count)"), language: page.language),
        as: "task-08-graph-\(count)",
        en: "The mean error over \(count) sample(s).", fr: "L'erreur moyenne sur \(count) échantillon(s).")
    }
    page.say(
      en: """
        With more than one sample, each has a copy of all operations, and all copies share the weights. So a weight \
        is used once for each sample, and its gradient is a sum over the samples.
        """,
      fr: """
        Avec plusieurs échantillons, chacun a sa copie de toutes les opérations, et toutes les copies partagent les \
        poids. Un poids sert donc une fois par échantillon, et son gradient est une somme sur les échantillons.
        """)
  }
}
