public import MicrogradFigures
public import MicrogradLanguage
public import MicrogradSweep

extension SweepResults {
  /// Returns a picture of all configurations with a score: an axis for each parameter that varies, and one for the mean
  /// score.
  ///
  /// - Parameters:
  ///   - score: The name of the score.
  ///   - title: The title above the picture.
  ///   - language: The language of its description.
  public func parallelCoordinates(score: String = "score", title: String = "", language: Language = .english)
    -> ParallelCoordinates
  {
    let shown = configurations.filter { $0.mean != nil }
    let means = shown.compactMap(\.mean)
    let axes = varying.map { parameter in
      let settings = shown.compactMap { $0.configuration[parameter.name] }
      return ParallelCoordinates.Axis(parameter, settings)
    }
    return ParallelCoordinates(
      axes: axes, score: .init(score, values: means, scale: spreadsOverDecades(means) ? .logarithmic : .linear),
      prefersLow: sweep.goal == .minimize, title: title, language: language)
  }

  /// Returns a picture of the scores over two parameters, each score the best mean over all settings of the others; nil
  /// if there are no such parameters, they have too many different settings for a picture, or most pairs were not tried, as
  /// in a random search over ranges.
  ///
  /// - Parameters:
  ///   - columns: The name of the parameter of the columns; nil: of those that vary, the one that matters most.
  ///   - rows: The name of the parameter of the rows; nil: the one that matters most of the others.
  ///   - score: The name of the score.
  ///   - title: The title above the picture.
  ///   - language: The language of its description.
  public func heatMap(
    columns: String? = nil, rows: String? = nil, score: String = "score", title: String = "",
    language: Language = .english
  ) -> HeatMap? {
    let candidates = influences.map(\.name).filter { settings(of: $0).count <= Self.mostCells }
    guard let across = columns ?? candidates.first(where: { $0 != rows }),
      let along = rows ?? candidates.first(where: { $0 != across }), across != along
    else { return nil }
    let (acrossSettings, alongSettings) = (settings(of: across), settings(of: along))
    guard (1...Self.mostCells).contains(acrossSettings.count), (1...Self.mostCells).contains(alongSettings.count)
    else { return nil }
    let scores = alongSettings.map { row in
      acrossSettings.map { column in
        best(configurations.filter { $0.configuration[across] == column && $0.configuration[along] == row })
      }
    }
    guard 2 * scores.joined().count(where: { $0 != nil }) >= scores.joined().count else { return nil }
    return HeatMap(
      scores: scores, columns: acrossSettings.map(\.inFigure), rows: alongSettings.map(\.inFigure),
      columnName: across, rowName: along, scoreName: score, prefersLow: sweep.goal == .minimize, title: title,
      language: language)
  }

  /// The largest number of settings of a parameter in a heat map.
  private static var mostCells: Int { 16 }

  /// The parameters that have different settings.
  var varying: [Sweep.Parameter] { sweep.parameters.filter { settings(of: $0.name).count > 1 } }

  /// The parameters that vary, the one that matters most first: by the difference between the mean scores of its settings.
  /// Parameters with more settings than a heat map shows come last.
  var influences: [(name: String, difference: Double)] {
    varying.map { parameter in
      let means = settings(of: parameter.name).compactMap { setting in
        mean(configurations.filter { $0.configuration[parameter.name] == setting }.compactMap(\.mean))
      }
      return (parameter.name, (means.max() ?? 0) - (means.min() ?? 0))
    }.sorted { $0.difference > $1.difference }
  }

  private func mean(_ scores: [Double]) -> Double? {
    scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  private func best(_ summaries: [Summary]) -> Double? {
    let means = summaries.compactMap(\.mean)
    return sweep.goal == .minimize ? means.min() : means.max()
  }

  /// Returns the settings of a parameter that were tried: numbers in ascending order, texts as the sweep lists them.
  private func settings(of name: String) -> [Sweep.Setting] {
    let tried = Set(configurations.compactMap { $0.configuration[name] })
    guard let parameter = sweep.parameters.first(where: { $0.name == name }) else { return [] }
    if tried.allSatisfy({ $0.asNumber != nil }) {
      return tried.sorted { ($0.asNumber ?? 0) < ($1.asNumber ?? 0) }
    }
    guard case .choices(let choices) = parameter.domain else { return [] }
    return choices.filter(tried.contains)
  }
}

/// Returns whether numbers are spread over more than two powers of ten, so that a linear axis would show one of them only.
private func spreadsOverDecades(_ numbers: [Double]) -> Bool {
  guard let low = numbers.min(), let high = numbers.max() else { return false }
  return low > 0 && high > 100 * low
}

extension Sweep.Setting {
  /// The number; nil for a text.
  fileprivate var asNumber: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .text: nil
    }
  }

  /// The setting as a figure shows it.
  var inFigure: String {
    if case .number(let number) = self { number.short() } else { description }
  }
}

extension ParallelCoordinates.Axis {
  /// Creates the axis of a parameter, with the setting of each line.
  fileprivate init(_ parameter: Sweep.Parameter, _ settings: [Sweep.Setting]) {
    let numbers = settings.compactMap(\.asNumber)
    if numbers.count == settings.count {
      let isLogarithmic =
        switch parameter.domain {
        case .numbers(_, _, let scale, _), .integers(_, _, let scale): scale == .logarithmic
        case .choices: numbers.allSatisfy { $0 > 0 } && isGeometric(Set(numbers).sorted())
        }
      self.init(parameter.name, values: numbers, scale: isLogarithmic ? .logarithmic : .linear)
      return
    }
    var places: [String] = []
    if case .choices(let choices) = parameter.domain { places = choices.map(\.description) }
    self.init(parameter.name, categories: settings.map(\.description), order: places)
  }
}

/// Returns whether ascending numbers are nearer to equal ratios than to equal differences, as 8, 16 and 32 are.
private func isGeometric(_ numbers: [Double]) -> Bool {
  guard numbers.count > 2 else { return (numbers.last ?? 1) > 8 * (numbers.first ?? 1) }
  let ratios = zip(numbers.dropFirst(), numbers).map { $0 / $1 }
  let differences = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
  return (ratios.max() ?? 1) / (ratios.min() ?? 1) < (differences.max() ?? 1) / (differences.min() ?? 1)
}
