import Micrograd
import MicrogradQuestions
import RealModule

// MARK: - Reference

func learningRate(at iteration: Int) -> Double { 1 - 0.9 * Double(iteration) / 100 }

func makeSmallNetwork(seed: Int) -> MLP {
  var random = PythonRandom(seed: seed)
  for _ in 0..<54 { _ = random.uniform(-1, 1) }
  return MLP(2, [2, 1], using: &random)
}

func train(
  _ model: MLP, _ inputs: [[Double]], _ labels: [Int], iterations: Int
) -> (errors: [Double], accuracies: [Double]) {
  var errors: [Double] = [], accuracies: [Double] = []
  for iteration in 0..<iterations {
    let (error, accuracy) = modelLoss(model, inputs, labels)
    model.zeroGrad()
    error.backward()
    for parameter in model.parameters { parameter.data -= learningRate(at: iteration) * parameter.grad }
    errors.append(error.data)
    accuracies.append(accuracy)
  }
  return (errors, accuracies)
}

// MARK: - Report

extension LabTask {
  static let training = LabTask(9, en: "Training", fr: "L'entraînement") { chapter in
    let data = chapter.data, model = makeSmallNetwork(seed: 42)
    chapter.say(
      en: """
        Ten iterations over all samples. The learning rate at iteration k is 1 - 0.9·k/100, and the error is the one \
        before the update of the weights.
        """,
      fr: """
        Dix itérations sur tous les échantillons. Le pas d'apprentissage à l'itération k vaut 1 - 0.9·k/100, et l'erreur \
        est celle d'avant la mise à jour des poids.
        """)
    chapter.say(
      en: """
        The published table was made by a program that had already drawn the weights of a 2-16-1 and of a 2-2-1 \
        network from seed 42. So 48 + 6 = 54 draws precede the weights of this network. With the first draws from the \
        seed it would learn just as well, but with other numbers.
        """,
      fr: """
        Le tableau publié vient d'un programme qui avait déjà tiré, depuis la graine 42, les poids d'un réseau 2-16-1 \
        et ceux d'un réseau 2-2-1. Ainsi 48 + 6 = 54 tirages précèdent les poids de ce réseau. Avec les premiers \
        tirages de la graine, il apprendrait aussi bien, mais avec d'autres nombres.
        """)
    let (errors, accuracies) = train(model, data.inputs, data.labels, iterations: 10)
    let iterations = errors.indices.map { step in
      Iteration(error: errors[step], accuracy: accuracies[step], rate: learningRate(at: step))
    }
    chapter.show("training", iterations, at: Array(0..<10))
    chapter.draw(
      iterations.curves(chapter, title: chapter.words(en: "Training of 2-2-1", fr: "Entraînement du 2-2-1")),
      as: "task-09-curves",
      en: "Error, accuracy and learning rate over the iterations.",
      fr: "L'erreur, l'exactitude et le pas d'apprentissage au fil des itérations.")
    chapter.draw(
      decisionRegions(
        of: model, data, chapter, title: chapter.words(en: "Decision of 2-2-1", fr: "Décision du 2-2-1")),
      as: "task-09-regions",
      en: """
        The decision of the network after ten iterations: the deeper the colour, the surer it is. Shades change at \
        probabilities of 10, 25, 75 and 90 %.
        """,
      fr: """
        La décision du réseau après dix itérations : plus la couleur est soutenue, plus il est sûr de lui. Les teintes \
        changent aux probabilités de 10, 25, 75 et 90 %.
        """)

    chapter.say(
      en: "Read literally, a rate that falls by 10 % per iteration is 0.9^k. The same network with that rate:",
      fr: "Pris au mot, un pas qui baisse de 10 % par itération vaut 0.9^k. Le même réseau avec ce pas :")
    let other = recordTraining(
      of: makeSmallNetwork(seed: 42), on: data, iterations: 10, schedule: .exponential(initial: 1, factor: 0.9))
    chapter.show("training with rate 0.9^k", other, at: Array(0..<10))
    chapter.showCompiled(makeSmallNetwork(seed: 42), on: data, iterations: iterations)
    chapter.offerPlayground(hiddenNeurons: 2)
  }
}

// MARK: - Exercise

