import MicrogradJSON

extension Trial {
  /// Returns the trial as JSON, in a line.
  public func json() -> String { JSON.object(members).description }

  /// Reads a trial as ``json()`` writes it.
  ///
  /// - Throws: ``SweepError`` with what is wrong.
  public init(json text: String) throws(SweepError) {
    try self.init(Fields(json: try JSON.reading(Array(text.utf8))))
  }

  var members: [(String, JSON)] {
    let settings = zip(configuration.names, configuration.settings).map { ($0, $1.json) }
    let epochs: [(String, JSON)] = budget.map { [("epochs", .integer($0))] } ?? []
    return [
      ("trial", .integer(index)), ("configuration", .integer(configuration.number)), ("settings", .object(settings)),
      ("repetition", .integer(repetition)), ("seed", .integer(Int(seed))), ("rung", .integer(rung)),
    ] + epochs
  }

  init(_ fields: Fields) throws(SweepError) {
    var names: [String] = [], settings: [Sweep.Setting] = []
    for (name, setting) in try fields.object("settings") {
      names.append(name)
      settings.append(try Sweep.Setting(setting))
    }
    self.init(
      index: try fields.integer("trial"),
      configuration: Sweep.Configuration(
        number: try fields.integer("configuration"), names: names, settings: settings),
      repetition: try fields.integer("repetition"), seed: try fields.seed("seed"), rung: try fields.integer("rung"),
      budget: fields.json["epochs"] == nil ? nil : try fields.integer("epochs"))
  }
}

extension TrialResult {
  /// Returns the result as JSON, in a line.
  public func json() -> String {
    JSON.object(trial.members + outcomeMembers + [("seconds", .number(seconds))]).description
  }

  /// Reads a result as ``json()`` writes it.
  ///
  /// - Throws: ``SweepError`` with what is wrong.
  public init(json text: String) throws(SweepError) {
    try self.init(Fields(json: try JSON.reading(Array(text.utf8))))
  }

  init(_ fields: Fields) throws(SweepError) {
    trial = try Trial(fields)
    outcome = try Outcome(fields)
    seconds = try fields.number("seconds")
  }

  /// The score and the figures, or the reason of the failure.
  var outcomeMembers: [(String, JSON)] {
    switch outcome {
    case .failure(let reason): [("failure", .text(reason))]
    case .score(let score):
      [
        ("score", .number(score.value)),
        ("figures", .object(score.figures.map { ($0.name, .number($0.value)) })),
      ]
    }
  }
}

extension TrialResult.Outcome {
  fileprivate init(_ fields: Fields) throws(SweepError) {
    if fields.json["failure"] != nil {
      self = .failure(try fields.text("failure"))
      return
    }
    let value = try fields.number("score")
    guard value.isFinite else { throw SweepError("the score is \(value), and not finite") }
    var figures: [TrialScore.Figure] = []
    for (name, number) in try fields.object("figures") {
      guard let number = number.anyNumber else { throw SweepError("expected a number as “\(name)”") }
      figures.append(TrialScore.Figure(name, number))
    }
    self = .score(TrialScore(value, figures: figures))
  }
}
