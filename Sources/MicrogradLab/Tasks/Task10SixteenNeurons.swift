import Micrograd

extension LabTask {
  static let sixteenNeurons = LabTask(10, en: "Sixteen hidden neurons", fr: "Seize neurones cachés") { page in
    let data = page.data, model = makeNetworks().sixteen
    page.say(
      en: "Sixteen hidden neurons instead of two, 100 iterations instead of ten, and the same rates.",
      fr: "Seize neurones cachés au lieu de deux, 100 itérations au lieu de dix, et les mêmes pas.")
    page.say(
      en: """
        Its weights are the next 48 draws of the generator of task 9. With the 6 draws of that network, 60 draws \
        precede them.
        """,
      fr: """
        Ses poids sont les 48 tirages suivants du générateur de la tâche 9. Avec les 6 tirages de ce réseau-là, 60 \
        tirages les précèdent.
        """)
    page.show("parameters", fr: "paramètres", model.parameters.count)
    let (x, y) = Plot.plane(around: data)
    func frame(_ caption: String) -> RegionsAnimation.Frame {
      .init(caption, DecisionRegions(probability: probability(model), x: x, y: y, resolution: 40))
    }
    var frames: [RegionsAnimation.Frame] = []
    let iterations = train(model, on: data, iterations: 100) { step, iteration in
      guard step % 4 == 0 else { return }
      let error = iteration.error.fixed(4), accuracy = iteration.accuracy.fixed(0)
      frames.append(
        frame(
          page.words(
            en: "iteration \(step): error \(error), accuracy \(accuracy) %",
            fr: "itération \(step) : erreur \(error), précision \(accuracy) %")))
    }
    frames.append(frame(page.words(en: "after 100 iterations", fr: "après 100 itérations")))
    page.show("training", iterations, at: [0, 9, 19, 29, 39, 49, 59, 69, 79, 89, 99])
    page.draw(
      iterations.curves(page, title: page.words(en: "Training of 2-16-1", fr: "Entraînement du 2-16-1")),
      as: "task-10-curves",
      en: "Error, accuracy and rate over the iterations.",
      fr: "L'erreur, la précision et le pas au fil des itérations.")
    page.draw(
      decisionRegions(of: model, data, page, title: page.words(en: "Decision of 2-16-1", fr: "Décision du 2-16-1")),
      as: "task-10-regions",
      en: "With more neurons, the boundary follows the samples.",
      fr: "Avec plus de neurones, la frontière épouse les échantillons.")
    page.draw(
      RegionsAnimation(
        page.plot(Plot.scatter(data, title: page.words(en: "2-16-1 learns", fr: "Le 2-16-1 apprend"))), frames: frames
      ),
      as: "task-10-learning",
      en: "How the boundary finds its place, every fourth iteration.",
      fr: "Comment la frontière trouve sa place, une itération sur quatre.")
    page.showCompiled(makeNetworks().sixteen, on: data, iterations: iterations)
  }
}
