import Micrograd

/// Returns the mean error of a model over samples, as a value that can be propagated, and the percentage of samples that
/// are predicted correctly.
func modelLoss(
  _ model: MLP, _ data: Dataset, objective: Objective = .sigmoidOutsideTheGraph
) -> (error: Value, accuracy: Double) {
  var errors: [Value] = [], right = 0
  for (input, label) in zip(data.inputs, data.labels) {
    let score = model(input)[0]
    // σ is above 0.5 where the score is above 0.
    if (score.data > 0 ? 1 : 0) == label { right += 1 }
    errors.append(objective.error(score, label))
  }
  return (errors.mean(), 100 * Double(right) / Double(data.count))
}

extension LabTask {
  static let lossOfAModel = LabTask(7, en: "The loss of a model", fr: "L'erreur d'un modèle") { chapter in
    chapter.say(
      en: """
        `modelLoss(model, data)` returns two results: the mean squared error over all samples, as a value that can be \
        propagated, and the percentage of samples that are predicted correctly. For the perceptron of task 1, untrained:
        """,
      fr: """
        `modelLoss(model, data)` renvoie deux résultats : l'erreur quadratique moyenne sur tous les échantillons, sous \
        la forme d'une valeur qui peut être rétropropagée, et le pourcentage d'échantillons bien prédits. Pour le \
        perceptron de la tâche 1, non entraîné :
        """)
    let model = makePerceptron()
    let (error, accuracy) = modelLoss(model, chapter.data)
    error.backward()
    chapter.show("error", fr: "erreur", error.data)
    chapter.show("accuracy", fr: "exactitude", accuracy)
    for parameter in model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
    chapter.say(
      en: "Each gradient is now a mean over all samples.",
      fr: "Chaque gradient est maintenant une moyenne sur tous les échantillons.")
  }
}
