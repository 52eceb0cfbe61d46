import Micrograd
import MicrogradQuestions

// MARK: - Reference

func makeLargeNetwork(seed: Int) -> MLP {
  var random = PythonRandom(seed: seed)
  for _ in 0..<60 { _ = random.uniform(-1, 1) }
  return MLP(2, [16, 1], using: &random)
}

func trainLarge(_ data: Dataset) -> (errors: [Double], accuracies: [Double]) {
  train(makeLargeNetwork(seed: 42), data.inputs, data.labels, iterations: 100)
}

func probability(_ model: MLP, _ x: Double, _ y: Double) -> Double {
  sigmoid(model([x, y])[0].data)
}

func drawRegions(_ model: MLP, _ data: Dataset) -> Plot {
  Plot.decisionRegions(probability: { x, y in probability(model, x, y) }, samples: data, resolution: 40)
}

// MARK: - Report

extension LabTask {
  static let sixteenNeurons = LabTask(10, en: "Sixteen hidden neurons", fr: "Seize neurones cachés") { chapter in
    let data = chapter.data, model = makeLargeNetwork(seed: 42)
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
        regions: DecisionRegions(probability: { probability(model, $0, $1) }, x: x, y: y, resolution: 40))
    }
    var frames: [RegionsAnimation.Frame] = []
    let iterations = recordTraining(of: model, on: data, iterations: 100) { step, iteration in
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
    chapter.showCompiled(makeLargeNetwork(seed: 42), on: data, iterations: iterations)
    chapter.offerPlayground(hiddenNeurons: 16)
  }
}

// MARK: - Exercise

