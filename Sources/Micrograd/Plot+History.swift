public import MicrogradFigures
public import MicrogradLanguage
public import MicrogradTraining

extension Plot {
  /// The losses, and the accuracies in percent, over the epochs of a training, counted from 1.
  public static func curves(_ history: History, title: String = "", language: Language = .english) -> Plot {
    func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }
    let loss = words(en: "loss", fr: "erreur"), accuracy = words(en: "accuracy", fr: "exactitude")
    let curves: [(name: String, values: [Double], scale: Series.Scale)] = [
      (loss, history.losses, .left),
      (words(en: "validation loss", fr: "erreur de validation"), history.validationLosses, .left),
      (accuracy, history.accuracies.map { 100 * $0 }, .percent),
      (
        words(en: "validation accuracy", fr: "exactitude de validation"),
        history.validationAccuracies.map { 100 * $0 }, .percent
      ),
    ]
    var plot = Plot.curves(
      curves.filter { !$0.values.isEmpty }.map { Series($0.name, values: $0.values, from: 1, scale: $0.scale) },
      title: title, xLabel: words(en: "epoch", fr: "époque"), yLabel: loss,
      percentLabel: history.accuracies.isEmpty ? "" : "\(accuracy) (%)")
    plot.language = language
    return plot
  }
}
