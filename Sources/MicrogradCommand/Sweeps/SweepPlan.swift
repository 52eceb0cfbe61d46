import Micrograd

/// The sweep that options describe, with the table that it is of.
struct SweepPlan {
  let table: Table
  let objective: TabularObjective
  let sweep: Sweep
  /// The settings that all trials have, as the options give them.
  let fixed: [(name: String, setting: Sweep.Setting)]
  /// The count of rows that no trial sees.
  let testCount: Int

  init(_ arguments: SweepArguments) throws {
    let source = arguments.source
    let table = try source.table()
    self.table = table
    var trainer = try arguments.conditions.trainer(arguments.parameters.problem(source.problem))
    trainer.excludedColumns = source.ignoredColumns
    let settings = try arguments.parameters.settings(arguments.search.search)
    for (name, setting) in settings.fixed { try TabularObjective.apply(setting, named: name, to: &trainer) }
    fixed = settings.fixed
    let (training, test) = try source.input.naming {
      try source.split(table, problem: trainer.problem, seed: trainer.seed)
    }
    testCount = test?.rowCount ?? 0
    objective = try source.input.naming {
      try TabularObjective(
        training, target: source.target, trainer: trainer, score: arguments.search.score,
        folds: arguments.search.folds)
    }
    sweep = Sweep(
      settings.varying, search: try arguments.search.search(arguments.parameters), seeds: arguments.search.seeds,
      seed: arguments.conditions.seed, goal: objective.score.goal, identity: objective.identity)
    try objective.check(sweep)
  }

  /// The facts of the table and the training, for the report.
  func facts(_ source: TrainingTable) -> [SweepReport.Fact] {
    var facts = [
      SweepReport.Fact(Localized(en: "target", fr: "cible"), source.target),
      SweepReport.Fact(
        Localized(en: "rows for the trials", fr: "lignes pour les essais"), "\(objective.table.rowCount)"),
    ]
    if let file = source.fileName { facts.insert(.init(Localized(en: "table", fr: "table"), file), at: 0) }
    if testCount > 0 {
      facts.append(.init(Localized(en: "rows kept for the end", fr: "lignes gardées pour la fin"), "\(testCount)"))
    }
    facts += fixed.map { .init(Localized(en: $0.name, fr: $0.name), $0.setting.description) }
    if let folds = objective.folds {
      facts.append(.init(Localized(en: "folds", fr: "parties de la validation croisée"), "\(folds)"))
    }
    return facts
  }
}
