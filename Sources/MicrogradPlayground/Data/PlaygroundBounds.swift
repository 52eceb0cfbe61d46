import MicrogradJSON

/// A rectangle of the plane of inputs.
struct PlaygroundBounds: Sendable {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  /// The square around points, with a margin, so that nothing is drawn on an edge.
  init(around points: [DataSettings.Point]) {
    x = Self.range(points.map { $0.x })
    y = Self.range(points.map { $0.y })
    let half = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound) * 0.575
    x = Self.range(around: x, half: half)
    y = Self.range(around: y, half: half)
  }

  private static func range(_ numbers: [Double]) -> ClosedRange<Double> {
    let low = numbers.min() ?? -1, high = numbers.max() ?? 1
    return low < high ? low...high : low - 1...high + 1
  }

  private static func range(around range: ClosedRange<Double>, half: Double) -> ClosedRange<Double> {
    let center = (range.lowerBound + range.upperBound) / 2
    return center - half...center + half
  }

  /// - Throws: `PlaygroundError` if it is no rectangle.
  init(_ json: JSON, at place: String) throws(PlaygroundError) {
    let reader = try SettingsReader(json, at: place, names: ["x", "y"])
    x = try Self.range(reader, "x")
    y = try Self.range(reader, "y")
  }

  private static func range(_ reader: SettingsReader, _ name: String) throws(PlaygroundError) -> ClosedRange<Double> {
    let place = reader.place(name)
    guard let ends = reader[name]?.array, ends.count == 2 else {
      throw PlaygroundError(
        en: "“\(place)” must be two numbers, such as [-1, 1].",
        fr: "« \(place) » : deux nombres sont attendus, par exemple [-1, 1].")
    }
    let limit = NumberSetting("", 0, in: -1e7...1e7)
    let low = try limit.checked(ends[0], at: place), high = try limit.checked(ends[1], at: place)
    guard low < high else {
      throw PlaygroundError(
        en: "“\(place)” must begin with the smaller of the two numbers.",
        fr: "« \(place) » doit commencer par le plus petit des deux nombres.")
    }
    return low...high
  }

  var json: JSON {
    .object([
      ("x", .numbers([x.lowerBound, x.upperBound])), ("y", .numbers([y.lowerBound, y.upperBound])),
    ])
  }

  /// The middles of the squares that a grid divides it into, row by row from the top (the largest y), each from the left.
  func grid(_ size: Int) -> (x: [Double], y: [Double]) {
    let columns = Self.middles(x, size), rows = Self.middles(y, size)
    var xs: [Double] = [], ys: [Double] = []
    xs.reserveCapacity(size * size)
    ys.reserveCapacity(size * size)
    for row in stride(from: size - 1, through: 0, by: -1) {
      for column in 0..<size {
        xs.append(columns[column])
        ys.append(rows[row])
      }
    }
    return (xs, ys)
  }

  private static func middles(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    let width = (range.upperBound - range.lowerBound) / Double(count)
    return (0..<count).map { range.lowerBound + (Double($0) + 0.5) * width }
  }
}