extension Exercise {
  static let training = Exercise(
    .training,
    statement: Localized(
      en: """
        Now the 2-2-1 network learns. An iteration computes the error and the accuracy of the model over all samples, sets the \
        gradients to 0, calls `backward()` on the error, and moves each parameter against its gradient by the learning rate. \
        The rate falls from iteration to iteration: at iteration k, counted from 0, it is 1 - 0.9·k/100.

        The published table was made by a program that had already drawn the weights of a 2-16-1 and of a 2-2-1 network, 48 + \
        6 numbers, from the same generator. So draw 54 numbers with `uniform(-1, 1)` from a `PythonRandom` of the seed, and \
        let the same generator draw the weights of your network.
        """,
      fr: """
        Le réseau 2-2-1 apprend maintenant. Une itération calcule l'erreur et l'exactitude du modèle sur tous les \
        échantillons, remet les gradients à zéro, appelle `backward()` sur l'erreur, et déplace chaque paramètre dans le sens \
        opposé à son gradient, du pas d'apprentissage. Le pas baisse d'une itération à l'autre : à l'itération k, comptée à \
        partir de 0, il vaut 1 - 0.9·k/100.

        Le tableau publié vient d'un programme qui avait déjà tiré du même générateur les poids d'un réseau 2-16-1 et ceux \
        d'un réseau 2-2-1, soit 48 + 6 nombres. Tirez donc 54 nombres avec `uniform(-1, 1)` d'un `PythonRandom` de la graine, \
        puis laissez le même générateur tirer les poids de votre réseau.
        """),
    requirements: [7],
    declarations: [
      Declaration(
        "func learningRate(at iteration: Int) -> Double",
        en: "Returns the learning rate at an iteration, counted from 0.",
        fr: "Renvoie le pas d'apprentissage à une itération, comptée à partir de 0."),
      Declaration(
        "func makeSmallNetwork(seed: Int) -> MLP",
        en: "Makes a 2-2-1 network from the draws that follow the first 54 of a seed.",
        fr: "Crée un réseau 2-2-1 à partir des tirages qui suivent les 54 premiers d'une graine."),
      Declaration(
        """
        func train(
          _ model: MLP, _ inputs: [[Double]], _ labels: [Int], iterations: Int
        ) -> (errors: [Double], accuracies: [Double])
        """,
        en: """
          Trains the model, and returns the error and the accuracy of each iteration, from before its update of the \
          parameters.
          """,
        fr: """
          Entraîne le modèle, et renvoie l'erreur et l'exactitude de chaque itération, d'avant sa mise à jour des \
          paramètres.
          """),
    ],
    hints: [
      Localized(
        en: """
          Task 5 had one sample and one update. Which line of it changes, if there are many samples, and which lines have to \
          be done again and again?
          """,
        fr: """
          La tâche 5 avait un échantillon et une mise à jour. Quelle ligne change s'il y a plusieurs échantillons, et quelles \
          lignes faut-il refaire à chaque fois ?
          """),
      Localized(
        en: """
          A generator is a `var`, since each draw changes it. What it draws need not be kept. In `train`, ask `modelLoss` in \
          every iteration: an error that was computed once does not know of the new weights.
          """,
        fr: """
          Un générateur est un `var`, puisque chaque tirage le change. Ce qu'il tire n'a pas besoin d'être gardé. Dans \
          `train`, appelez `modelLoss` à chaque itération : une erreur calculée une fois ignore les nouveaux poids.
          """),
      Localized(
        en: """
          `MLP(…, using: &random)` draws the weights from a generator. Turn the iteration into a `Double` before you divide. \
          `train` is a loop over `0..<iterations`: `modelLoss`, `zeroGrad()`, `backward()`, the parameters as in task 5 with \
          `learningRate(at:)`, and `append` to two lists.
          """,
        fr: """
          `MLP(…, using: &random)` tire les poids d'un générateur. Convertissez l'itération en `Double` avant de diviser. \
          `train` est une boucle sur `0..<iterations` : `modelLoss`, `zeroGrad()`, `backward()`, les paramètres comme à la \
          tâche 5 avec `learningRate(at:)`, et `append` à deux listes.
          """),
    ],
    // A training amplifies the rounding of sums in another order.
    trial: """
      let data = makeData(samples: 100, noise: 0.1, seed: 42)
      let errors = train(makeSmallNetwork(seed: 42), data.inputs, data.labels, iterations: 10).errors
      Plot.curves([Series("E", values: errors)])
      """,
    tolerance: 1e-6,
    reference: {
      [
        Function("learningRate", learningRate), Function("makeSmallNetwork", makeSmallNetwork),
        Function("train", results: ("errors", "accuracies"), train),
      ]
    },
    questions: { random in
      let rates = [0, 1, 2, 10, 50, 99, 100].map { Question("learningRate", ["iteration": .integer($0)]) }
      let networks = [42, random.randrange(1000)].map { Question("makeSmallNetwork", ["seed": .integer($0)]) }
      let trainings = [3, 4].map { iterations in
        Question(
          "train",
          [
            "model": .network([2, 1], &random), "inputs": .rows(random.rows(5)),
            "labels": .integers(random.labels(5)),
            "iterations": .integer(iterations),
          ], comparesGradients: false)
      }
      let moons = LabSamples.moons.data
      let published = Question(
        "train",
        [
          "model": .network(makeSmallNetwork(seed: 42)), "inputs": .rows(moons.inputs),
          "labels": .integers(moons.labels),
          "iterations": .integer(10),
        ], comparesGradients: false)
      return rates + networks + trainings + [published]
    },
    misconceptions: [
      Misconception(
        "ten-percent-of-the-rate",
        en: (
          "The rate falls by a tenth of itself in each iteration: 0.9 to the power of k.",
          "By how much does the rate of the formula fall from iteration 0 to 1, and by how much yours?"
        ),
        fr: (
          "Le pas baisse à chaque itération d'un dixième de lui-même : 0.9 à la puissance k.",
          "De combien le pas de la formule baisse-t-il de l'itération 0 à l'itération 1, et le vôtre ?"
        )
      ) { rating { .pow(0.9, Int($0)) } + trainingOtherwise(rate: { .pow(0.9, $0) }) },
      Misconception(
        "ten-percent-of-one",
        en: (
          "The rate falls by 0.1 in each iteration, so it is 0 at iteration 10.",
          "How many iterations does the rate of the formula need to fall by 0.9?"
        ),
        fr: (
          "Le pas baisse de 0.1 à chaque itération : il est donc nul à l'itération 10.",
          "Combien d'itérations faut-il au pas de la formule pour baisser de 0.9 ?"
        )
      ) { rating { 1 - 0.1 * $0 } + trainingOtherwise(rate: { 1 - 0.1 * Double($0) }) },
      Misconception(
        "factor-forgotten",
        en: (
          "The factor 0.9 is missing, so the rate falls to 0 at iteration 100.",
          "What is left of the rate at iteration 100?"
        ),
        fr: (
          "Le facteur 0.9 manque, et le pas tombe donc à 0 à l'itération 100.",
          "Que reste-t-il du pas à l'itération 100 ?"
        )
      ) { rating { 1 - $0 / 100 } + trainingOtherwise(rate: { 1 - Double($0) / 100 }) },
      Misconception(
        "divided-by-ten",
        en: (
          "The iteration was divided by 10, the number of iterations of this task, not by 100.",
          "At which iteration is the rate 0.1: at 10 or at 100?"
        ),
        fr: (
          "L'itération a été divisée par 10, le nombre d'itérations de cette tâche, et non par 100.",
          "À quelle itération le pas vaut-il 0.1 : à la 10e ou à la 100e ?"
        )
      ) { rating { 1 - 0.9 * $0 / 10 } + trainingOtherwise(rate: { 1 - 0.9 * Double($0) / 10 }) },
      Misconception(
        "divided-by-99",
        en: (
          "The iteration was divided by 99, so that the last of a hundred iterations has the rate 0.1.",
          "At which iteration is the rate 0.1 according to the formula?"
        ),
        fr: (
          "L'itération a été divisée par 99, pour que la dernière de cent itérations ait le pas 0.1.",
          "À quelle itération le pas vaut-il 0.1 selon la formule ?"
        )
      ) { rating { 1 - 0.9 * $0 / 99 } },
      Misconception(
        "rising",
        en: (
          "The rate rises from 0.1 to 1.",
          "Is it better to take large steps at the beginning, or at the end?"
        ),
        fr: (
          "Le pas augmente de 0.1 à 1.",
          "Vaut-il mieux faire de grands pas au début, ou à la fin ?"
        )
      ) { rating { 0.1 + 0.9 * $0 / 100 } + trainingOtherwise(rate: { 0.1 + 0.9 * Double($0) / 100 }) },
      Misconception(
        "whole-numbers-divided",
        en: (
          "Two whole numbers were divided, which drops the remainder, so the rate stays 1 until iteration 99.",
          "What is `5 / 100` in Swift, and what is `5.0 / 100.0`?"
        ),
        fr: (
          "Deux nombres entiers ont été divisés, ce qui supprime le reste : le pas reste 1 jusqu'à l'itération 99.",
          "Que vaut `5 / 100` en Swift, et que vaut `5.0 / 100.0` ?"
        )
      ) { rating { 1 - 0.9 * ($0 / 100).rounded(.down) } },
      Misconception(
        "rate-late",
        en: (
          "The rate is that of the iteration before.",
          "What is the rate at iteration 0, and which one comes next?"
        ),
        fr: (
          "Le pas est celui de l'itération précédente.",
          "Quel est le pas à l'itération 0, et quel est le suivant ?"
        )
      ) { rating { 1 - 0.9 * ($0 - 1) / 100 } + trainingOtherwise(rate: { learningRate(at: $0 - 1) }) },
      Misconception(
        "rate-early",
        en: (
          "The rate is that of the next iteration: they were counted from 1.",
          "Which number does the first iteration have?"
        ),
        fr: (
          "Le pas est celui de l'itération suivante : elles ont été comptées à partir de 1.",
          "Quel numéro porte la première itération ?"
        )
      ) { rating { 1 - 0.9 * ($0 + 1) / 100 } + trainingOtherwise(rate: { learningRate(at: $0 + 1) }) },
      Misconception(
        "rate-always-1",
        en: (
          "The rate is 1 in all iterations.",
          "Where does the number of the iteration occur?"
        ),
        fr: (
          "Le pas vaut 1 à toutes les itérations.",
          "Où le numéro de l'itération intervient-il ?"
        )
      ) { rating { _ in 1 } + trainingOtherwise(rate: { _ in 1 }) },
      Misconception(.drawsWithoutEffect) { drawing("makeSmallNetwork", [2, 1], after: 0) },
      Misconception(
        "48-draws",
        en: (
          "Only the 48 weights of the 2-16-1 network were drawn before.",
          "How many weights does a 2-2-1 network have, and was one made before?"
        ),
        fr: (
          "Seuls les 48 poids du réseau 2-16-1 ont été tirés avant.",
          "Combien de poids un réseau 2-2-1 a-t-il, et en a-t-on créé un avant ?"
        )
      ) { drawing("makeSmallNetwork", [2, 1], after: 48) },
      Misconception(
        "53-draws",
        en: (
          "One draw too few precedes the weights.",
          "How often does `for _ in 1..<54` run?"
        ),
        fr: (
          "Il manque un tirage avant les poids.",
          "Combien de fois `for _ in 1..<54` s'exécute-t-elle ?"
        )
      ) { drawing("makeSmallNetwork", [2, 1], after: 53) },
      Misconception(
        "55-draws",
        en: (
          "One draw too many precedes the weights.",
          "How often does `for _ in 0...54` run?"
        ),
        fr: (
          "Il y a un tirage de trop avant les poids.",
          "Combien de fois `for _ in 0...54` s'exécute-t-elle ?"
        )
      ) { drawing("makeSmallNetwork", [2, 1], after: 55) },
      Misconception(
        "biases-drawn",
        en: (
          "A draw was counted for each bias too: 74 draws precede the weights.",
          "What is the bias of a new neuron, and is it drawn?"
        ),
        fr: (
          "Un tirage a été compté aussi pour chaque biais : 74 tirages précèdent les poids.",
          "Que vaut le biais d'un nouveau neurone, et est-il tiré ?"
        )
      ) { drawing("makeSmallNetwork", [2, 1], after: 74) },
      Misconception(
        "sixteen-neurons",
        en: (
          "The network has sixteen hidden neurons: it is that of task 10.",
          "How many hidden neurons does the network of task 8 have?"
        ),
        fr: (
          "Le réseau a seize neurones cachés : c'est celui de la tâche 10.",
          "Combien de neurones cachés le réseau de la tâche 8 a-t-il ?"
        )
      ) { drawing("makeSmallNetwork", [16, 1], after: 54) },
      Misconception(.seedIgnored) { [Function("makeSmallNetwork") { (_: Int) in makeSmallNetwork(seed: 42) }] },
      Misconception(
        "gradients-not-zeroed",
        en: (
          "The gradients were never set to 0: each iteration adds to those before, and the steps grow.",
          "What does `backward()` do with a gradient that is not 0 when it begins?"
        ),
        fr: (
          "Les gradients n'ont jamais été remis à zéro : chaque itération s'ajoute aux précédentes, et les déplacements grandissent.",
          "Que fait `backward()` d'un gradient qui n'est pas nul quand elle commence ?"
        )
      ) {
        iterating { model, error, rate in
          error.backward()
          model.move(by: rate)
        }
      },
      Misconception(
        "zeroed-once",
        en: (
          "The gradients were set to 0 once, before the loop, so from the second iteration on they add up.",
          "Which gradients are there when the second iteration begins?"
        ),
        fr: (
          "Les gradients ont été remis à zéro une seule fois, avant la boucle : ils s'additionnent dès la deuxième itération.",
          "Quels gradients sont là quand la deuxième itération commence ?"
        )
      ) {
        iterating(
          { model, error, rate in
            error.backward()
            model.move(by: rate)
          }, before: { $0.zeroGrad() })
      },
      Misconception(
        "zeroed-at-the-end",
        en: (
          "The gradients were set to 0 after each update, so those that were there before the training were added to the first ones.",
          "Who set the gradients to 0 before the first iteration?"
        ),
        fr: (
          "Les gradients ont été remis à zéro après chaque mise à jour : ceux d'avant l'entraînement se sont donc ajoutés aux premiers.",
          "Qui a remis les gradients à zéro avant la première itération ?"
        )
      ) {
        iterating { model, error, rate in
          error.backward()
          model.move(by: rate)
          model.zeroGrad()
        }
      },
      Misconception(.zeroedAfterBackward) {
        iterating { model, error, rate in
          error.backward()
          model.zeroGrad()
          model.move(by: rate)
        }
      },
      Misconception(
        "one-step-late",
        en: (
          "The parameters moved before `backward()`, along the gradients of the iteration before.",
          "Which gradients are there when the parameters move?"
        ),
        fr: (
          "Les paramètres se sont déplacés avant `backward()`, selon les gradients de l'itération précédente.",
          "Quels gradients sont là quand les paramètres se déplacent ?"
        )
      ) {
        iterating { model, error, rate in
          model.move(by: rate)
          model.zeroGrad()
          error.backward()
        }
      },
      Misconception(
        "not-moved",
        en: (
          "The gradients were computed, but the parameters did not move, so each iteration has the same error.",
          "Does `backward()` change the `data` of a parameter?"
        ),
        fr: (
          "Les gradients ont été calculés, mais les paramètres n'ont pas bougé : chaque itération a donc la même erreur.",
          "`backward()` change-t-elle le champ `data` d'un paramètre ?"
        )
      ) { trainingOtherwise(move: { _, _ in }) },
      Misconception(.withTheGradient) { trainingOtherwise(move: { $0.data += $1 * $0.grad }) },
      Misconception(.replaced) { trainingOtherwise(move: { $0.data = -$1 * $0.grad }) },
      Misconception(.dataForGrad) { trainingOtherwise(move: { $0.data -= $1 * $0.data }) },
      Misconception(
        "biases-forgotten",
        en: (
          "The weights moved, and the biases did not.",
          "How many parameters does the network have, and how many of them moved?"
        ),
        fr: (
          "Les poids se sont déplacés, mais pas les biais.",
          "Combien de paramètres le réseau a-t-il, et combien se sont déplacés ?"
        )
      ) { trainingOtherwise(moving: { $0.layers.flatMap { $0.neurons.flatMap(\.weights) } }) },
      Misconception(
        "output-layer-only",
        en: (
          "Only the output neuron learned; the hidden layer stayed as it was.",
          "Which parameters does `model.parameters` contain?"
        ),
        fr: (
          "Seul le neurone de sortie a appris ; la couche cachée est restée telle quelle.",
          "Quels paramètres `model.parameters` contient-elle ?"
        )
      ) { trainingOtherwise(moving: { $0.layers[$0.layers.count - 1].parameters }) },
      Misconception(
        "begun-at-1",
        en: (
          "The iterations were counted from 1, so there is one too few, and the first has the rate of the second.",
          "Which numbers are in `1..<10`, and how many are they?"
        ),
        fr: (
          "Les itérations ont été comptées à partir de 1 : il en manque une, et la première a le pas de la deuxième.",
          "Quels nombres y a-t-il dans `1..<10`, et combien sont-ils ?"
        )
      ) { trainingOtherwise(during: { Array((0..<$0).dropFirst()) }) },
      Misconception(
        "one-too-few",
        en: (
          "There is one iteration too few.",
          "How many numbers are in `0..<9`?"
        ),
        fr: (
          "Il manque une itération.",
          "Combien de nombres y a-t-il dans `0..<9` ?"
        )
      ) { trainingOtherwise(during: { Array((0..<$0).dropLast()) }) },
      Misconception(
        "one-too-many",
        en: (
          "There is one iteration too many.",
          "How many numbers are in `0...10`?"
        ),
        fr: (
          "Il y a une itération de trop.",
          "Combien de nombres y a-t-il dans `0...10` ?"
        )
      ) { trainingOtherwise(during: { Array(0...$0) }) },
      Misconception(
        "always-ten",
        en: (
          "There were ten iterations, whatever `iterations` was.",
          "Where does `iterations` occur in the function?"
        ),
        fr: (
          "Il y a eu dix itérations, quel que soit `iterations`.",
          "Où `iterations` apparaît-il dans la fonction ?"
        )
      ) { trainingOtherwise(during: { _ in Array(0..<10) }) },
      Misconception(
        "errors-after-the-updates",
        en: (
          "The errors and accuracies are those from after each update.",
          "Which error does the untrained network have, and where is it in your list?"
        ),
        fr: (
          "Les erreurs et les exactitudes sont celles d'après chaque mise à jour.",
          "Quelle est l'erreur du réseau non entraîné, et où est-elle dans votre liste ?"
        )
      ) { trainingOtherwise(measuresAfterwards: true) },
      Misconception(
        "last-error-only",
        en: (
          "Only the error and the accuracy of the last iteration were returned.",
          "How many errors are there after ten iterations, and what becomes of the first?"
        ),
        fr: (
          "Seules l'erreur et l'exactitude de la dernière itération ont été renvoyées.",
          "Combien d'erreurs y a-t-il après dix itérations, et que devient la première ?"
        )
      ) {
        [
          Function("train", results: ("errors", "accuracies")) {
            (model: MLP, inputs: [[Double]], labels: [Int], iterations: Int) in
            let (errors, accuracies) = train(model, inputs, labels, iterations: iterations)
            return (Array(errors.suffix(1)), Array(accuracies.suffix(1)))
          }
        ]
      },
      Misconception(
        "another-network",
        en: (
          "The function trained a network that it made itself; `model` has learned nothing.",
          "Which network does the caller want to be trained? What is `model` for?"
        ),
        fr: (
          "La fonction a entraîné un réseau qu'elle a créé elle-même ; `model` n'a rien appris.",
          "Quel réseau l'appelant veut-il entraîner ? À quoi sert `model` ?"
        )
      ) {
        [
          Function("train", results: ("errors", "accuracies")) {
            (_: MLP, inputs: [[Double]], labels: [Int], iterations: Int) in
            train(makeSmallNetwork(seed: 42), inputs, labels, iterations: iterations)
          }
        ]
      },
      Misconception(
        "error-computed-once",
        en: (
          "The error was computed once, before the loop. The weights changed, but the outputs and the error did not.",
          "When does a value compute its `data`: when the operation is written down, or when a weight changes?"
        ),
        fr: (
          "L'erreur a été calculée une seule fois, avant la boucle. Les poids ont changé, mais ni les sorties ni l'erreur.",
          "Quand une valeur calcule-t-elle son `data` : au moment de l'opération, ou quand un poids change ?"
        )
      ) {
        [
          Function("train", results: ("errors", "accuracies")) {
            (model: MLP, inputs: [[Double]], labels: [Int], iterations: Int) in
            let (error, accuracy) = modelLoss(model, inputs, labels)
            for iteration in 0..<iterations {
              model.zeroGrad()
              error.backward()
              model.move(by: learningRate(at: iteration))
            }
            return (Array(repeating: error.data, count: iterations), Array(repeating: accuracy, count: iterations))
          }
        ]
      },
      Misconception(
        "sample-by-sample",
        en: (
          "The weights were updated after each sample, not once in each iteration.",
          "How many updates do ten iterations make, if each uses all samples at once?"
        ),
        fr: (
          "Les poids ont été mis à jour après chaque échantillon, et non une fois par itération.",
          "Combien de mises à jour font dix itérations, si chacune utilise tous les échantillons à la fois ?"
        )
      ) {
        [
          Function("train", results: ("errors", "accuracies")) {
            (model: MLP, inputs: [[Double]], labels: [Int], iterations: Int) in
            var errors: [Double] = [], accuracies: [Double] = []
            for iteration in 0..<iterations {
              let (error, accuracy) = modelLoss(model, inputs, labels)
              errors.append(error.data)
              accuracies.append(accuracy)
              for (input, label) in zip(inputs, labels) {
                model.zeroGrad()
                modelLoss(model, [input], [label]).error.backward()
                model.move(by: learningRate(at: iteration))
              }
            }
            return (errors, accuracies)
          }
        ]
      },
    ])
}

