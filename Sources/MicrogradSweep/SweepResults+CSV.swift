import MicrogradData

extension SweepResults {
  /// Returns the trials as a table: index, configuration, settings, repetition, seed, rung and epochs of successive halving,
  /// score, figures, and the reason of a failure.
  ///
  /// It has no times, so that the same sweep makes the same table. A name that a column has already gets a `_` at its end.
  public func table() -> Table {
    var columns: [Table.Column] = [], names: Set<String> = []
    func add(_ name: String, _ fields: Table.Column.Fields) {
      var name = name
      while !names.insert(name).inserted { name += "_" }
      columns.append(Table.Column(name, fields))
    }
    func add(_ name: String, _ number: (Trial) -> Int) {
      add(name, .numbers(trials.map { Double(number($0.trial)) }))
    }
    add("trial", \.index)
    add("configuration", \.configuration.number)
    for (position, name) in sweep.parameters.map(\.name).enumerated() {
      add(name, .texts(trials.map { $0.trial.configuration.settings[position].description }))
    }
    add("repetition", \.repetition)
    add("seed") { Int($0.seed) }
    if trials.contains(where: { $0.trial.budget != nil }) {
      add("rung", \.rung)
      add("epochs") { $0.budget ?? 0 }
    }
    add("score", .numbers(trials.map { $0.score?.value ?? .nan }))
    for name in figureNames { add(name, .numbers(trials.map { $0.score?[name] ?? .nan })) }
    add("failure", .texts(trials.map { $0.failure ?? "" }))
    return Table(columns)
  }

  /// Returns the trials as CSV, one line for each: ``table()``.
  public func csv() -> String { table().csv() }

  /// The names of the figures beside scores, in the order in which trials first have them.
  public var figureNames: [String] {
    var known: Set<String> = [], names: [String] = []
    for figure in trials.lazy.compactMap(\.score).flatMap(\.figures) where known.insert(figure.name).inserted {
      names.append(figure.name)
    }
    return names
  }
}
