import Micrograd

/// Returns the class that an output between 0 and 1 stands for.
func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }

extension LabTask {
  static let updatingTheWeights = LabTask(5, en: "Updating the weights", fr: "Mettre à jour les poids") { chapter in
    chapter.say(
      en: """
        The sample is predicted correctly once the output is above 0.5. Until then, each update sets the gradients to 0 \
        (otherwise they would add up), propagates, and moves each parameter against its gradient, with a learning rate \
        of 0.1.
        """,
      fr: """
        L'échantillon est bien prédit dès que la sortie dépasse 0.5. Jusque-là, chaque mise à jour remet les gradients à \
        zéro (sinon ils s'additionneraient), rétropropage, et déplace chaque paramètre dans le sens opposé à son \
        gradient, avec un pas d'apprentissage de 0.1.
        """)
    let model = makePerceptron()
    var rows: [[String]] = []
    var isPredicted = false
    while !isPredicted {
      let output = model(sample)[0]
      applySigmoid(to: output)
      let error = squaredError(output, target)
      isPredicted = Double(binary(output.data)) == target
      rows.append(
        [String(rows.count), output.data.fixed(6), error.data.fixed(6), String(binary(output.data))]
          + model.parameters.map { $0.data.fixed(4) })
      model.zeroGrad()
      error.backward()
      for parameter in model.parameters { parameter.data -= 0.1 * parameter.grad }
    }
    chapter.show(
      "updates",
      en: ["update", "output", "error", "prediction", "w1", "w2", "b"],
      fr: ["mise à jour", "sortie", "erreur", "prédiction", "w1", "w2", "b"],
      rows: rows)
    chapter.show("updates needed", fr: "mises à jour nécessaires", rows.count - 1)
  }
}
