import MicrogradJSON

extension SweepResults {
  /// Returns the sweep, the configurations from the best to the worst, and the trials as JSON, for programs. It has no times,
  /// so that the same sweep makes the same text.
  public func json() -> String {
    JSON.object([
      ("sweep", sweep.json), ("best", best.map { .integer($0.configuration.number) } ?? .null),
      ("configurations", .array(configurations.map(\.json))),
      ("trials", .array(trials.map { .object($0.trial.members + $0.outcomeMembers) })),
      ("missing", .integers(missing.map(\.index))),
    ]).indented()
  }
}

extension SweepResults.Summary {
  fileprivate var json: JSON {
    let settings = zip(configuration.names, configuration.settings).map { ($0, $1.json) }
    let epochs: [(String, JSON)] = budget.map { [("rung", .integer(rung)), ("epochs", .integer($0))] } ?? []
    return .object(
      [("configuration", .integer(configuration.number)), ("settings", .object(settings))] + epochs + [
        ("mean", mean.map { .number($0) } ?? .null), ("deviation", deviation.map { .number($0) } ?? .null),
        ("scores", .numbers(scores)), ("failures", .texts(failures)), ("isComplete", .boolean(isComplete)),
      ])
  }
}
