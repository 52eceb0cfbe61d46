import MicrogradFigures
import MicrogradLanguage
import MicrogradSweep

// The configurations and the failures as tables, and how the sweep was run.

extension SweepReportPage {
  /// The largest count of configurations and of failures that are listed.
  private static let mostRows = 200

  var configurations: String? {
    let heading = words(en: "Configurations", fr: "Configurations"),
      shown = results.configurations.prefix(Self.mostRows)
    let halving = results.configurations.contains { $0.budget != nil }
    let hasSeeds = results.sweep.seeds > 1
    var columns = [HTMLTable.Column.numbers("#")]
    columns += results.sweep.parameters.map { .numbers($0.name) }
    if halving { columns.append(.numbers(words(en: "epochs", fr: "époques"))) }
    columns.append(.numbers(score))
    if hasSeeds {
      columns += [
        .numbers(words(en: "standard deviation", fr: "écart type")), .numbers(words(en: "trials", fr: "essais")),
      ]
    }
    let rows = shown.enumerated().map { place, summary in
      var cells = ["\(place + 1)"] + summary.configuration.settings.map(\.inFigure.escaped)
      if halving { cells.append(summary.budget.map(String.init) ?? "") }
      cells.append(summary.mean.map(number) ?? "–")
      if hasSeeds {
        cells += [summary.deviation.map(number) ?? "–", "\(summary.scores.count)/\(results.sweep.seeds)"]
      }
      return cells
    }
    let rest = results.configurations.count - shown.count
    return section(
      "configurations", heading,
      [
        HTMLTable(name: heading, columns: columns, rows: rows).html(),
        rest == 0
          ? nil
          : paragraph(
            words(
              en: "\(rest) more are left out here; the CSV has all trials.",
              fr: "\(rest) autres sont omises ici ; le CSV a tous les essais.".unbroken)),
      ])
  }

  var failures: String? {
    let failures = results.failures
    guard !failures.isEmpty else { return nil }
    let heading = words(en: "Failures", fr: "Échecs"), shown = failures.prefix(Self.mostRows)
    return section(
      "failures", heading,
      [
        paragraph(
          words(
            en: "These trials ended without a score. Their configurations cannot be the best.",
            fr: "Ces essais se sont terminés sans score. Leurs configurations ne peuvent être les meilleures.")),
        HTMLTable(
          name: heading,
          columns: [
            .numbers(words(en: "trial", fr: "essai")), .words(words(en: "settings", fr: "réglages")),
            .numbers(words(en: "seed", fr: "graine")), .words(words(en: "reason", fr: "raison")),
          ],
          rows: shown.map { result in
            [
              "\(result.trial.index)", result.trial.configuration.description.escaped, "\(result.trial.seed)",
              (result.failure ?? "").escaped,
            ]
          }
        ).html(),
        failures.count > shown.count ? paragraph("… + \(failures.count - shown.count)") : nil,
      ])
  }

  // MARK: How it was run

  var run: String? {
    let sweep = results.sweep
    var lines = report.facts.map { ($0.name(in: language).escaped, $0.text.isolated) }
    lines += sweep.parameters.map { ($0.name.isolated, text(of: $0.domain)) }
    lines += [
      (words(en: "search", fr: "recherche"), text(of: sweep.search)),
      (
        words(en: "seeds", fr: "graines"),
        sweep.seeds == 1 ? "\(sweep.seed)" : "\(sweep.seed) … \(sweep.seed + UInt32(sweep.seeds - 1))"
      ),
      (words(en: "trials", fr: "essais"), "\(results.trials.count)"),
      (words(en: "time of all trials", fr: "durée de tous les essais"), duration),
    ]
    return section("run", words(en: "How it was run", fr: "Comment il a été exécuté"), [facts(lines)])
  }

  /// The sum of the trials' durations. Several run at a time.
  private var duration: String {
    "\(results.trials.reduce(0) { $0 + $1.seconds }.short(digits: 3))\u{A0}s"
  }

  private func text(of domain: Sweep.Parameter.Domain) -> String {
    func range(_ low: String, _ high: String, _ scale: Sweep.Scale) -> String {
      let ends = words(en: "\(low) to \(high)", fr: "de \(low) à \(high)")
      return scale == .linear ? ends : ends + words(en: ", logarithmic", fr: ", logarithmique")
    }
    switch domain {
    case .choices(let settings): return listed(settings.map(\.description.escaped), atMost: 20)
    case .numbers(let low, let high, let scale, let points):
      let ends = range(number(low), number(high), scale)
      guard case .grid = results.sweep.search else { return ends }
      return ends + words(en: ", \(points) points", fr: ", \(points) points")
    case .integers(let low, let high, let scale): return range("\(low)", "\(high)", scale)
    }
  }

  private func text(of search: Sweep.Search) -> String {
    switch search {
    case .grid: words(en: "grid", fr: "grille")
    case .random(let count):
      words(en: "random, \(count) configurations", fr: "aléatoire, \(count) configurations")
    case .halving(let count, let low, let high, let factor):
      words(
        en: "successive halving: \(count) configurations, \(low) to \(high) epochs, factor \(factor)",
        fr: "réductions successives : \(count) configurations, de \(low) à \(high) époques, facteur \(factor)"
      ).unbroken
    }
  }
}
