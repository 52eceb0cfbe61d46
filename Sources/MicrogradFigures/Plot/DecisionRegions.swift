import MicrogradRequirement

/// How a classifier divides a rectangle of the plane.
public struct DecisionRegions: Sendable {
  /// The part of the plane, horizontally.
  public let x: ClosedRange<Double>
  /// The part of the plane, vertically.
  public let y: ClosedRange<Double>
  /// The classes that occur, in ascending order.
  public let classes: [Int]

  /// For each class but the first, the outlines of all that belongs to it or to a later one.
  ///
  /// Painted one over the other they leave no gaps between the classes, as areas side by side would.
  let outlines: [[Contour]]

  /// Asks a classifier on a grid, and finds the boundaries in between by halving.
  ///
  /// - Precondition: Both ranges have a length and finite ends.
  /// - Complexity: `classify` is called (resolution + 1)² times, and some times for every step along a boundary.
  public init(
    of classify: (_ x: Double, _ y: Double) -> Int, x: ClosedRange<Double>, y: ClosedRange<Double>,
    resolution: Int = 120
  ) {
    for range in [x, y] {
      require(
        range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
        "decision regions need a part of the plane, not \(x) by \(y)")
    }
    self.x = x
    self.y = y
    let steps = max(resolution, 1)
    let grid = (0...steps).flatMap { row in
      (0...steps).map { column in
        classify(Self.coordinate(column, of: steps, in: x), Self.coordinate(row, of: steps, in: y))
      }
    }
    let classes = Set(grid).sorted()
    self.classes = classes
    outlines = classes.dropFirst().map { threshold in
      var tracer = ContourTracer(isInside: grid.map { $0 >= threshold }, columns: steps + 1)
      return tracer.contours { place in
        classify(Self.coordinate(place.x, of: steps, in: x), Self.coordinate(place.y, of: steps, in: y))
          >= threshold
      }.map { contour in
        Contour(
          points: contour.points.map {
            Point(Self.coordinate($0.x, of: steps, in: x), Self.coordinate($0.y, of: steps, in: y))
          }, isBorder: contour.isBorder)
      }
    }
  }

  private static func coordinate(_ index: Int, of steps: Int, in range: ClosedRange<Double>) -> Double {
    coordinate(Double(index), of: steps, in: range)
  }

  private static func coordinate(_ place: Double, of steps: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * (place / Double(steps))
  }
}

/// A closed line around an area.
struct Contour: Sendable {
  var points: [Point]
  /// For each point, whether the line to the next one only runs along the border of the rectangle.
  var isBorder: [Bool]
}
