/// A vertical axis: its range, its name and its numbers.
struct Axis {
  static let nameHeight = 20.0
  static let tickGap = 7.0

  let series: Series.Scale
  let name: String
  let domain: ClosedRange<Double>
  let ticks: Ticks
  /// The numbers at the ticks, with their unit.
  let labels: [String]

  /// Creates an axis, or returns nil if no layer uses it.
  init?(_ series: Series.Scale, of content: PlotContent, name: String, ticks count: Int) {
    guard let domain = content.domain(of: series, ticks: count) else { return nil }
    self.series = series
    self.name = name
    self.domain = domain
    ticks = Ticks(in: domain, atMost: count)
    labels = series == .percent ? ticks.labels.map { "\($0) %" } : ticks.labels
  }

  /// The width of its numbers, and of their distance from the axis.
  var labelWidth: Double { (labels.map(Font.normal.width).max() ?? 0) + Self.tickGap }

  /// The width of numbers and name.
  var width: Double { labelWidth + (name.isEmpty ? 0 : Self.nameHeight) }
}
