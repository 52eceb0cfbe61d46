import MicrogradData
import MicrogradFigures
import MicrogradModels
import MicrogradTabular

// The quality of the model beside that of guessing.

extension ModelReportPage {
  var quality: String? {
    let heading = words(en: "Quality", fr: "Qualité")
    guard let evaluation = report.evaluation else {
      if report.crossValidation != nil { return nil }
      return section(
        "quality", heading,
        [
          paragraph(
            words(
              en: "No rows were held back to judge the model: how well it predicts new rows is not known.",
              fr: """
                Aucune ligne n'a été gardée pour juger le modèle : on ne sait pas ce que valent ses prédictions pour de \
                nouvelles lignes.
                """.unbroken))
        ])
    }
    return section("quality", heading, [paragraph(summary(of: evaluation)), scores(of: evaluation)])
  }

  // MARK: In a sentence

  private func summary(of evaluation: Evaluation) -> String {
    let rows = counted(evaluation.rowCount, "test row", "ligne") + words(en: "", fr: " de test")
    let intro = words(
      en: "The model was judged on \(rows), which training never saw.",
      fr:
        "Le modèle a été jugé sur \(rows), que l'entraînement n'a jamais \(evaluation.rowCount < 2 ? "vue" : "vues")."
    )
    return "\(intro) \(evaluation.confusion == nil ? meanError(evaluation) : rightAnswers(evaluation))"
  }

  private func rightAnswers(_ evaluation: Evaluation) -> String {
    guard let accuracy = evaluation.scores.first, let baseline = accuracy.baseline else { return "" }
    func share(_ share: Double) -> String {
      "\(Int((share * Double(evaluation.rowCount)).rounded())) (\(percent(share)))"
    }
    let guess = mostFrequentClass.map { ", \($0)," } ?? ""
    let isBetter = accuracy.value > baseline
    return words(
      en: """
        It names the right class for \(share(accuracy.value)). Always naming the most frequent class\(guess) would be \
        right for \(share(baseline))\(isBetter ? "." : ": the model is no better than that.")
        """,
      fr: """
        Il trouve la bonne classe pour \(share(accuracy.value)). Toujours répondre la classe la plus fréquente\(guess) \
        serait juste pour \(share(baseline))\(isBetter ? "." : " : le modèle ne fait pas mieux.")
        """.unbroken)
  }

  private var mostFrequentClass: String? {
    guard let index = model.record?.mostFrequentClass, let classes = model.output.classes else { return nil }
    return classes[index].isolated
  }

  private func meanError(_ evaluation: Evaluation) -> String {
    guard let score = evaluation.scores.first(where: { $0.name == "mean absolute error" }),
      let baseline = score.baseline,
      case .number(let mean, _) = model.output
    else { return "" }
    let (error, guess) = (number(score.value), number(mean)), isBetter = score.value < baseline
    return words(
      en: """
        Its predictions are off by \(error) on average. Always saying the mean of the training rows, \(guess), would be \
        off by \(number(baseline))\(isBetter ? "." : ": the model is no better than that.")
        """,
      fr: """
        Ses prédictions s'écartent en moyenne de \(error). Toujours répondre la moyenne des lignes d'entraînement, \
        \(guess), s'en écarterait de \(number(baseline))\(isBetter ? "." : " : le modèle ne fait pas mieux.")
        """.unbroken)
  }

  // MARK: Scores

  private func scores(of evaluation: Evaluation) -> String {
    HTMLTable(
      name: words(en: "Scores", fr: "Scores"),
      columns: [
        .words(words(en: "score", fr: "score")), .numbers(words(en: "model", fr: "modèle")), .numbers(guessing),
      ],
      rows: evaluation.scores.map { score in
        [
          name(of: score), text(score.value, of: score), score.baseline.map { text($0, of: score) } ?? "",
        ]
      }
    ).html()
  }

  /// Returns the name of a score, and its meaning in small letters.
  private func name(of score: Evaluation.Score) -> String {
    let meaning = score.meaning(positive: positiveClass).map {
      " <small>\($0(in: language).escaped.unbroken)</small>"
    }
    return score.words(in: language).escaped + (meaning ?? "")
  }

  private var guessing: String {
    model.output.classes == nil
      ? words(en: "always the mean", fr: "toujours la moyenne")
      : words(en: "always the most frequent class", fr: "toujours la classe la plus fréquente")
  }

  /// The class that precision and recall are of, if there are two.
  private var positiveClass: String? {
    model.output.classes.flatMap { $0.count == 2 ? words(en: "“\($0[1])”", fr: "« \($0[1]) »") : nil }
  }

  private func text(_ value: Double, of score: Evaluation.Score) -> String {
    if value.isNaN { return "–" }
    return score.isShare ? percent(value) : number(value)
  }

  var crossValidation: String? {
    guard let validation = report.crossValidation, let first = validation.evaluations.first else { return nil }
    let parts = validation.evaluations.count
    let rows = first.scores.map { score in
      [
        score.words(in: language).escaped, text(validation.mean(score.name) ?? .nan, of: score),
        text(validation.deviation(score.name) ?? .nan, of: score),
        validation.meanBaseline(score.name).map { text($0, of: score) } ?? "",
      ]
    }
    let heading = words(en: "Cross-validation", fr: "Validation croisée")
    return section(
      "folds", heading,
      [
        paragraph(
          words(
            en: """
              The table was split into \(parts) parts. Each of them was predicted by a model that was trained on the \
              others, with the same settings as this one.
              """,
            fr: """
              La table a été divisée en \(parts) parties. Chacune a été prédite par un modèle entraîné sur les autres, \
              avec les mêmes réglages que celui-ci.
              """)),
        HTMLTable(
          name: heading,
          columns: [
            .words(words(en: "score", fr: "score")), .numbers(words(en: "mean", fr: "moyenne")),
            .numbers(words(en: "standard deviation", fr: "écart type")), .numbers(guessing),
          ], rows: rows
        ).html(),
      ])
  }
}
