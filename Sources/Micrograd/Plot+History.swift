public import MicrogradCompiler
public import MicrogradFigures

extension Plot {
  /// The losses, and the accuracies in percent, over the epochs of a training, counted from 1.
  public static func curves(_ history: History, title: String = "") -> Plot {
    let curves: [(name: String, values: [Double], scale: Series.Scale)] = [
      ("loss", history.losses, .left),
      ("validation loss", history.validationLosses, .left),
      ("accuracy", history.accuracies.map { 100 * $0 }, .percent),
      ("validation accuracy", history.validationAccuracies.map { 100 * $0 }, .percent),
    ]
    return .curves(
      curves.filter { !$0.values.isEmpty }.map { Series($0.name, $0.values, from: 1, scale: $0.scale) },
      title: title, xLabel: "epoch", yLabel: "loss",
      percentLabel: history.accuracies.isEmpty ? "" : "accuracy (%)")
  }
}