extension Exercise {
  static let sixteenNeurons = Exercise(
    .sixteenNeurons,
    statement: Localized(
      en: """
        Two hidden neurons bend the boundary once or twice. Give the network sixteen and let it learn for 100 iterations, with \
        `train` of task 9. Its weights are the next draws of the generator of task 9: 54 draws, then the 6 weights of that \
        network, then those of this one.

        Then draw what it has learned: the plane in the colour of the class that the network predicts at each point, and the \
        samples over it. A score becomes a probability by σ. The title and the fineness of the drawing are up to you; beyond \
        60 steps in each direction it takes noticeably longer.
        """,
      fr: """
        Deux neurones cachés courbent la frontière une ou deux fois. Donnez-en seize au réseau, et laissez-le apprendre \
        pendant 100 itérations, avec `train` de la tâche 9. Ses poids sont les tirages suivants du générateur de la tâche 9 : \
        54 tirages, puis les 6 poids de ce réseau-là, puis ceux de celui-ci.

        Dessinez ensuite ce qu'il a appris : le plan, de la couleur de la classe que le réseau prédit en chaque point, et les \
        échantillons par-dessus. Un score devient une probabilité par σ. Le titre et la finesse du dessin sont libres ; au-delà \
        de 60 pas dans chaque direction, il prend sensiblement plus de temps.
        """),
    requirements: [2, 9],
    declarations: [
      Declaration(
        "func makeLargeNetwork(seed: Int) -> MLP",
        en: "Makes a 2-16-1 network from the draws that follow those of task 9.",
        fr: "Crée un réseau 2-16-1 à partir des tirages qui suivent ceux de la tâche 9."),
      Declaration(
        "func probability(_ model: MLP, _ x: Double, _ y: Double) -> Double",
        en: "Returns the model's probability of class 1 at a point.",
        fr: "Renvoie la probabilité de la classe 1 que le modèle donne en un point."),
      Declaration(
        "func drawRegions(_ model: MLP, _ data: Dataset) -> Plot",
        en: "Draws the regions of the classes that the model predicts, and the samples.",
        fr: "Dessine les régions des classes que le modèle prédit, et les échantillons."),
      Declaration(
        "func trainLarge(_ data: Dataset) -> (errors: [Double], accuracies: [Double])",
        en: """
          Makes the network from seed 42, trains it for 100 iterations, and returns the error and the accuracy of each.
          """,
        fr: """
          Crée le réseau à partir de la graine 42, l'entraîne pendant 100 itérations, et renvoie l'erreur et l'exactitude de \
          chacune.
          """),
    ],
    hints: [
      Localized(
        en: """
          Almost everything is there already: which functions of tasks 2 and 9 can be called as they are? And how many draws \
          precede the weights?
          """,
        fr: """
          Presque tout est déjà là : quelles fonctions des tâches 2 et 9 peut-on appeler telles quelles ? Et combien de \
          tirages précèdent les poids ?
          """),
      Localized(
        en: """
          60 draws precede the weights. A point is a sample without a label: give its coordinates to the model, and take σ of \
          the score. `Plot` has a function that draws decision regions from a probability and samples.
          """,
        fr: """
          60 tirages précèdent les poids. Un point est un échantillon sans étiquette : donnez ses coordonnées au modèle, et \
          prenez σ du score. `Plot` a une fonction qui dessine des régions de décision à partir d'une probabilité et \
          d'échantillons.
          """),
      Localized(
        en: """
          The model takes a list, `[x, y]`, and gives a list with one score. `Plot.decisionRegions(probability:samples:)` calls \
          a closure with x and y for each point. A `Dataset` has `inputs` and `labels`, which `train` takes.
          """,
        fr: """
          Le modèle prend une liste, `[x, y]`, et donne une liste d'un seul score. `Plot.decisionRegions(probability:samples:)` \
          appelle une fermeture avec x et y pour chaque point. Un `Dataset` a `inputs` et `labels`, que `train` prend.
          """),
    ],
    // A training amplifies the rounding of sums in another order.
    trial: """
      let data = makeData(samples: 100, noise: 0.1, seed: 42)
      let model = makeLargeNetwork(seed: 42)
      _ = train(model, data.inputs, data.labels, iterations: 100)
      drawRegions(model, data)
      """,
    tolerance: 1e-6,
    reference: {
      [
        Function("makeLargeNetwork", makeLargeNetwork), Function("probability", probability),
        Function("drawRegions", drawRegions),
        Function("trainLarge", results: ("errors", "accuracies"), trainLarge),
      ]
    },
    questions: { random in
      let networks = [42, random.randrange(1000)].map { Question("makeLargeNetwork", ["seed": .integer($0)]) }
      let probabilities = [[1], [1], [16, 1]].map { sizes in
        Question(
          "probability",
          [
            "model": .network(sizes, &random), "x": .number(random.uniform(-1, 1)),
            "y": .number(random.uniform(-1, 1)),
          ])
      }
      let few = Dataset(
        inputs: [[1, -1], [2, 1], [1.5, 0.5], [1.25, -0.5], [1.75, -0.25]], labels: [0, 1, 1, 0, 1])
      // Class 1 where x1 is positive, as it is in the whole picture; and class 1 everywhere, by a score below 0.5.
      let plots = [[1, 0, 0], [0, 0, 0.25], [-1, 0, 1.5]].map { (parameters: [Double]) in
        Question(
          "drawRegions",
          [
            "model": .network(inputs: 2, sizes: [1], parameters: parameters, gradients: [0, 0, 0]),
            "data": .data(few),
          ])
      }
      let moons = Argument.data(LabSamples.moons.data)
      return networks + probabilities + plots + [
        Question("drawRegions", ["model": trained, "data": moons]),
        Question(
          "trainLarge", ["data": .data(Dataset(inputs: random.rows(4), labels: random.labels(4)))]),
        Question("trainLarge", ["data": moons]),
      ]
    },
    misconceptions: [
      Misconception(
        "54-draws",
        en: (
          "Only 54 draws precede the weights, as in task 9. They are those of its network and the first 42 that follow.",
          "How many weights did the network of task 9 draw, after those 54?"
        ),
        fr: (
          "Seuls 54 tirages précèdent les poids, comme à la tâche 9. Ce sont ceux de son réseau, puis les 42 premiers suivants.",
          "Combien de poids le réseau de la tâche 9 a-t-il tirés après ces 54 ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 54) },
      Misconception(.drawsWithoutEffect) { drawing("makeLargeNetwork", [16, 1], after: 0) },
      Misconception(
        "6-draws",
        en: (
          "Only the 6 weights of the network of task 9 precede the weights, without the 54 draws before it.",
          "What was drawn before the network of task 9 was made?"
        ),
        fr: (
          "Seuls les 6 poids du réseau de la tâche 9 précèdent les poids, sans les 54 tirages qui l'ont précédé.",
          "Qu'avait-on tiré avant de créer le réseau de la tâche 9 ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 6) },
      Misconception(
        "59-draws",
        en: (
          "One draw too few precedes the weights.",
          "How often does `for _ in 1..<60` run?"
        ),
        fr: (
          "Il manque un tirage avant les poids.",
          "Combien de fois `for _ in 1..<60` s'exécute-t-elle ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 59) },
      Misconception(
        "61-draws",
        en: (
          "One draw too many precedes the weights.",
          "How often does `for _ in 0...60` run?"
        ),
        fr: (
          "Il y a un tirage de trop avant les poids.",
          "Combien de fois `for _ in 0...60` s'exécute-t-elle ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 61) },
      Misconception(
        "biases-drawn",
        en: (
          "Draws were counted for the three biases of the network of task 9 too: 63 precede the weights.",
          "What is the bias of a new neuron, and is it drawn?"
        ),
        fr: (
          "Des tirages ont été comptés aussi pour les trois biais du réseau de la tâche 9 : 63 précèdent les poids.",
          "Que vaut le biais d'un nouveau neurone, et est-il tiré ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 63) },
      Misconception(
        "two-neurons",
        en: (
          "The network has two hidden neurons, as in task 9.",
          "How many hidden neurons does this task ask for?"
        ),
        fr: (
          "Le réseau a deux neurones cachés, comme à la tâche 9.",
          "Combien de neurones cachés cette tâche demande-t-elle ?"
        )
      ) { drawing("makeLargeNetwork", [2, 1], after: 60) },
      Misconception(
        "output-neuron-missing",
        en: (
          "The network ends with the sixteen hidden neurons, and has sixteen outputs.",
          "Which layer turns what the sixteen neurons give into one score?"
        ),
        fr: (
          "Le réseau s'arrête aux seize neurones cachés, et a seize sorties.",
          "Quelle couche fait un seul score de ce que donnent les seize neurones ?"
        )
      ) { drawing("makeLargeNetwork", [16], after: 60) },
      Misconception(
        "two-hidden-layers",
        en: (
          "The network has two hidden layers of sixteen neurons.",
          "How many layers does 2-16-1 have after the inputs?"
        ),
        fr: (
          "Le réseau a deux couches cachées de seize neurones.",
          "Combien de couches 2-16-1 a-t-il après les entrées ?"
        )
      ) { drawing("makeLargeNetwork", [16, 16, 1], after: 60) },
      Misconception(
        "linear-hidden-neurons",
        en: (
          "The hidden neurons are linear. However many they are, the boundary stays a straight line.",
          "What bends the decision boundary, if all neurons only multiply and add?"
        ),
        fr: (
          "Les neurones cachés sont linéaires. Quel que soit leur nombre, la frontière reste une droite.",
          "Qu'est-ce qui courbe la frontière de décision, si tous les neurones ne font que multiplier et additionner ?"
        )
      ) { drawing("makeLargeNetwork", [16, 1], after: 60, activation: .linear) },
      Misconception(.seedIgnored) { [Function("makeLargeNetwork") { (_: Int) in makeLargeNetwork(seed: 42) }] },
      Misconception(
        "score",
        en: (
          "The function returns the score, to which σ has not been applied.",
          "Can a probability be below 0, or above 1?"
        ),
        fr: (
          "La fonction renvoie le score, sans que σ lui ait été appliquée.",
          "Une probabilité peut-elle être négative, ou dépasser 1 ?"
        )
      ) { judging { model, x, y in model([x, y])[0].data } },
      Misconception(
        "coordinates-exchanged",
        en: (
          "x and y are exchanged.",
          "Which of the inputs of a sample is the horizontal coordinate?"
        ),
        fr: (
          "x et y sont échangés.",
          "Laquelle des entrées d'un échantillon est l'abscisse ?"
        )
      ) { judging { model, x, y in probability(model, y, x) } },
      Misconception(
        "class-0",
        en: (
          "The function returns the probability of class 0: the sign in the exponent of σ is missing, or the result was subtracted from 1.",
          "For a high score, is the probability of class 1 close to 0 or to 1?"
        ),
        fr: (
          "La fonction renvoie la probabilité de la classe 0 : le signe manque dans l'exposant de σ, ou le résultat a été soustrait de 1.",
          "Pour un score élevé, la probabilité de la classe 1 est-elle proche de 0 ou de 1 ?"
        )
      ) { judging { model, x, y in 1 - probability(model, x, y) } },
      Misconception(
        "class",
        en: (
          "The function returns the predicted class, 0 or 1, not its probability.",
          "How can one see in the result how sure the network is?"
        ),
        fr: (
          "La fonction renvoie la classe prédite, 0 ou 1, et non sa probabilité.",
          "Comment voir dans le résultat à quel point le réseau est sûr de lui ?"
        )
      ) {
        [Function("probability") { (model: MLP, x: Double, y: Double) in Double(binary(probability(model, x, y))) }]
      },
      Misconception(
        "percent",
        en: (
          "The function returns a percentage.",
          "Between which numbers is a probability?"
        ),
        fr: (
          "La fonction renvoie un pourcentage.",
          "Entre quels nombres se trouve une probabilité ?"
        )
      ) { [Function("probability") { (model: MLP, x: Double, y: Double) in 100 * probability(model, x, y) }] },
      Misconception(
        "sigmoid-twice",
        en: (
          "σ was applied twice, to the score and to its own result.",
          "Can your function give a number below 0.5?"
        ),
        fr: (
          "σ a été appliquée deux fois : au score, puis à son propre résultat.",
          "Votre fonction peut-elle donner un nombre inférieur à 0.5 ?"
        )
      ) { judging { model, x, y in sigmoid(probability(model, x, y)) } },
      Misconception(
        "regions-without-samples",
        en: (
          "The plot shows the regions, but not the samples.",
          "How can one see which samples are on the wrong side of the boundary?"
        ),
        fr: (
          "Le graphique montre les régions, mais pas les échantillons.",
          "Comment voir quels échantillons sont du mauvais côté de la frontière ?"
        )
      ) {
        [
          Function("drawRegions") { (model: MLP, data: Dataset) in
            let plot = coarseRegions(data) { probability(model, $0, $1) }
            return Plot(
              layers: plot.layers.filter { if case .samples = $0 { false } else { true } }, xLabel: "x1", yLabel: "x2"
            )
          }
        ]
      },
      Misconception(
        "samples-without-regions",
        en: (
          "The plot shows the samples, but not what the network decides between them.",
          "Which function of `Plot` asks the network for every point of the plane?"
        ),
        fr: (
          "Le graphique montre les échantillons, mais pas ce que le réseau décide entre eux.",
          "Quelle fonction de `Plot` interroge le réseau pour chaque point du plan ?"
        )
      ) { [Function("drawRegions") { (_: MLP, data: Dataset) in Plot.scatter(data) }] },
      Misconception(
        "other-samples",
        en: (
          "The samples are those of task 6, not those that were given.",
          "What is `data` for?"
        ),
        fr: (
          "Les échantillons sont ceux de la tâche 6, et non ceux qui ont été donnés.",
          "À quoi sert `data` ?"
        )
      ) {
        [
          Function("drawRegions") { (model: MLP, _: Dataset) in
            coarseRegions(LabSamples.moons.data) { probability(model, $0, $1) }
          }
        ]
      },
      Misconception(
        "another-network",
        en: (
          "The regions are those of a network that the function made itself.",
          "Whose decisions does the caller want to see? What is `model` for?"
        ),
        fr: (
          "Les régions sont celles d'un réseau que la fonction a créé elle-même.",
          "De quel réseau l'appelant veut-il voir les décisions ? À quoi sert `model` ?"
        )
      ) {
        [
          Function("drawRegions") { (_: MLP, data: Dataset) in
            let model = makeLargeNetwork(seed: 42)
            return coarseRegions(data) { probability(model, $0, $1) }
          }
        ]
      },
      Misconception(
        "ten-iterations",
        en: (
          "There were ten iterations, as in task 9.",
          "How many iterations does this task ask for?"
        ),
        fr: (
          "Il y a eu dix itérations, comme à la tâche 9.",
          "Combien d'itérations cette tâche demande-t-elle ?"
        )
      ) { trainingOtherwise(iterations: 10) },
      Misconception(
        "101-iterations",
        en: (
          "There is one iteration too many.",
          "How many numbers are in `0...100`?"
        ),
        fr: (
          "Il y a une itération de trop.",
          "Combien de nombres y a-t-il dans `0...100` ?"
        )
      ) { trainingOtherwise(iterations: 101) },
      Misconception(
        "small-network",
        en: (
          "The network of task 9 was trained, with two hidden neurons.",
          "Which function of this task makes a network?"
        ),
        fr: (
          "C'est le réseau de la tâche 9 qui a été entraîné, avec ses deux neurones cachés.",
          "Quelle fonction de cette tâche crée un réseau ?"
        )
      ) { trainingOtherwise(makeSmallNetwork(seed: 42)) },
      Misconception(
        "first-draws-trained",
        en: (
          "A network from the first draws of the seed was trained, not that of `makeLargeNetwork`.",
          "How many draws precede the weights of the network that you train?"
        ),
        fr: (
          "C'est un réseau issu des premiers tirages de la graine qui a été entraîné, et non celui de `makeLargeNetwork`.",
          "Combien de tirages précèdent les poids du réseau que vous entraînez ?"
        )
      ) { trainingOtherwise(MLP(2, [16, 1], seed: 42)) },
      Misconception(
        "rates-begun-again",
        en: (
          "The training was done in ten parts of ten iterations, and the rate began at 1 in each of them.",
          "What is the rate at iteration 10, and which number of iteration does `train` begin with?"
        ),
        fr: (
          "L'entraînement a été fait en dix parties de dix itérations, et le pas est reparti de 1 à chacune.",
          "Quel est le pas à l'itération 10, et par quel numéro d'itération `train` commence-t-elle ?"
        )
      ) {
        [
          Function("trainLarge", results: ("errors", "accuracies")) { (data: Dataset) in
            let model = makeLargeNetwork(seed: 42)
            let parts = (0..<10).map { _ in train(model, data.inputs, data.labels, iterations: 10) }
            return (parts.flatMap(\.errors), parts.flatMap(\.accuracies))
          }
        ]
      },
      Misconception(
        "other-data",
        en: (
          "The network was trained on the samples of task 6, not on those that were given.",
          "What is `data` for?"
        ),
        fr: (
          "Le réseau a été entraîné sur les échantillons de la tâche 6, et non sur ceux qui ont été donnés.",
          "À quoi sert `data` ?"
        )
      ) { trainingOtherwise(on: LabSamples.moons.data) },
    ])

  /// The network after its training, for a picture that is worth looking at.
  private static let trained: Argument = {
    let model = makeLargeNetwork(seed: 42), data = LabSamples.moons.data
    _ = train(model, data.inputs, data.labels, iterations: 100)
    return .network(model)
  }()
}

/// `probability` and `drawRegions` with something else in the place of the probability.
private func judging(_ probability: @escaping (MLP, _ x: Double, _ y: Double) -> Double) -> [Function] {
  [
    Function("probability") { (model: MLP, x: Double, y: Double) in probability(model, x, y) },
    Function("drawRegions") { (model: MLP, data: Dataset) in
      coarseRegions(data) { probability(model, $0, $1) }
    },
  ]
}

/// The picture of `drawRegions`, fine enough to find the classes, since pictures are not compared.
private func coarseRegions(_ data: Dataset, _ probability: (_ x: Double, _ y: Double) -> Double) -> Plot {
  Plot.decisionRegions(probability: probability, samples: data, resolution: 10)
}

/// `trainLarge` with another network, other data or another number of iterations.
private func trainingOtherwise(
  _ model: @autoclosure @escaping () -> MLP = makeLargeNetwork(seed: 42), on samples: Dataset? = nil,
  iterations: Int = 100
) -> [Function] {
  [
    Function("trainLarge", results: ("errors", "accuracies")) { (data: Dataset) in
      let data = samples ?? data
      return train(model(), data.inputs, data.labels, iterations: iterations)
    }
  ]
}
