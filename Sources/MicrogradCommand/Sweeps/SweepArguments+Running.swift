import ArgumentParser
public import Micrograd
import MicrogradData
import MicrogradJSON
import MicrogradRequirement

extension SweepArguments {
  /// Runs the sweep, and writes and prints its results.
  ///
  /// A process that does not collect results, such as a worker under MPI, only runs trials.
  ///
  /// - Parameter runner: The way to run trials.
  /// - Throws: What a command prints as its error.
  public func run(on runner: some SweepRunner) throws {
    let plan = try SweepPlan(self)
    guard runner.collectsResults else {
      _ = try plan.sweep.run(on: runner) { try plan.objective($0) }
      return
    }
    if dryRun { return try SweepEstimate(plan, self).write() }
    let results = try results(plan, on: runner)
    let model = try source.input.naming { try self.model(of: results, plan) }
    if let file = self.model, let model = model?.model { try model.write(to: file) }
    let report = SweepReport(
      results, score: plan.objective.score.words, title: title, facts: plan.facts(source),
      evaluation: model?.evaluation)
    try output.write(report)
    try TextFile.write(
      output.format == .json ? json(results, model) : text(results, plan, model), to: TextFile.standardStream)
    if let failure = results.failures.first, results.best == nil, results.missing.isEmpty {
      throw Failure("no configuration has all its trials without a failure; the first one: \(failure.failure ?? "")")
    }
  }

  private func results(_ plan: SweepPlan, on runner: some SweepRunner) throws -> SweepResults {
    let interruption = SweepInterruption(note: continuation)
    defer { withExtendedLifetime(interruption) {} }
    let record = try keeping.open(plan.sweep)
    return try plan.sweep.run(
      on: runner, record: record, shard: keeping.shard, progress: conditions.quiet ? .none : .standardError
    ) { try plan.objective($0) }
  }

  /// How to continue after an interruption.
  private var continuation: String {
    guard let file = keeping.record else {
      return "Interrupted; the trials are lost. With --record FILE they would be kept."
    }
    return "Interrupted. The finished trials are in \(file); "
      + (keeping.resume ? "run the same command again to continue." : "add --resume to the command to continue.")
  }

  /// Trains the best configuration, if it is to be kept.
  private func model(of results: SweepResults, _ plan: SweepPlan) throws -> TrainingResult? {
    guard model != nil, let best = results.best,
      let result = results.trials.first(where: {
        $0.trial.configuration == best.configuration && $0.trial.rung == best.rung
      })
    else { return nil }
    return try source.trained(plan.table, try plan.objective.trainer(for: result.trial))
  }

  // MARK: Output

  private var title: Localized {
    let target = source.target
    guard let file = source.fileName else {
      return Localized(en: "Settings for predicting \(target)", fr: "Réglages pour prédire \(target)")
    }
    return Localized(
      en: "Settings for predicting \(target) from \(file)", fr: "Réglages pour prédire \(target) à partir de \(file)")
  }

  private func text(_ results: SweepResults, _ plan: SweepPlan, _ model: TrainingResult?) -> String {
    // A part cannot tell which configuration is best.
    if let shard = keeping.shard, let file = keeping.record {
      return
        "shard \(shard): \(counted(results.trials.count, "trial")) in \(file); micrograd sweep merge joins the parts\n"
    }
    let summary = SweepSummary(results, score: plan.objective.score.words(in: .english))
    let command = results.best.map { "to train it: \(TrainingLine(self, plan, $0))\n" }
    return [summary.text(), model == nil ? command : nil, model.map { "\n" + $0.text() }].compactMap(\.self).joined()
  }

  private func json(_ results: SweepResults, _ model: TrainingResult?) throws -> String {
    guard let evaluation = model?.evaluation else { return results.json() }
    let members = try JSON(parsing: results.json()).object ?? []
    return JSON.object(members + [("test", evaluation.json)]).indented()
  }
}
