import Micrograd

extension LabTask {
  static let threeWaysToLearn = LabTask(
    11, en: "Beyond the practical: three ways to learn", fr: "Au-delà du TP : trois façons d'apprendre"
  ) { page in
    page.say(
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
    let data = page.data
    let runs = Objective.allCases.map { objective in
      train(makeNetworks().sixteen, on: data, iterations: 100, objective: objective)
    }
    let names = page.words(
      en: "σ outside the graph|σ in the graph|cross-entropy",
      fr: "σ hors du graphe|σ dans le graphe|entropie croisée"
    ).split(separator: "|").map(String.init)
    page.show(
      "accuracy",
      headings: [page.words(en: "step", fr: "étape")] + names,
      rows: [0, 9, 24, 49, 74, 99].map { step in
        ["\(step)"] + runs.map { "\($0[step].accuracy.fixed(0)) %" }
      })
    page.show(
      "error",
      headings: [page.words(en: "step", fr: "étape")] + names,
      rows: [0, 9, 24, 49, 74, 99].map { step in ["\(step)"] + runs.map { $0[step].error.fixed(6) } })
    page.draw(
      page.plot(
        Plot.curves(
          zip(names, runs).map { Series($0, $1.map(\.accuracy)) },
          title: page.words(en: "Three ways to learn", fr: "Trois façons d'apprendre"),
          xLabel: page.words(en: "iteration", fr: "itération"),
          yLabel: page.words(en: "accuracy (%)", fr: "précision (%)"))),
      as: "task-11-curves",
      en: "The gradient decides how fast a network learns.",
      fr: "C'est le gradient qui décide de la vitesse d'apprentissage.")
  }
}
