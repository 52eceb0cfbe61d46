import Micrograd

/// The error of a model's score: the three objectives that task 11 compares.
enum Objective: CaseIterable {
  /// The squared error with σ applied outside the graph, as in the practical.
  case sigmoidOutsideTheGraph
  /// The squared error with σ as an operation of the graph.
  case sigmoidInTheGraph
  /// The cross-entropy of the score.
  case crossEntropy

  /// The name in a table.
  var name: Localized {
    switch self {
    case .sigmoidOutsideTheGraph: Localized(en: "σ outside the graph", fr: "σ hors du graphe")
    case .sigmoidInTheGraph: Localized(en: "σ in the graph", fr: "σ dans le graphe")
    case .crossEntropy: Localized(en: "cross-entropy", fr: "entropie croisée")
    }
  }

  func error(_ score: Value, _ label: Int) -> Value {
    switch self {
    case .sigmoidOutsideTheGraph:
      applySigmoid(to: score)
      return squaredError(score, Double(label))
    case .sigmoidInTheGraph:
      return squaredError(score.sigmoid(), Double(label))
    case .crossEntropy:
      return binaryCrossEntropy(logit: score, target: Double(label))
    }
  }

  /// Returns the mean error of a model over samples, and the percentage of samples that are predicted correctly.
  func loss(_ model: MLP, _ data: Dataset) -> (error: Value, accuracy: Double) {
    var errors: [Value] = [], right = 0
    for (input, label) in zip(data.inputs, data.labels) {
      let score = model(input)[0]
      // σ is above 0.5 where the score is above 0.
      if (score.data > 0 ? 1 : 0) == label { right += 1 }
      errors.append(error(score, label))
    }
    return (errors.mean(), 100 * Double(right) / Double(data.count))
  }
}

extension LabTask {
  static let threeWaysToLearn = LabTask(
    11, en: "Beyond the practical: three ways to learn", fr: "Au-delà du TP : trois façons d'apprendre"
  ) { chapter in
    chapter.say(
      en: """
        With σ outside the graph, the gradient of the score z is 2·(σ(z) - y): twice that of the cross-entropy. With σ \
        in the graph, it is also multiplied by σ·(1 - σ), which is at most a quarter, and tiny where the network is \
        sure. The 2-16-1 network, the data and the learning rates are the same. The error is the mean squared error or, \
        in the third case, the mean cross-entropy, so compare the accuracies.
        """,
      fr: """
        Avec σ hors du graphe, le gradient du score z est 2·(σ(z) - y) : le double de celui de l'entropie croisée. Si \
        σ est dans le graphe, il est en plus multiplié par σ·(1 - σ), qui vaut au plus un quart, et qui est minuscule \
        là où le réseau est sûr de lui. Le réseau 2-16-1, les données et les pas d'apprentissage sont les mêmes. \
        L'erreur est l'erreur quadratique moyenne ou, dans le troisième cas, l'entropie croisée moyenne : comparez donc \
        les exactitudes.
        """)
    let data = chapter.data
    let runs = Objective.allCases.map { objective in
      recordTraining(of: makeLargeNetwork(seed: 42), on: data, iterations: 100, loss: objective.loss)
    }
    let headings = [Localized(en: "iteration", fr: "itération")] + Objective.allCases.map(\.name)
    chapter.show(
      "accuracy",
      headings: headings,
      rows: [0, 9, 24, 49, 74, 99].map { step in
        ["\(step)"] + runs.map { "\($0[step].accuracy.fixed(0)) %" }
      })
    chapter.show(
      "error",
      headings: headings,
      rows: [0, 9, 24, 49, 74, 99].map { step in ["\(step)"] + runs.map { $0[step].error.fixed(6) } })
    chapter.draw(
      chapter.plot(
        Plot.curves(
          zip(Objective.allCases, runs).map { Series($0.name(in: chapter.language), values: $1.map(\.accuracy)) },
          title: chapter.words(en: "Three ways to learn", fr: "Trois façons d'apprendre"),
          xLabel: chapter.words(en: "iteration", fr: "itération"),
          yLabel: chapter.words(en: "accuracy (%)", fr: "exactitude (%)"))),
      as: "task-11-curves",
      en: "The gradient determines how fast a network learns.",
      fr: "C'est le gradient qui détermine la vitesse d'apprentissage.")
    chapter.offerPlayground(hiddenNeurons: 16)
  }
}
