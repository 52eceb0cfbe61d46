import Micrograd

extension LabTask {
  static let sixteenNeurons = LabTask(10, en: "Sixteen hidden neurons", fr: "Seize neurones cachés") { chapter in
    let data = chapter.data, model = makeNetworks().sixteen
    chapter.say(
      en: "Sixteen hidden neurons instead of two, 100 iterations instead of ten, and the same learning rates.",
      fr: "Seize neurones cachés au lieu de deux, 100 itérations au lieu de dix, et les mêmes pas d'apprentissage.")
    chapter.say(
      en: """
        Its weights are the next 48 draws of the generator of task 9. With the 6 draws of that network, 60 draws precede \
        them.
        """,
      fr: """
        Ses poids sont les 48 tirages suivants du générateur de la tâche 9. Avec les 6 tirages de ce réseau-là, 60 \
        tirages les précèdent.
        """)
    chapter.show("parameters", fr: "paramètres", model.parameters.count)
    let (x, y) = Plot.plane(around: data)
    func frame(_ caption: String) -> RegionsAnimation.Frame {
      .init(
        caption: caption,
        regions: DecisionRegions(probability: probability(model), x: x, y: y, resolution: 40))
    }
    var frames: [RegionsAnimation.Frame] = []
    let iterations = train(model, on: data, iterations: 100) { step, iteration in
      guard step % 4 == 0 else { return }
      let error = iteration.error.fixed(4), accuracy = iteration.accuracy.fixed(0)
      frames.append(
        frame(
          chapter.words(
            en: "iteration \(step): error \(error), accuracy \(accuracy) %",
            fr: "itération \(step) : erreur \(error), exactitude \(accuracy) %")))
    }
    frames.append(frame(chapter.words(en: "after 100 iterations", fr: "après 100 itérations")))
    chapter.show("training", iterations, at: [0, 9, 19, 29, 39, 49, 59, 69, 79, 89, 99])
    chapter.draw(
      iterations.curves(chapter, title: chapter.words(en: "Training of 2-16-1", fr: "Entraînement du 2-16-1")),
      as: "task-10-curves",
      en: "Error, accuracy and learning rate over the iterations.",
      fr: "L'erreur, l'exactitude et le pas d'apprentissage au fil des itérations.")
    chapter.draw(
      decisionRegions(
        of: model, data, chapter, title: chapter.words(en: "Decision of 2-16-1", fr: "Décision du 2-16-1")),
      as: "task-10-regions",
      en: "With more neurons, the boundary follows the samples.",
      fr: "Avec plus de neurones, la frontière épouse les échantillons.")
    chapter.draw(
      RegionsAnimation(
        chapter.plot(Plot.scatter(data, title: chapter.words(en: "2-16-1 learns", fr: "Le 2-16-1 apprend"))),
        frames: frames
      ),
      as: "task-10-learning",
      en: "The boundary during the training, at every fourth iteration.",
      fr: "La frontière au cours de l'entraînement, une itération sur quatre.")
    chapter.showCompiled(makeNetworks().sixteen, on: data, iterations: iterations)
  }
}