/// `learningRate` by another formula.
private func rating(_ rate: @escaping (Double) -> Double) -> [Function] {
  [Function("learningRate") { (iteration: Int) in rate(Double(iteration)) }]
}

/// A function that makes a network after a number of draws.
func drawing(_ function: String, _ sizes: [Int], after draws: Int, activation: Activation = .relu) -> [Function] {
  [
    Function(function) { (seed: Int) in
      var random = PythonRandom(seed: seed)
      for _ in 0..<draws { _ = random.uniform(-1, 1) }
      return MLP(2, sizes, activation: activation, using: &random)
    }
  ]
}

/// `train`, with other steps in an iteration.
///
/// - Parameters:
///   - during: The numbers of the iterations.
///   - before: Done before the first iteration.
///   - measuresAfterwards: Whether error and accuracy are those from after the steps.
private func iterating(
  _ steps: @escaping (_ model: MLP, _ error: Value, _ rate: Double) -> Void,
  during: @escaping (_ iterations: Int) -> [Int] = { Array(0..<$0) }, before: @escaping (MLP) -> Void = { _ in },
  rate: @escaping (_ iteration: Int) -> Double = { learningRate(at: $0) }, measuresAfterwards: Bool = false
) -> [Function] {
  [
    Function("train", results: ("errors", "accuracies")) {
      (model: MLP, inputs: [[Double]], labels: [Int], iterations: Int) in
      var errors: [Double] = [], accuracies: [Double] = []
      before(model)
      for iteration in during(iterations) {
        let loss = modelLoss(model, inputs, labels)
        steps(model, loss.error, rate(iteration))
        let shown = measuresAfterwards ? modelLoss(model, inputs, labels) : loss
        errors.append(shown.error.data)
        accuracies.append(shown.accuracy)
      }
      return (errors, accuracies)
    }
  ]
}

/// `train`, with the right steps in the right order, one of which is done in another way.
private func trainingOtherwise(
  during: @escaping (_ iterations: Int) -> [Int] = { Array(0..<$0) },
  rate: @escaping (_ iteration: Int) -> Double = { learningRate(at: $0) }, measuresAfterwards: Bool = false,
  moving parameters: @escaping (MLP) -> [Value] = { $0.parameters },
  move: @escaping (_ parameter: Value, _ rate: Double) -> Void = { $0.data -= $1 * $0.grad }
) -> [Function] {
  iterating(
    { model, error, rate in
      model.zeroGrad()
      error.backward()
      for parameter in parameters(model) { move(parameter, rate) }
    }, during: during, rate: rate, measuresAfterwards: measuresAfterwards)
}
