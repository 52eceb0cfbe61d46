import MicrogradEngine
import MicrogradNetworks

/// The scores of the classes, computed from the outputs of a network.
enum ClassScores {
  /// The predicted class: with one output that of a positive score, else that of the largest.
  static func label(_ outputs: [Double]) -> Int {
    if outputs.count == 1 { return outputs[0] > 0 ? 1 : 0 }
    var best = 0
    for index in outputs.indices where outputs[index] > outputs[best] { best = index }
    return best
  }

  /// The share of each class, 0 to 1: the probabilities that the loss is about. The hinge loss knows none: with one output
  /// a score of -1, the margin on the one side, counts as 0, and one of 1 as 1; with several the softmax keeps their order.
  static func shares(_ outputs: [Double], _ loss: PlaygroundLoss) -> [Double] {
    if outputs.count == 1 {
      let share = share(outputs[0], loss)
      return [1 - share, share]
    }
    if loss == .crossEntropy || loss == .hinge { return softmax(outputs) }
    let shares = outputs.map { $0.sigmoid }, total = shares.reduce(0, +)
    return total > 0 ? shares.map { $0 / total } : shares.map { _ in 1 / Double(shares.count) }
  }

  private static func share(_ score: Double, _ loss: PlaygroundLoss) -> Double {
    loss == .hinge ? min(max((score + 1) / 2, 0), 1) : score.sigmoid
  }
}
