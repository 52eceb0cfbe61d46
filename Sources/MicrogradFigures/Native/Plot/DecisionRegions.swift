import MicrogradRequirement

/// The regions into which a classifier divides a rectangle of the plane.
public struct DecisionRegions: Sendable {
  /// The horizontal range of the rectangle.
  public let x: ClosedRange<Double>
  /// The vertical range of the rectangle.
  public let y: ClosedRange<Double>

  /// The areas. The outlines of each contain the later ones as well, and the first area is the whole rectangle.
  ///
  /// Painted over each other they leave no gaps, as areas side by side would.
  let areas: [Area]

  /// The classes that occur, in ascending order.
  public var classes: [Int] { areas.filter(\.startsClass).map(\.label) }

  /// Creates the regions of a classifier. It is called on a grid, and boundaries between the grid's points are found by
  /// bisection.
  ///
  /// - Parameters:
  ///   - classify: Returns the class of a point.
  ///   - x: The horizontal extent of the grid.
  ///   - y: The vertical extent of the grid.
  ///   - resolution: The number of steps of the grid in each direction, from 1 to 1000.
  /// - Precondition: Both ranges have a length and finite ends.
  /// - Complexity: `classify` is called (resolution + 1)² times, and a few times for every step along a boundary.
  public init(
    of classify: (_ x: Double, _ y: Double) -> Int, x: ClosedRange<Double>, y: ClosedRange<Double>,
    resolution: Int = 120
  ) {
    self.init(ranks: classify, x: x, y: y, resolution: resolution) { ($0, .medium) }
  }

  /// Creates the regions of a classifier that returns a probability. The surer it is, the deeper the colour of the class.
  ///
  /// The boundary between class 0 and class 1 is where the probability is 0.5 (which counts as class 0, like NaN);
  /// shades change where it is 0.1, 0.25, 0.75 and 0.9.
  ///
  /// - Parameters:
  ///   - probability: Returns the probability of class 1.
  ///   - x: The horizontal extent of the grid.
  ///   - y: The vertical extent of the grid.
  ///   - resolution: The number of steps of the grid in each direction, from 1 to 1000.
  /// - Precondition: Both ranges have a length and finite ends.
  /// - Complexity: `probability` is called (resolution + 1)² times, and a few times for every step along a boundary between
  ///   shades.
  public init(
    probability: (_ x: Double, _ y: Double) -> Double, x: ClosedRange<Double>, y: ClosedRange<Double>,
    resolution: Int = 120
  ) {
    let shades: [Shade] = [.high, .medium, .low, .low, .medium, .high]
    self.init(ranks: { Self.rank(probability($0, $1)) }, x: x, y: y, resolution: resolution) { rank in
      (2 * rank < shades.count ? 0 : 1, shades[rank])
    }
  }

  /// The probabilities at which the shades change.
  static let thresholds = [0.1, 0.25, 0.5, 0.75, 0.9]

  private static func rank(_ probability: Double) -> Int {
    let probability = probability.isNaN ? 0.5 : probability
    return thresholds.count { probability > $0 }
  }

  /// - Parameters:
  ///   - rank: Returns the rank of a point. Each area consists of the points of one rank.
  ///   - looks: Returns the label and the shade of a rank. The label rises with the rank.
  private init(
    ranks rank: (Double, Double) -> Int, x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int,
    looks: (Int) -> (label: Int, shade: Shade)
  ) {
    for range in [x, y] {
      require(
        range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
        "decision regions need ranges with a length and finite ends, not \(x) by \(y)")
    }
    self.x = x
    self.y = y
    let steps = min(max(resolution, 1), 1000)
    func point(_ place: Point) -> Point {
      Point(Self.coordinate(place.x, of: steps, in: x), Self.coordinate(place.y, of: steps, in: y))
    }
    func rankAt(_ place: Point) -> Int {
      let point = point(place)
      return rank(point.x, point.y)
    }
    let grid = (0...steps).flatMap { row in (0...steps).map { rankAt(Point(Double($0), Double(row))) } }
    var areas: [Area] = []
    for least in Set(grid).sorted() {
      let (label, shade) = looks(least)
      var area = Area(label: label, shade: shade, startsClass: label != areas.last?.label, contours: [])
      if !areas.isEmpty {
        var tracer = ContourTracer(isInside: grid.map { $0 >= least }, columns: steps + 1)
        area.contours = tracer.contours { rankAt($0) >= least }.map {
          Contour(points: $0.points.map(point), isBorder: $0.isBorder)
        }
      }
      areas.append(area)
    }
    self.areas = areas
  }

  private static func coordinate(_ place: Double, of steps: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * (place / Double(steps))
  }
}

extension DecisionRegions {
  /// The depth of an area's colour. It is deeper where the classifier is surer.
  enum Shade: Int, CaseIterable {
    case low, medium, high
  }

  /// A part of the plane in one colour.
  struct Area: Sendable {
    var label: Int
    var shade: Shade
    /// Whether its class differs from that of the previous area.
    var startsClass: Bool
    var contours: [Contour]
  }
}

extension DecisionRegions {
  /// Returns the area in which a point is painted: the last one whose outlines cross a ray to the right of the point an odd
  /// number of times.
  func area(at point: Point) -> Area {
    areas.dropFirst().last { area in
      area.contours.reduce(0) { $0 + $1.crossings(rightOf: point) } % 2 == 1
    } ?? areas[0]
  }
}

/// A closed line around an area.
struct Contour: Sendable {
  var points: [Point]
  /// For each point, whether the line to the next one only runs along the border of the rectangle.
  var isBorder: [Bool]

  /// The pieces inside the rectangle, without those along its border.
  var boundaries: [[Point]] {
    points.indices.split { isBorder[$0] }.map { piece in
      piece.map { points[$0] } + [points[(piece.last! + 1) % points.count]]
    }
  }

  /// Returns the number of times that the line crosses the ray from a point to the right.
  fileprivate func crossings(rightOf point: Point) -> Int {
    var count = 0, last = points[points.count - 1]
    for next in points {
      if (next.y > point.y) != (last.y > point.y),
        next.x + (point.y - next.y) / (last.y - next.y) * (last.x - next.x) > point.x
      {
        count += 1
      }
      last = next
    }
    return count
  }
}
