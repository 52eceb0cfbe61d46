/// The signs for classes, which differ in colour and in shape. Seven colours and six shapes give 42 different signs.
enum Marker {
  private static let shapes: [[Point]?] = [
    nil,  // a circle
    [Point(0, -1.2), Point(1.1, 0.8), Point(-1.1, 0.8)],
    [Point(-0.9, -0.9), Point(0.9, -0.9), Point(0.9, 0.9), Point(-0.9, 0.9)],
    [Point(0, -1.3), Point(1.1, 0), Point(0, 1.3), Point(-1.1, 0)],
    [Point(0, 1.2), Point(1.1, -0.8), Point(-1.1, -0.8)],
    [
      (-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4),
      (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4),
    ].map { Point($0.0, $0.1) },
  ]

  /// Returns the sign for a class, by its position among the classes of the figure.
  static func element(_ index: Int, at place: Point, radius: Double, _ style: Style? = nil) -> SVGElement {
    guard let shape = shapes[index % shapes.count] else {
      return .circle(place, radius: radius, style)
    }
    var path = PathData()
    path.polygon(shape.map { Point(place.x + $0.x * radius, place.y + $0.y * radius) })
    return .path(path, style)
  }

  /// Returns the radius for a number of samples. It is smaller if there are many.
  static func radius(for count: Int) -> Double { count <= 300 ? 4.5 : count <= 2000 ? 3 : 2 }
}

/// The dashes of curves, by their position among the curves of the figure. The first has none.
enum Dash {
  private static let patterns = [[], [7, 4], [2, 3], [9, 3, 2, 3], [12, 4], [5, 2, 1, 2, 1, 2]]

  /// Returns the lengths of dashes and gaps, in turns.
  static func lengths(_ index: Int) -> [Int] { patterns[index % patterns.count] }

  static func pattern(_ index: Int) -> String? {
    let lengths = lengths(index)
    return lengths.isEmpty ? nil : lengths.map(String.init).joined(separator: " ")
  }
}
