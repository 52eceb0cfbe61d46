import MicrogradEngine
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

/// The loss of a sample.
///
/// One output tells two classes apart; more classes have an output each. All but the cross-entropy then take each output
/// for a decision between its class and the rest, and the mean over the outputs is the loss.
package enum PlaygroundLoss: String, CaseIterable, Sendable {
  /// The cross-entropy of the score, or of the scores.
  case crossEntropy
  /// The squared error of σ(score), where σ is an operation of the graph.
  case sigmoidInside
  /// The squared error of σ(score), where σ is applied outside the graph: the output's number is replaced, and the gradient
  /// passes as if it were the identity.
  case sigmoidOutside
  /// The hinge loss.
  case hinge
  /// The squared error of a number.
  case squaredError
  /// The absolute error of a number.
  case absoluteError
  /// The Huber loss of a number.
  case huber

  var task: PlaygroundTask {
    switch self {
    case .crossEntropy, .sigmoidInside, .sigmoidOutside, .hinge: .classification
    case .squaredError, .absoluteError, .huber: .regression
    }
  }

  /// The loss that a task begins with.
  static func standard(of task: PlaygroundTask) -> Self { task == .classification ? .crossEntropy : .squaredError }

  /// Records the loss of a sample.
  ///
  /// - Parameter target: The class, or the number.
  func callAsFunction(_ outputs: [Value], _ target: Double) -> Value {
    switch self {
    case .crossEntropy:
      outputs.count == 1
        ? MicrogradNetworks.binaryCrossEntropy(logit: outputs[0], target: target)
        : MicrogradNetworks.softmaxCrossEntropy(logits: outputs, label: Int(target))
    case .sigmoidInside: mean(outputs, target) { MicrogradNetworks.squaredError($0.sigmoid(), $1 ? 1 : 0) }
    case .sigmoidOutside:
      mean(outputs, target) { output, isOne in
        output.data = output.data.sigmoid
        return MicrogradNetworks.squaredError(output, isOne ? 1 : 0)
      }
    case .hinge: mean(outputs, target) { MicrogradNetworks.hingeLoss($0, label: $1 ? 1 : -1) }
    case .squaredError: MicrogradNetworks.squaredError(outputs[0], target)
    case .absoluteError: MicrogradNetworks.absoluteError(outputs[0], target)
    case .huber: MicrogradNetworks.huberLoss(outputs[0], target)
    }
  }

  /// The mean of a loss over the outputs, each of which says whether a sample is of its class.
  private func mean(_ outputs: [Value], _ target: Double, _ loss: (Value, Bool) -> Value) -> Value {
    if outputs.count == 1 { return loss(outputs[0], target == 1) }
    return outputs.indices.map { loss(outputs[$0], Double($0) == target) }.mean()
  }
}

extension Double {
  var sigmoid: Double { Double.applying(.sigmoid, to: self) }
}

extension PlaygroundLoss: PlaygroundChoice {
  var identifier: String { rawValue }
  static var all: [Self] { allCases }

  var words: Localized {
    switch self {
    case .crossEntropy: Localized(en: "cross-entropy", fr: "entropie croisée")
    case .sigmoidInside: Localized(en: "squared error, σ in the graph", fr: "erreur quadratique, σ dans le graphe")
    case .sigmoidOutside:
      Localized(en: "squared error, σ outside the graph", fr: "erreur quadratique, σ hors du graphe")
    case .hinge: Localized(en: "hinge loss", fr: "perte charnière")
    case .squaredError: Localized(en: "squared error", fr: "erreur quadratique")
    case .absoluteError: Localized(en: "absolute error", fr: "erreur absolue")
    case .huber: Localized(en: "Huber loss", fr: "perte de Huber")
    }
  }

  var properties: [(String, JSON)] { [("task", .text(task.rawValue))] }
}
