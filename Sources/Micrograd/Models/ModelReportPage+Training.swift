import MicrogradData
import MicrogradFigures
import MicrogradModels
import MicrogradTraining

// The course of the training, and its figures.

extension ModelReportPage {
  var training: String? {
    section(
      "training", words(en: "Training", fr: "Entraînement"),
      [
        report.history.epochs.isEmpty
          ? nil : picture(.curves(report.history, language: language), caption: model.record.map(bestEpoch) ?? ""),
        model.record.map(figures),
      ])
  }

  private func bestEpoch(_ record: TrainingRecord) -> String {
    record.validationLoss == nil
      ? words(
        en: "The model is that of the last epoch.", fr: "Le modèle est celui de la dernière époque.")
      : words(
        en: "The model is that of epoch \(record.bestEpoch), which has the lowest validation loss.",
        fr: "Le modèle est celui de l'époque \(record.bestEpoch), dont l'erreur de validation est la plus basse.")
  }

  private func figures(_ record: TrainingRecord) -> String {
    var facts = [
      (words(en: "training rows", fr: "lignes d'entraînement"), "\(record.rowCount)"),
      (words(en: "validation rows", fr: "lignes de validation"), "\(record.validationCount)"),
      (words(en: "epochs", fr: "époques"), "\(record.epochCount)"),
      (words(en: "best epoch", fr: "meilleure époque"), "\(record.bestEpoch)"),
      (words(en: "loss function", fr: "fonction d'erreur"), lossName(record.lossName).escaped),
      (words(en: "training loss", fr: "erreur d'entraînement"), number(record.loss)),
    ]
    if let loss = record.validationLoss {
      facts.append((words(en: "validation loss", fr: "erreur de validation"), number(loss)))
    }
    facts += [
      (words(en: "duration", fr: "durée"), "\(record.seconds.short(digits: 3))\u{A0}s"),
      (words(en: "seed", fr: "graine"), "\(record.seed)"),
    ]
    if let classes = model.output.classes, record.classCounts.count == classes.count {
      let counts = zip(classes, record.classCounts).map { "\(name($0))\u{A0}\($1)" }
      facts.append((words(en: "rows of each class", fr: "lignes de chaque classe"), listed(counts, atMost: 20)))
    }
    return self.facts(facts)
  }

  /// Returns the name of a loss; that of a loss of the user's own as it is.
  private func lossName(_ name: String) -> String {
    let weighted = ", weighted", isWeighted = name.hasSuffix(weighted)
    let plain = isWeighted ? String(name.dropLast(weighted.count)) : name
    let french = Self.frenchLosses[plain] ?? plain
    return words(en: name, fr: french + (isWeighted ? ", pondérée" : ""))
  }

  private static let frenchLosses = [
    "mean squared error": "erreur quadratique moyenne", "mean absolute error": "erreur absolue moyenne",
    "Huber loss": "erreur de Huber", "binary cross-entropy": "entropie croisée binaire",
    "softmax cross-entropy": "entropie croisée du softmax", "hinge loss": "erreur charnière",
  ]
}
