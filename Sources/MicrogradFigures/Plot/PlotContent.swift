import MicrogradEngine

/// What the layers of a plot hold, as far as it can be drawn.
struct PlotContent {
  enum Item {
    case samples(SamplePoints)
    case regions(DecisionRegions)
    /// With its position among the curves. The pieces are what interruptions leave of it.
    case curve(Series, index: Int, pieces: [[Point]])
  }

  private(set) var items: [Item] = []
  /// All classes of samples and regions, in ascending order. Their positions here give them their looks.
  private(set) var classes: [Int] = []
  private(set) var omitted = 0

  init(_ layers: [Plot.Layer]) {
    var curves = 0
    for layer in layers {
      switch layer {
      case .samples(let data, let inputs):
        let points = SamplePoints(data, inputs: inputs)
        items.append(.samples(points))
        omitted += points.omitted
        classes += points.points.map(\.label)
      case .regions(let regions):
        items.append(.regions(regions))
        classes += regions.classes
      case .curve(let series):
        let pieces = Self.pieces(of: series)
        omitted += series.points.count - pieces.reduce(0) { $0 + $1.count }
        items.append(.curve(series, index: curves, pieces: pieces))
        curves += 1
      }
    }
    classes = Set(classes).sorted()
  }

  private static func pieces(of series: Series) -> [[Point]] {
    series.points.split { !Scale.canShow($0.x) || !Scale.canShow($0.y) }.map { $0.map { Point($0.x, $0.y) } }
  }

  // MARK: Kinds

  var sampleCounts: [Int: Int] {
    var counts: [Int: Int] = [:]
    for case .samples(let samples) in items {
      for entry in samples.points { counts[entry.label, default: 0] += 1 }
    }
    return counts
  }

  var regions: [DecisionRegions] {
    items.compactMap { if case .regions(let regions) = $0 { regions } else { nil } }
  }

  func curves(_ scale: Series.Scale) -> [(name: String, points: [Point])] {
    items.compactMap {
      guard case .curve(let series, _, let pieces) = $0, series.scale == scale else { return nil }
      return (series.name, pieces.flatMap { $0 })
    }
  }

  // MARK: Extents

  /// The plane that is shown. If there are regions, they reach up to its ends; otherwise there is some room around
  /// samples. Curves alone have axes that end with round numbers, and 0 in view if it is not far.
  func domains(ticks: Int) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    var points = curves(.left).flatMap(\.points), hasSamples = false
    for case .samples(let samples) in items {
      hasSamples = true
      points += samples.points.map(\.point)
    }
    let percentPoints = curves(.percent).flatMap(\.points)
    let xs = (points + percentPoints).map(\.x) + regions.flatMap { [$0.x.lowerBound, $0.x.upperBound] }
    let ys = points.map(\.y) + regions.flatMap { [$0.y.lowerBound, $0.y.upperBound] }
    guard !hasSamples, regions.isEmpty else {
      let margin = regions.isEmpty ? 0.06 : 0
      return (Scale.domain(of: xs, margin: margin), Scale.domain(of: ys, margin: margin))
    }
    let low = ys.min() ?? 0, high = ys.max() ?? 0
    let isNearZero = low > 0 && low < high / 2
    return (Scale.domain(of: xs), Ticks.rounded(Scale.domain(of: isNearZero ? ys + [0] : ys), atMost: ticks))
  }

  /// From 0 to 100, unless something lies outside.
  func percentDomain(ticks: Int) -> ClosedRange<Double>? {
    let curves = curves(.percent)
    guard !curves.isEmpty else { return nil }
    return Ticks.rounded(
      Scale.domain(of: curves.flatMap { $0.points.map(\.y) } + [0, 100]), atMost: ticks)
  }
}
