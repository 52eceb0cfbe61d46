/// A curve of a plot, with its name.
public struct Series: Sendable {
  /// Which axis the values are read at.
  public enum Scale: CaseIterable, Sendable {
    /// The left axis, which adapts itself to the values.
    case left
    /// The right axis. The values are percentages, from 0 to 100.
    case percent
    /// An axis of its own at the right, outside of that of the percentages, which adapts itself to the values.
    case right
  }

  /// What the legend calls it.
  public var name: String
  /// The points, from left to right. Where one cannot be drawn, such as NaN, the line is interrupted.
  public var points: [(x: Double, y: Double)]
  /// The axis.
  public var scale: Scale

  /// Creates a curve through points.
  public init(_ name: String, points: [(x: Double, y: Double)], scale: Scale = .left) {
    self.name = name
    self.points = points
    self.scale = scale
  }

  /// Creates a curve of values that belong to steps 0, 1, 2, …, or that start with another one.
  public init(_ name: String, values: [Double], from start: Int = 0, scale: Scale = .left) {
    self.init(name, points: values.enumerated().map { (Double(start + $0), $1) }, scale: scale)
  }
}
