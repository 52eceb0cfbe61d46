package import MicrogradLanguage
package import MicrogradModels

extension Evaluation.Score {
  /// Whether the figure is a share of rows, which is written in percent.
  package var isShare: Bool { ["accuracy", "precision", "recall", "F1"].contains(name) }

  /// The name of the figure.
  package var words: Localized { Self.words(of: name) }

  /// Returns the name of a figure in both languages.
  package static func words(of name: String) -> Localized { Localized(en: name, fr: french[name] ?? name) }

  private static let french = [
    "accuracy": "exactitude", "precision": "précision", "recall": "rappel", "ROC AUC": "aire sous la courbe ROC",
    "log loss": "entropie croisée", "mean absolute error": "erreur absolue moyenne",
    "root mean squared error": "racine de l'erreur quadratique moyenne", "validation loss": "erreur de validation",
  ]

  /// The meaning of the figure in a sentence.
  ///
  /// - Parameter positive: The class whose precision and recall they are; nil: the mean over all classes.
  func meaning(positive: String?) -> Localized? {
    switch name {
    case "accuracy":
      Localized(
        en: "The share of rows whose class is predicted right.",
        fr: "La part des lignes dont la classe est bien prédite.")
    case "precision":
      positive.map {
        Localized(
          en: "Of the rows predicted as \($0), the share that are.",
          fr: "Parmi les lignes prédites \($0), la part de celles qui le sont.")
      }
        ?? Localized(
          en: "Of the rows predicted as a class, the share that belong to it; the mean over the classes.",
          fr: "Parmi les lignes prédites d'une classe, la part de celles qui en sont ; la moyenne sur les classes.")
    case "recall":
      positive.map {
        Localized(
          en: "Of the rows that are \($0), the share predicted as such.",
          fr: "Parmi les lignes qui sont \($0), la part de celles qui sont prédites comme telles.")
      }
        ?? Localized(
          en: "Of the rows of a class, the share predicted as such; the mean over the classes.",
          fr:
            "Parmi les lignes d'une classe, la part de celles qui sont prédites comme telles ; la moyenne sur les classes."
        )
    case "F1":
      Localized(
        en: "The harmonic mean of precision and recall: high only if both are.",
        fr: "La moyenne harmonique de la précision et du rappel : élevée seulement si les deux le sont.")
    case "ROC AUC":
      Localized(
        en:
          "How often a row of a class gets a higher probability of it than a row of another: 0.5 is guessing, 1 perfect.",
        fr: """
          À quelle fréquence une ligne d'une classe en reçoit une probabilité plus haute qu'une ligne d'une autre : 0.5 pour \
          le hasard, 1 au mieux.
          """)
    case "log loss":
      Localized(
        en:
          "The mean of -log of the probability of the true class: 0 is perfect, and being sure and wrong costs most.",
        fr: """
          La moyenne de -log de la probabilité de la vraie classe : 0 au mieux, et se tromper avec certitude coûte le plus.
          """)
    default: ofNumbers
    }
  }

  private var ofNumbers: Localized? {
    switch name {
    case "R²":
      Localized(
        en: "The share of the variance that the model explains: 1 is perfect, 0 is the mean of these rows.",
        fr: "La part de la variance que le modèle explique : 1 au mieux, 0 pour la moyenne de ces lignes.")
    case "mean absolute error":
      Localized(
        en: "How far off a prediction is on average, in the unit of the target.",
        fr: "L'écart moyen d'une prédiction, dans l'unité de la cible.")
    case "root mean squared error":
      Localized(
        en: "The same, with more weight on large errors.", fr: "De même, mais les grands écarts comptent davantage.")
    default: nil
    }
  }
}
