import Micrograd

/// The class that an output between 0 and 1 stands for.
func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }

extension LabTask {
  static let updatingTheWeights = LabTask(5, en: "Updating the weights", fr: "Mettre à jour les poids") { chapter in
    chapter.say(
      en: """
        The sample counts as predicted when the output is above 0.5. Until then: set the gradients to 0 (they would \
        add up otherwise), propagate, and move each parameter against its gradient, here by a tenth of it.
        """,
      fr: """
        L'échantillon est bien prédit quand la sortie dépasse 0.5. Jusque-là : remettre les gradients à 0 (sinon ils \
        s'additionnent), rétropropager, et déplacer chaque paramètre contre son gradient, ici d'un dixième.
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
      en: ["step", "output", "error", "predicted", "w1", "w2", "b"],
      fr: ["étape", "sortie", "erreur", "prédit", "w1", "w2", "b"],
      rows: rows)
    chapter.show("updates needed", fr: "mises à jour", rows.count - 1)
  }
}
