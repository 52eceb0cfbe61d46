/// A vertical axis: what it spans, and what stands at it.
struct Axis {
  static let nameHeight = 20.0
  static let tickGap = 7.0

  let series: Series.Scale
  let name: String
  let domain: ClosedRange<Double>
  let ticks: Ticks
  /// The numbers with their unit.
  let labels: [String]

  /// Nil if nothing is read at the axis.
  init?(_ series: Series.Scale, of content: PlotContent, name: String, ticks count: Int) {
    guard let domain = content.domain(of: series, ticks: count) else { return nil }
    self.series = series
    self.name = name
    self.domain = domain
    ticks = Ticks(in: domain, atMost: count)
    labels = series == .percent ? ticks.labels.map { "\($0) %" } : ticks.labels
  }

  /// The room that its numbers take, with their distance from the axis.
  var labelWidth: Double { (labels.map(Font.normal.width).max() ?? 0) + Self.tickGap }

  /// The room for numbers and name.
  var width: Double { labelWidth + (name.isEmpty ? 0 : Self.nameHeight) }
}
