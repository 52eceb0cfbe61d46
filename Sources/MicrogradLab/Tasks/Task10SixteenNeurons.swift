import Micrograd

extension LabTask {
  static let sixteenNeurons = LabTask(10, en: "Sixteen hidden neurons", fr: "Seize neurones cachés") { page in
    let data = page.data, model = makeNetworks().sixteen
    page.say(
      en: "Sixteen hidden neurons instead of two, 100 iterations instead of ten, and the same rates.",
      fr: "Seize neurones cachés au lieu de deux, 100 itérations au lieu de dix, et les mêmes pas.")
    page.show("parameters", model.parameters.count)
    let iterations = train(model, on: data, iterations: 100)
    page.show("training", iterations, at: [0, 9, 19, 29, 39, 49, 59, 69, 79, 89, 99])
    page.draw(
      iterations.curves(page, title: page.words(en: "Training of 2-16-1", fr: "Entraînement du 2-16-1")),
      as: "task-10-curves",
      en: "Error and accuracy over the iterations.", fr: "L'erreur et la précision au fil des itérations.")
    page.draw(
      decisionRegions(of: model, data, page, title: page.words(en: "Decision of 2-16-1", fr: "Décision du 2-16-1")),
      as: "task-10-regions",
      en: "With more neurons, the boundary follows the samples.",
      fr: "Avec plus de neurones, la frontière épouse les échantillons.")
  }
}
