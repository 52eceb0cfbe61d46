import MicrogradFigures
import MicrogradLanguage
import MicrogradModels
import MicrogradSweep

/// The page of a report on a sweep.
struct SweepReportPage: ReportPage {
  let report: SweepReport
  let language: Language

  var results: SweepResults { report.results }
  var score: String { report.score(in: language) }

  func html() -> String {
    let title = report.title?(in: language) ?? words(en: "Sweep", fr: "Recherche d'hyperparamètres")
    let sections = [best, figures, configurations, failures, run].compactMap(\.self)
    return HTMLPage(
      title: title, in: language, style: Self.style + Self.narrowPlaces,
      body: """
        <header>
        <h1>\(title.isolated)</h1>
        <p>\(introduction)</p>
        </header>
        <main>
        \(sections.joined(separator: "\n"))
        </main>
        """
    ).html()
  }

  /// The first column of tables that count their rows needs little room.
  private static let narrowPlaces = """

    #configurations tbody th, #failures tbody th { min-width: 0; white-space: nowrap; }
    """

  private var introduction: String {
    let configurations = counted(results.configurations.count, "configuration", "configuration")
    let trials = counted(results.trials.count, "trial", "essai")
    let missing = results.missing.count
    let rest =
      missing == 0
      ? ""
      : " "
        + words(
          en: missing == 1 ? "1 more is still to be run." : "\(missing) more are still to be run.",
          fr: missing == 1 ? "1 autre reste à faire." : "\(missing) autres restent à faire.")
    let better =
      results.sweep.goal == .minimize
      ? words(en: "the lower, the better", fr: "le plus bas est le meilleur")
      : words(en: "the higher, the better", fr: "le plus haut est le meilleur")
    return words(
      en: "\(trials) of \(configurations). The score: \(score.escaped) (\(better)).",
      fr: "\(trials) de \(configurations). Le score : \(score.escaped) (\(better)).".unbroken) + rest
  }

  // MARK: The best configuration

  private var best: String? {
    let heading = words(en: "The best configuration", fr: "La meilleure configuration")
    guard let best = results.best, let mean = best.mean else {
      return section(
        "best", heading,
        [
          paragraph(
            words(
              en: "No configuration has all its trials without a failure.",
              fr: "Aucune configuration n'a tous ses essais sans échec."))
        ])
    }
    let settings = zip(best.configuration.names, best.configuration.settings).map {
      ($0.isolated, $1.description.escaped)
    }
    var scores = [(score.escaped, number(mean))]
    if best.scores.count > 1, let deviation = best.deviation {
      scores[0].1 += " ± \(number(deviation))"
      scores.append(
        (words(en: "of each seed", fr: "de chaque graine"), best.scores.map(number).joined(separator: ", ")))
    }
    return section("best", heading, [facts(settings + scores), test])
  }

  private var test: String? {
    report.evaluation.map { evaluation in
      let rows = counted(evaluation.rowCount, "test row", "ligne") + words(en: "", fr: " de test")
      let name = words(
        en: "A model with these settings, on \(rows) that no trial saw",
        fr: "Un modèle avec ces réglages, sur \(rows) qu'aucun essai n'a \(evaluation.rowCount < 2 ? "vue" : "vues")")
      return paragraph(name + words(en: ":", fr: " :").unbroken)
        + HTMLTable(
          name: name,
          columns: [
            .words(words(en: "score", fr: "score")), .numbers(words(en: "model", fr: "modèle")),
            .numbers(words(en: "guessing", fr: "au hasard")),
          ],
          rows: evaluation.scores.map { score in
            [
              score.words(in: language).escaped, text(score.value, of: score),
              score.baseline.map { text($0, of: score) } ?? "",
            ]
          }
        ).html()
    }
  }

  private func text(_ value: Double, of score: Evaluation.Score) -> String {
    if value.isNaN { return "–" }
    return score.isShare ? percent(value) : number(value)
  }

  // MARK: Figures

  private var figures: String? {
    guard results.configurations.count(where: { $0.mean != nil }) > 1 else { return nil }
    var lines = results.parallelCoordinates(score: score, language: language)
    (lines.width, lines.height) = Self.pictureSize
    var map = results.heatMap(score: score, language: language)
    map?.width = Self.pictureSize.width
    return section(
      "figures", words(en: "All at a glance", fr: "Vue d'ensemble"),
      [
        lines.axes.isEmpty ? nil : figure(lines, caption: lineCaption),
        map.map { "<div class=\"scrolls\" tabindex=\"0\">\(figure($0, caption: caption(of: $0)))</div>" },
      ])
  }

  private var lineCaption: String {
    let halving = results.configurations.contains { $0.rung > 0 }
    return words(
      en: """
        Each line is a configuration: its settings, and on the right its mean score. The best one is thick.\
        \(halving ? " The scores are those of the last rung that each got to." : "")
        """,
      fr: """
        Chaque ligne est une configuration : ses réglages, et à droite son score moyen. La meilleure est épaisse.\
        \(halving ? " Les scores sont ceux du dernier palier que chacune a atteint." : "")
        """.unbroken)
  }

  private func caption(of map: HeatMap) -> String {
    let (rows, columns) = (map.rowName.isolated, map.columnName.isolated)
    let others = results.varying.count > 2
    return words(
      en: """
        The mean score for each pair of \(rows) and \(columns), the two parameters that matter most\
        \(others ? ", with the best settings of the others" : ""). Pairs without a score are crossed out.
        """,
      fr: """
        Le score moyen pour chaque couple de \(rows) et \(columns), les deux paramètres qui comptent le plus\
        \(others ? ", avec les meilleurs réglages des autres" : ""). Les couples sans score sont barrés.
        """)
  }
}
