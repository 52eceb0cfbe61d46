import MicrogradJSON

/// The samples.
struct DataSettings: Sendable {
  /// A sample of the user's own: a place in the plane, and its class or number.
  struct Point: Sendable, Equatable {
    var x, y, target: Double
  }

  var kind: PlaygroundDataKind
  var samples: Int
  var noise: Double
  var classes: Int
  var seed: Int
  /// The share of the samples that is kept for testing.
  var test: Double
  var points: [Point]

  init(_ json: JSON?, for task: PlaygroundTask) throws(PlaygroundError) {
    let reader = try SettingsReader(
      json, at: "data", names: ["kind", "samples", "noise", "classes", "seed", "test", "points"])
    let standard = PlaygroundDataKind.standard(of: task), kind = try reader.choice("kind", standard)
    self.kind = kind.suits(task) ? kind : standard
    samples = try reader.whole(.samples)
    noise = try reader.number(NumberSetting.noise.with(standard: self.kind.noise))
    classes = try reader.whole(.classes)
    seed = try reader.whole(.dataSeed)
    test = try reader.number(.test)
    points = []
    points = try Self.points(
      reader["points"], classes: task == .classification && self.kind == .points ? classes : nil)
    if self.kind == .points, points.isEmpty {
      throw PlaygroundError(
        en: "There are no points yet. Draw some, or choose a data set.",
        fr: "Il n'y a pas encore de points. Dessinez-en, ou choisissez un jeu de données.")
    }
  }

  private static func points(_ json: JSON?, classes: Int?) throws(PlaygroundError) -> [Point] {
    guard let json else { return [] }
    guard let elements = json.array, elements.count <= NumberSetting.mostPoints else {
      throw PlaygroundError(
        en: "“data.points” must be a list of at most \(NumberSetting.mostPoints) points, such as [[0.5, -1, 0]].",
        fr:
          "« data.points » : une liste d'au plus \(NumberSetting.mostPoints) points est attendue, par exemple [[0.5, -1, 0]]."
      )
    }
    var points: [Point] = []
    for (index, element) in elements.enumerated() {
      points.append(try point(element, at: "data.points[\(index)]", classes: classes))
    }
    return points
  }

  private static func point(_ json: JSON, at place: String, classes: Int?) throws(PlaygroundError) -> Point {
    guard let numbers = json.array, numbers.count == 3 else {
      throw PlaygroundError(
        en: "“\(place)” must be [x, y, target].", fr: "« \(place) » doit être de la forme [x, y, cible].")
    }
    let x = try NumberSetting.coordinate.checked(numbers[0], at: place)
    let y = try NumberSetting.coordinate.checked(numbers[1], at: place)
    let target = NumberSetting("", 0, in: 0...(classes ?? 1) - 1)
    return Point(
      x: x, y: y, target: try (classes == nil ? NumberSetting.coordinate : target).checked(numbers[2], at: place))
  }

  var json: JSON {
    .object([
      ("kind", .text(kind.identifier)), ("samples", .integer(samples)), ("noise", .number(noise)),
      ("classes", .integer(classes)), ("seed", .integer(seed)), ("test", .number(test)),
      ("points", .array(points.map { .numbers([$0.x, $0.y, $0.target]) })),
    ])
  }
}
