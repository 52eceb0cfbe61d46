import MicrogradData
import MicrogradEngine

/// The quality of a network on samples.
struct Evaluation: Sendable {
  /// The mean loss, without the penalty of the weights; nan without samples.
  let loss: Double
  /// The share of samples whose class is predicted; nan for numbers, and without samples.
  let accuracy: Double

  static let none = Evaluation(loss: .nan, accuracy: .nan)

  init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }

  /// - Parameter outputs: For each output of the network, its number for each sample.
  init(of outputs: [[Double]], _ points: [DataSettings.Point], _ loss: PlaygroundLoss) {
    guard !points.isEmpty else {
      self = .none
      return
    }
    // The rule of a loss is that of its graph; it is recorded sample by sample, from the outputs alone.
    var total = 0.0
    for (index, point) in points.enumerated() {
      total += loss(outputs.map { Value($0[index]) }, point.target).data
    }
    self.loss = total / Double(points.count)
    guard loss.task == .classification else {
      accuracy = .nan
      return
    }
    accuracy = accuracyScore(
      targets: points.map { Int($0.target) },
      predictions: points.indices.map { sample in ClassScores.label(outputs.map { $0[sample] }) })
  }
}
