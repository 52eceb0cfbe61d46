import MicrogradData
import MicrogradJSON
import MicrogradLanguage
import MicrogradRandom

/// Samples from a table that somebody has pasted: two of its columns of numbers, standardized, and the target.
struct PastedTable {
  /// The points, with the class as a number, or the standardized target.
  let points: [DataSettings.Point]
  /// The rules that the columns were encoded by.
  let pipeline: Pipeline
  /// Sentences on the columns and rows that were left out.
  let remarks: [Localized]

  /// The largest number of classes.
  private static let mostClasses = Int(NumberSetting.classes.range.upperBound)

  /// Reads a table, with any of the library's delimiters.
  ///
  /// - Parameter target: The column to predict; nil: the last one.
  /// - Throws: `PlaygroundError`, which names line and column, for the first mistake.
  init(csv: String, target: String?) throws(PlaygroundError) {
    var hasInputs = true
    do throws(CSVError) {
      var table = try Table(csv: csv, format: Table.Format(delimiter: nil)), remarks: [Localized] = []
      if table.rowCount > NumberSetting.mostPoints {
        remarks.append(Self.shortening(table.rowCount))
        var random = NumPyRandom(seed: 0)
        table = table.selecting(random.permutation(table.rowCount).prefix(NumberSetting.mostPoints).sorted())
      }
      let target = target ?? table.columnNames[table.columnNames.count - 1]
      for (index, name) in table.columnNames.enumerated() where name != target { try table.checkStrayText(at: index) }
      let inputs = table.columns.filter { $0.name != target && $0.kind == .numbers }.map { $0.name }
      let chosen = Array(inputs.prefix(2)), others = Set(table.columnNames).subtracting(chosen + [target])
      hasInputs = !chosen.isEmpty || table.columns.count == 1
      let pipeline = try Pipeline(learning: table, target: target, excluding: others)
      if others.count > 0 {
        remarks.append(Self.choice(chosen, of: table.columnNames.filter { others.contains($0) }))
      }
      self.points = try Self.points(table, pipeline)
      (self.pipeline, self.remarks) = (pipeline, remarks)
    } catch {
      if hasInputs { throw PlaygroundError(error) }
      throw PlaygroundError(
        en: "No column beside the target has numbers; the plane needs one or two of them.",
        fr: "Aucune colonne, hormis la cible, ne contient de nombres ; il en faut une ou deux pour le plan.")
    }
    if classes.count > Self.mostClasses {
      throw PlaygroundError(
        en:
          "The column “\(pipeline.target.name)” has \(classes.count) classes; the playground shows at most \(Self.mostClasses).",
        fr:
          "La colonne « \(pipeline.target.name) » a \(classes.count) classes ; le bac à sable en montre au plus \(Self.mostClasses)."
      )
    }
  }

  private static func points(_ table: Table, _ pipeline: Pipeline) throws(CSVError) -> [DataSettings.Point] {
    let inputs = try pipeline.inputs(of: table), targets: [Double]
    switch pipeline.target.encoding {
    case .classes: targets = try pipeline.labels(of: table).map { Double($0) }
    case .standardized(let mean, let deviation):
      targets = try pipeline.targetNumbers(of: table).map { ($0 - mean) / deviation }
    }
    return zip(inputs, targets).map { .init(x: $0[0], y: $0.count > 1 ? $0[1] : 0, target: $1) }
  }

  private static func shortening(_ count: Int) -> Localized {
    Localized(
      en: "\(NumberSetting.mostPoints) of the \(count) rows were drawn at random.",
      fr: "\(NumberSetting.mostPoints) des \(count) lignes ont été tirées au hasard.")
  }

  private static func choice(_ chosen: [String], of others: [String]) -> Localized {
    let names = chosen.map { shortened($0) }, rest = others.map { shortened($0) }.joined(separator: ", ")
    return Localized(
      en: "The inputs are \(names.joined(separator: " and ")); these columns are left out: \(rest).",
      fr: "Les entrées sont \(names.joined(separator: " et ")) ; ces colonnes sont laissées de côté : \(rest).")
  }

  /// The names of the classes; none for numbers.
  var classes: [String] {
    if case .classes(let classes) = pipeline.target.encoding { classes } else { [] }
  }

  var task: PlaygroundTask { classes.isEmpty ? .regression : .classification }

  /// The settings that train on these points.
  var settings: JSON {
    var data: [(String, JSON)] = [
      ("kind", .text(PlaygroundDataKind.points.identifier)),
      ("points", .array(points.map { .numbers([$0.x, $0.y, $0.target]) })),
    ]
    if !classes.isEmpty { data.append(("classes", .integer(classes.count))) }
    return .object([("task", .text(task.rawValue)), ("data", .object(data))])
  }
}
