import Micrograd
import MicrogradRequirement
import RealModule

extension Schedule {
  /// The learning rate of the published table, 1 - 0.9·k/100 at step k, as in micrograd's demo.
  static let lab = Schedule.linear(from: 1, to: 0.1, over: 100)
}

/// The error, the accuracy and the learning rate of an iteration, before it updates the weights.
struct Iteration {
  let error: Double
  let accuracy: Double
  let rate: Double
}

/// Trains a model by gradient descent on all samples at once.
///
/// - Parameter watch: Called in each iteration, before the weights are updated.
func train(
  _ model: MLP, on data: Dataset, iterations: Int, schedule: Schedule = .lab,
  objective: Objective = .sigmoidOutsideTheGraph, watch: (Int, Iteration) -> Void = { _, _ in }
) -> [Iteration] {
  var optimizer = SGD(model.parameters, learningRate: 0)
  return (0..<iterations).map { step in
    let (error, accuracy) = modelLoss(model, data, objective: objective)
    optimizer.zeroGrad()
    error.backward()
    optimizer.learningRate = schedule(step)
    let iteration = Iteration(error: error.data, accuracy: accuracy, rate: optimizer.learningRate)
    watch(step, iteration)
    optimizer.step()
    return iteration
  }
}

/// Returns the function that gives a model's probability of class 1 at a point.
func probability(_ model: MLP) -> (_ x: Double, _ y: Double) -> Double {
  { x, y in 1 / (1 + .exp(-model([x, y])[0].data)) }
}

extension LabTask {
  static let training = LabTask(9, en: "Training", fr: "L'entraînement") { chapter in
    let data = chapter.data, model = makeNetworks().two
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
    let iterations = train(model, on: data, iterations: 10)
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
    let other = train(
      makeNetworks().two, on: data, iterations: 10, schedule: .exponential(initial: 1, factor: 0.9))
    chapter.show("training with rate 0.9^k", other, at: Array(0..<10))
    chapter.showCompiled(makeNetworks().two, on: data, iterations: iterations)
  }
}

// MARK: - Showing a training

extension Chapter {
  /// Adds a table with a row for each of the chosen iterations.
  mutating func show(_ name: String, _ iterations: [Iteration], at steps: [Int]) {
    show(
      name,
      en: ["iteration", "rate", "error", "accuracy"], fr: ["itération", "pas", "erreur", "exactitude"],
      rows: steps.map { step in
        let iteration = iterations[step]
        return [
          "\(step)", iteration.rate.short(digits: 6), iteration.error.text, "\(iteration.accuracy.fixed(0)) %",
        ]
      })
  }
}

extension [Iteration] {
  func curves(_ chapter: Chapter, title: String) -> Plot {
    let error = chapter.words(en: "error", fr: "erreur"), accuracy = chapter.words(en: "accuracy", fr: "exactitude")
    return chapter.plot(
      Plot.curves(
        [
          Series(error, values: map(\.error)), Series(accuracy, values: map(\.accuracy), scale: .percent),
          Series(chapter.words(en: "rate", fr: "pas"), values: map(\.rate), scale: .right),
        ],
        title: title, xLabel: chapter.words(en: "iteration", fr: "itération"), yLabel: error,
        percentLabel: "\(accuracy) (%)"))
  }
}

func decisionRegions(of model: MLP, _ data: Dataset, _ chapter: Chapter, title: String) -> Plot {
  chapter.plot(Plot.decisionRegions(probability: probability(model), samples: data, title: title))
}
