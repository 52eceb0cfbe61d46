import Micrograd

extension Schedule {
  /// The learning rate of the published table, as task 9 computes it.
  static let lab = Schedule.linear(from: 1, to: 0.1, over: 100)
}

/// The error, the accuracy and the learning rate of an iteration, before it updates the weights.
struct Iteration {
  let error: Double
  let accuracy: Double
  let rate: Double
}

/// Trains a model like `train` of task 9, with other schedules and losses, and somebody who watches.
///
/// - Parameter watch: Called in each iteration, before the weights are updated.
func recordTraining(
  of model: MLP, on data: Dataset, iterations: Int, schedule: Schedule = .lab,
  watch: (Int, Iteration) -> Void = { _, _ in },
  loss: (MLP, Dataset) -> (error: Value, accuracy: Double) = { modelLoss($0, $1.inputs, $1.labels) }
) -> [Iteration] {
  var optimizer = SGD(model.parameters, learningRate: 0)
  return (0..<iterations).map { step in
    let (error, accuracy) = loss(model, data)
    optimizer.zeroGrad()
    error.backward()
    optimizer.learningRate = schedule(step)
    let iteration = Iteration(error: error.data, accuracy: accuracy, rate: optimizer.learningRate)
    watch(step, iteration)
    optimizer.step()
    return iteration
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
  chapter.plot(Plot.decisionRegions(probability: { probability(model, $0, $1) }, samples: data, title: title))
}
