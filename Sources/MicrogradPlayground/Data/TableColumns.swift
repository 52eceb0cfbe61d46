import MicrogradData
import MicrogradJSON

/// The columns of a table that a network was trained with: their names, and the scales that they were standardized by. The
/// page keeps them beside the settings, which have the standardized numbers only.
///
/// Without a table, the inputs are the places in the plane themselves.
struct TableColumns: Sendable {
  /// The names of the columns of the inputs, one or two.
  private let inputs: [String]
  private let target: String
  private let classes: [String]
  /// The mean and the deviation of each input and, if it is a number, of the target.
  private let means, deviations: [Double]

  /// Reads columns. What is left out is that of the plane.
  ///
  /// - Throws: `PlaygroundError` if there is not one name, mean and deviation for each column.
  init(_ json: JSON?, for task: PlaygroundTask) throws(PlaygroundError) {
    let reader = try SettingsReader(
      json, at: "table", names: ["inputs", "target", "classes", "means", "deviations"])
    let isNumber = task == .regression, most = isNumber ? 3 : 2
    means = try reader.list("means") { $0.number } ?? Array(repeating: 0, count: most)
    deviations = try reader.list("deviations") { $0.number } ?? Array(repeating: 1, count: means.count)
    inputs = try reader.list("inputs") { $0.text } ?? Array(["x1", "x2"].prefix(means.count - (isNumber ? 1 : 0)))
    target = reader["target"]?.text ?? "target"
    classes = try reader.list("classes") { $0.text } ?? []
    guard (1...2).contains(inputs.count), means.count == inputs.count + (isNumber ? 1 : 0),
      deviations.count == means.count, means.allSatisfy({ $0.isFinite }),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw PlaygroundError(
        en: "“table” must have one or two inputs, and for each column a mean and a deviation larger than 0.",
        fr: "« table » : il faut une ou deux entrées, et pour chaque colonne une moyenne et un écart type positif.")
    }
    guard Set(inputs + [target]).count == inputs.count + 1, Set(classes).count == classes.count else {
      throw PlaygroundError(
        en: "“table” must have another name for each column and for each class.",
        fr: "« table » : il faut un nom différent pour chaque colonne et pour chaque classe.")
    }
  }

  /// The columns that a table was read by.
  init(_ pipeline: Pipeline) {
    var scales: [(mean: Double, deviation: Double)] = []
    for case .standardized(let mean, let deviation) in pipeline.features.map({ $0.encoding }) {
      scales.append((mean, deviation))
    }
    switch pipeline.target.encoding {
    case .classes(let names): classes = names
    case .standardized(let mean, let deviation):
      classes = []
      scales.append((mean, deviation))
    }
    (inputs, target) = (pipeline.features.map { $0.name }, pipeline.target.name)
    (means, deviations) = (scales.map { $0.mean }, scales.map { $0.deviation })
  }

  var json: JSON {
    .object([
      ("inputs", .texts(inputs)), ("target", .text(target)), ("classes", .texts(classes)),
      ("means", .numbers(means)), ("deviations", .numbers(deviations)),
    ])
  }

  /// Returns the rules between rows of the table and the numbers of a network.
  ///
  /// - Parameters:
  ///   - isFlat: Whether the second input is always 0; then it is none, if the table has no column for it.
  ///   - classCount: The number of classes, which may be more than those in the table; nil for numbers.
  func pipeline(isFlat: Bool, classCount: Int?) -> Pipeline {
    var features = inputs.indices.map {
      Pipeline.Feature(name: inputs[$0], encoding: .standardized(mean: means[$0], deviation: deviations[$0]))
    }
    if features.count == 1, !isFlat {
      let name = Self.unused("x2", among: inputs + [target])
      features.append(.init(name: name, encoding: .standardized(mean: 0, deviation: 1)))
    }
    return Pipeline(features: features, target: .init(name: target, encoding: encoding(classCount)))
  }

  private func encoding(_ classCount: Int?) -> Pipeline.Target.Encoding {
    guard let classCount else {
      return .standardized(mean: means[inputs.count], deviation: deviations[inputs.count])
    }
    var names = Array(classes.prefix(classCount))
    while names.count < classCount { names.append(Self.unused("\(names.count)", among: names)) }
    return .classes(names)
  }

  private static func unused(_ name: String, among names: [String]) -> String {
    names.contains(name) ? unused(name + "_", among: names) : name
  }
}

extension SettingsReader {
  /// The elements of a list; nil if there is none.
  fileprivate func list<Element>(
    _ name: String, _ element: (JSON) -> Element?
  ) throws(PlaygroundError) -> [Element]? {
    guard let value = self[name] else { return nil }
    let elements = value.array ?? [], list = elements.compactMap(element)
    guard value.array != nil, list.count == elements.count else {
      throw PlaygroundError(
        en: "“\(place(name))” must be a list of texts, or of numbers.",
        fr: "« \(place(name)) » : une liste de textes, ou de nombres, est attendue.")
    }
    return list
  }
}
