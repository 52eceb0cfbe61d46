/// A curve of a plot, with its name.
public struct Series: Sendable {
  /// The axis at which the values are read.
  public enum Scale: CaseIterable, Sendable {
    /// The left axis, which adapts to the values.
    case left
    /// The right axis. The values are percentages, from 0 to 100.
    case percent
    /// A second axis on the right, outside the one for percentages, which adapts to the values.
    case right
  }

  /// The name in the legend.
  public var name: String
  /// The points, from left to right. At a point that cannot be drawn, such as NaN, the line is interrupted.
  public var points: [(x: Double, y: Double)]
  /// The axis.
  public var scale: Scale

  /// Creates a curve through points.
  public init(_ name: String, points: [(x: Double, y: Double)], scale: Scale = .left) {
    self.name = name
    self.points = points
    self.scale = scale
  }

  /// Creates a curve of values at the steps `start`, `start` + 1, `start` + 2, …
  public init(_ name: String, values: [Double], from start: Int = 0, scale: Scale = .left) {
    self.init(name, points: values.enumerated().map { (Double(start + $0), $1) }, scale: scale)
  }
}
