import Micrograd

/// How a task arrives at an error from the score that a model gives.
enum Objective: CaseIterable {
  /// The squared error, after σ has been applied outside the graph: what the practical does.
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
}

extension LabTask {
  static let threeWaysToLearn = LabTask(
    11, en: "Beyond the practical: three ways to learn", fr: "Au-delà du TP : trois façons d'apprendre"
  ) { chapter in
    chapter.say(
      en: """
        With σ outside the graph, the gradient at the score z is 2·(σ(z) - y): twice that of the cross-entropy. With σ \
        in the graph, the factor σ·(1 - σ), never more than a quarter and tiny where the network is sure, comes on \
        top. The same 2-16-1 network, data and rates; the error is the mean squared one or, in the third case, the \
        mean cross-entropy, so compare the accuracies.
        """,
      fr: """
        Avec σ hors du graphe, le gradient au score z est 2·(σ(z) - y) : le double de celui de l'entropie croisée. Si \
        σ est dans le graphe, le facteur σ·(1 - σ) s'y ajoute : jamais plus d'un quart, et minuscule là où le réseau \
        est sûr. Même réseau 2-16-1, mêmes données, mêmes pas ; l'erreur est la moyenne quadratique ou, dans le \
        troisième cas, l'entropie croisée moyenne : comparez donc les précisions.
        """)
    let data = chapter.data
    let runs = Objective.allCases.map { objective in
      train(makeNetworks().sixteen, on: data, iterations: 100, objective: objective)
    }
    let headings = [Localized(en: "step", fr: "étape")] + Objective.allCases.map(\.name)
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
          yLabel: chapter.words(en: "accuracy (%)", fr: "précision (%)"))),
      as: "task-11-curves",
      en: "The gradient decides how fast a network learns.",
      fr: "C'est le gradient qui décide de la vitesse d'apprentissage.")
  }
}
