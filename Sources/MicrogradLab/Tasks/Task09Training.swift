import Micrograd
import MicrogradRequirement
import RealModule

extension Schedule {
  /// The learning rate of the published table, 1 - 0.9·k/100 at step k, as in micrograd's demo.
  static let lab = Schedule.linear(from: 1, to: 0.1, over: 100)
}

/// The state of an iteration before it moves the weights.
struct Iteration {
  let error: Double
  let accuracy: Double
  let rate: Double
}

/// Full-batch gradient descent.
///
/// - Parameter watch: Is shown each iteration, before the weights are moved.
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

/// The probability of class 1 that a model gives for a point.
func probability(_ model: MLP) -> (_ x: Double, _ y: Double) -> Double {
  { x, y in 1 / (1 + .exp(-model([x, y])[0].data)) }
}

extension LabTask {
  static let training = LabTask(9, en: "Training", fr: "L'entraînement") { chapter in
    let data = chapter.data, model = makeNetworks().two
    chapter.say(
      en: """
        Ten iterations over all samples. The rate at iteration k is 1 - 0.9·k/100; the error is that before the \
        weights are moved.
        """,
      fr: """
        Dix itérations sur tous les échantillons. Le pas à l'itération k vaut 1 - 0.9·k/100 ; l'erreur est celle \
        d'avant la mise à jour des poids.
        """)
    chapter.say(
      en: """
        The published table was made by a program that had already drawn the weights of a 2-16-1 and of a 2-2-1 \
        network from seed 42. So 48 + 6 = 54 draws precede the weights of this network: fresh from the seed, it would \
        learn just as well, but with other numbers.
        """,
      fr: """
        Le tableau publié vient d'un programme qui avait déjà tiré, depuis la graine 42, les poids d'un réseau 2-16-1 \
        et ceux d'un réseau 2-2-1. Ainsi 48 + 6 = 54 tirages précèdent les poids de ce réseau : tirés juste après la \
        graine, ils apprendraient aussi bien, mais avec d'autres nombres.
        """)
    let iterations = train(model, on: data, iterations: 10)
    chapter.show("training", iterations, at: Array(0..<10))
    chapter.draw(
      iterations.curves(chapter, title: chapter.words(en: "Training of 2-2-1", fr: "Entraînement du 2-2-1")),
      as: "task-09-curves",
      en: "Error, accuracy and rate over the iterations.",
      fr: "L'erreur, la précision et le pas au fil des itérations.")
    chapter.draw(
      decisionRegions(
        of: model, data, chapter, title: chapter.words(en: "Decision of 2-2-1", fr: "Décision du 2-2-1")),
      as: "task-09-regions",
      en: """
        What the network decides after ten iterations: the deeper the colour, the surer it is. Shades change at \
        probabilities of 10, 25, 75 and 90 %.
        """,
      fr: """
        Ce que décide le réseau après dix itérations : plus la couleur est soutenue, plus il est sûr. Les teintes \
        changent aux probabilités 10, 25, 75 et 90 %.
        """)

    chapter.say(
      en: "Read literally, a rate that falls by 10 % per iteration is 0.9^k. The same network, with that schedule:",
      fr: "Pris au mot, un pas qui baisse de 10 % par itération est 0.9^k. Le même réseau, avec ce pas :")
    let other = train(
      makeNetworks().two, on: data, iterations: 10, schedule: .exponential(initial: 1, factor: 0.9))
    chapter.show("training with rate 0.9^k", other, at: Array(0..<10))
    chapter.showCompiled(makeNetworks().two, on: data, iterations: iterations)
  }
}

// MARK: - Showing a training

extension Chapter {
  /// A row for each of the chosen iterations.
  mutating func show(_ name: String, _ iterations: [Iteration], at steps: [Int]) {
    show(
      name,
      en: ["step", "rate", "error", "accuracy"], fr: ["étape", "pas", "erreur", "précision"],
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
    let error = chapter.words(en: "error", fr: "erreur"), accuracy = chapter.words(en: "accuracy", fr: "précision")
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
